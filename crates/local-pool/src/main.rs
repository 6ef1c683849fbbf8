//! Runs the local pool.

use std::{io, process::ExitCode, time::Duration};

use local_pool::{
    Pool,
    seed::{CLIENT, LOCAL_POOL, PASSWORD},
};
use tokio::net::TcpListener;

const HELP: &str = "\
A strict local stand-in for Amazon Cognito user pools.

Usage: local-pool [--port <port>] [--session-seconds <seconds>]

  --port <port>                  where to listen on 127.0.0.1; default 9229
  --session-seconds <seconds>    how long a sign-in challenge can be answered; default 180
";

struct Arguments {
    port: u16,
    session_seconds: u32,
}

enum Wish {
    Serve(Arguments),
    Help,
}

fn read_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut wish = Arguments { port: 9229, session_seconds: 180 };
    while let Some(argument) = arguments.next() {
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        match name.as_str() {
            "--help" | "-h" => return Ok(Wish::Help),
            "--port" | "--session-seconds" => {
                let value = inline.or_else(|| arguments.next()).ok_or(format!("{name} needs a number"))?;
                let wrong = || format!("{name} needs a number, not {value:?}");
                match name.as_str() {
                    "--port" => wish.port = value.parse().map_err(|_| wrong())?,
                    _ => wish.session_seconds = value.parse().map_err(|_| wrong())?,
                }
            }
            _ => return Err(format!("unknown argument {name:?}; try --help")),
        }
    }
    Ok(Wish::Serve(wish))
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match read_arguments(std::env::args().skip(1)) {
        Ok(Wish::Serve(arguments)) => arguments,
        Ok(Wish::Help) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(message) => {
            eprintln!("local-pool: {message}");
            return ExitCode::from(2);
        }
    };
    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            let port = arguments.port;
            eprintln!(
                "local-pool: port {port} of 127.0.0.1 is taken. Is another local pool running? \
                 Stop it, or choose another port with --port."
            );
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("local-pool: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", arguments.port)).await?;
    let address = listener.local_addr()?;
    let pool = Pool::builder()
        .with(|settings| {
            settings.session_validity = Duration::from_secs(arguments.session_seconds.into());
            settings.log = true;
        })
        .build();
    print!("{}", banner(&format!("http://{address}"), &pool));
    tokio::select! {
        result = local_pool::serve(listener, pool) => result,
        result = tokio::signal::ctrl_c() => result,
    }
}

fn banner(url: &str, pool: &Pool) -> String {
    let mut users = String::new();
    for user in &pool.seed().users {
        let (email, flow, description) = (&user.email, user.auth_flow, &user.description);
        let place = format!("{} {}", user.user_pool_id, user.client_id);
        users.push_str(&format!("  {email:<28} {flow:<14} {place:<50} {description}\n"));
    }
    format!(
        "Local Amazon Cognito user pools on {url}  (Ctrl-C stops)\n\
         \n  inbox      {url}/\n  more       {url}/local/\n  keys       {url}/{LOCAL_POOL}/.well-known/jwks.json\n\
         \nUsers, all with the password {PASSWORD}\n{users}\
         \nFrom a web page:  <cognito-login user-pool-id=\"{LOCAL_POOL}\" client-id=\"{CLIENT}\" endpoint=\"{url}/\">\
         \nFrom the AWS CLI: aws cognito-idp sign-up --endpoint-url {url} --region us-east-1 --no-sign-request \\\
         \n                    --client-id {CLIENT} --username you@example.com --password '{PASSWORD}'\
         \nFrom boto3:       boto3.client(\"cognito-idp\", region_name=\"us-east-1\", endpoint_url=\"{url}\",\
         \n                    config=botocore.config.Config(signature_version=botocore.UNSIGNED))\n\n"
    )
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::{Wish, read_arguments};

    fn read(arguments: &[&str]) -> Result<Wish, String> {
        read_arguments(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn arguments() {
        let Ok(Wish::Serve(wish)) = read(&["--port", "1234", "--session-seconds=5"]) else { panic!("refused") };
        assert_eq!((wish.port, wish.session_seconds), (1234, 5));
        assert!(matches!(read(&["-h"]), Ok(Wish::Help)));
        for wrong in [&["--port"][..], &["--port", "x"], &["--port=70000"], &["--ports", "1"], &["extra"]] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}
