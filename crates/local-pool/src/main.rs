//! Runs the local pool.

use std::{io, process::ExitCode, time::Duration};

use local_pool::{
    Pool, TriggerSource,
    seed::{CLIENT, LOCAL_POOL, PASSWORD},
    ses::{ACCESS_KEY_ID, SECRET_ACCESS_KEY},
};
use tokio::{net::TcpListener, runtime::Runtime};

const HELP: &str = "\
A strict local stand-in for Amazon Cognito user pools.

Usage: local-pool [options]

  --port <port>                  where to listen on 127.0.0.1; default 9229
  --session-seconds <seconds>    how long a sign-in challenge can be answered; default 180
  --triggers <url>               invoke the triggers as Lambda functions there, such as http://127.0.0.1:9001, instead of
                                 running the project's own in process
  --ses-identity <identity>      a domain or an address that may send mail through SES here; can be given several times;
                                 default example.com
";

struct Arguments {
    port: u16,
    session_seconds: u32,
    trigger_source: TriggerSource,
    ses_identities: Vec<String>,
}

enum Wish {
    Serve(Arguments),
    Help,
}

fn read_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut wish =
        Arguments { port: 9229, session_seconds: 180, trigger_source: TriggerSource::InProcess, ses_identities: Vec::new() };
    while let Some(argument) = arguments.next() {
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        match name.as_str() {
            "--help" | "-h" => return Ok(Wish::Help),
            "--port" | "--session-seconds" | "--triggers" | "--ses-identity" => {
                let value = inline.or_else(|| arguments.next()).ok_or(format!("{name} needs a value; try --help"))?;
                let wrong = || format!("{name} needs a number, not {value:?}");
                match name.as_str() {
                    "--port" => wish.port = value.parse().map_err(|_| wrong())?,
                    "--session-seconds" => wish.session_seconds = value.parse().map_err(|_| wrong())?,
                    "--triggers" => {
                        let url = value.parse().map_err(|error| format!("--triggers {value:?}: {error}"))?;
                        wish.trigger_source = TriggerSource::Invoke { url };
                    }
                    _ => wish.ses_identities.push(identity(&value)?),
                }
            }
            _ => return Err(format!("unknown argument {name:?}; try --help")),
        }
    }
    Ok(Wish::Serve(wish))
}

/// A domain or an address, as far as can be seen without asking anybody.
fn identity(value: &str) -> Result<String, String> {
    let domain = value.rsplit_once('@').map_or(value, |(_, domain)| domain);
    let is_domain = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
    if is_domain && !value.starts_with('@') && !value.contains(char::is_whitespace) {
        return Ok(value.to_owned());
    }
    Err(format!("--ses-identity needs a domain or an address, such as example.com, not {value:?}"))
}

fn main() -> ExitCode {
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
    let result = Runtime::new().and_then(|runtime| {
        let result = runtime.block_on(run(&arguments));
        // Ctrl-C stops at once, even while an operation waits for a trigger.
        runtime.shutdown_background();
        result
    });
    match result {
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
            settings.trigger_source = arguments.trigger_source.clone();
            if !arguments.ses_identities.is_empty() {
                settings.ses_identities.clone_from(&arguments.ses_identities);
            }
            settings.log = true;
        })
        .build();
    print!("{}", banner(&format!("http://{address}"), &pool, &arguments.trigger_source));
    tokio::select! {
        result = local_pool::serve(listener, pool) => result,
        result = tokio::signal::ctrl_c() => result,
    }
}

fn banner(url: &str, pool: &Pool, trigger_source: &TriggerSource) -> String {
    let mut users = String::new();
    for user in &pool.seed().users {
        let (email, flow, description) = (&user.email, user.auth_flow, &user.description);
        let place = format!("{} {}", user.user_pool_id, user.client_id);
        users.push_str(&format!("  {email:<28} {flow:<14} {place:<50} {description}\n"));
    }
    let triggers = match trigger_source {
        TriggerSource::InProcess => "the project's own, in process; --triggers <url> invokes Lambda functions instead".to_owned(),
        TriggerSource::Invoke { url } => format!("Lambda functions, invoked at {url}"),
    };
    format!(
        "Local Amazon Cognito user pools on {url}  (Ctrl-C stops)\n\
         \n  inbox      {url}/\n  more       {url}/local/\n  keys       {url}/{LOCAL_POOL}/.well-known/jwks.json\n  triggers   {triggers}\n\
         \nUsers, all with the password {PASSWORD}\n{users}\
         \nFrom a web page:  <cognito-login user-pool-id=\"{LOCAL_POOL}\" client-id=\"{CLIENT}\" endpoint=\"{url}/\">\
         \nFrom the AWS CLI: aws cognito-idp sign-up --endpoint-url {url} --region us-east-1 --no-sign-request \\\
         \n                    --client-id {CLIENT} --username you@example.com --password '{PASSWORD}'\
         \nFrom boto3:       boto3.client(\"cognito-idp\", region_name=\"us-east-1\", endpoint_url=\"{url}\",\
         \n                    config=botocore.config.Config(signature_version=botocore.UNSIGNED))\
         \nFrom a Lambda function, mail with SES: AWS_ENDPOINT_URL_SESV2={url}\
         \n                    AWS_ACCESS_KEY_ID={ACCESS_KEY_ID} AWS_SECRET_ACCESS_KEY={SECRET_ACCESS_KEY}\n\n"
    )
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use local_pool::TriggerSource;

    use super::{Wish, read_arguments};

    fn read(arguments: &[&str]) -> Result<Wish, String> {
        read_arguments(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn arguments() {
        let Ok(Wish::Serve(wish)) = read(&["--port", "1234", "--session-seconds=5"]) else { panic!("refused") };
        assert_eq!((wish.port, wish.session_seconds), (1234, 5));
        assert_eq!((wish.trigger_source, wish.ses_identities.len()), (TriggerSource::InProcess, 0));
        assert!(matches!(read(&["-h"]), Ok(Wish::Help)));
        for wrong in [&["--port"][..], &["--port", "x"], &["--port=70000"], &["--ports", "1"], &["extra"], &["--triggers"]] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn functions_and_senders() {
        let arguments = ["--triggers", "http://127.0.0.1:9001/", "--ses-identity=example.org", "--ses-identity", "a@b.example"];
        let Ok(Wish::Serve(wish)) = read(&arguments) else { panic!("refused") };
        let TriggerSource::Invoke { url } = wish.trigger_source else { panic!("in process") };
        assert_eq!(url.to_string(), "http://127.0.0.1:9001");
        assert_eq!(wish.ses_identities, ["example.org", "a@b.example"]);
        for wrong in ["https://127.0.0.1:9001", "127.0.0.1:9001", "functions"] {
            let Err(error) = read(&["--triggers", wrong]) else { panic!("{wrong} was taken") };
            assert!(error.starts_with(&format!("--triggers {wrong:?}: functions are invoked at an http URL")), "{error}");
        }
        for wrong in ["", "example", "@example.com", "a b@example.com", "example."] {
            assert!(read(&["--ses-identity", wrong]).is_err(), "{wrong}");
        }
    }
}
