//! Runs the local pool.

use std::{io, path::PathBuf, process::ExitCode, time::Duration};

use clap::Parser;
use local_pool::{
    Builder, InvokeUrl, Pool, TriggerSource,
    seed::PASSWORD,
    ses::{ACCESS_KEY_ID, SECRET_ACCESS_KEY},
};
use terminal_line::one_line;
use tokio::{net::TcpListener, runtime::Runtime};

/// A strict local stand-in for Amazon Cognito user pools.
#[derive(Debug, Parser)]
#[command(name = "local-pool")]
struct Arguments {
    /// Take pools, clients, users and settings from this file, .toml or .json, instead of the seeded ones
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Keep users and their sign-ins in this file over restarts; it need not exist. Passwords and secrets stand in it as they are
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Where to listen on 127.0.0.1; 0 for a free port
    #[arg(long, value_name = "PORT", default_value_t = 9229)]
    port: u16,
    /// How long a sign-in challenge can be answered; 180 where the file does not say
    #[arg(long, value_name = "SECONDS")]
    session_seconds: Option<u32>,
    /// Invoke the triggers as Lambda functions there, such as http://127.0.0.1:9001, instead of running the project's own in
    /// process
    #[arg(long, value_name = "URL")]
    triggers: Option<InvokeUrl>,
    /// A domain or an address that may send mail through SES here; may be given several times; example.com where the file does not say
    #[arg(long = "ses-identity", value_name = "IDENTITY", value_parser = identity)]
    ses_identities: Vec<String>,
}

/// A domain or an address, as far as can be seen without asking anybody.
fn identity(value: &str) -> Result<String, &'static str> {
    let domain = value.rsplit_once('@').map_or(value, |(_, domain)| domain);
    let is_domain = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
    if is_domain && !value.starts_with('@') && !value.contains(char::is_whitespace) {
        return Ok(value.to_owned());
    }
    Err("this takes a domain or an address, such as example.com")
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let builder = match &arguments.config {
        None => Ok(Pool::builder()),
        Some(file) => Pool::builder().with_config_file(file),
    };
    let builder = match builder {
        Ok(builder) => builder,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let result = Runtime::new().and_then(|runtime| {
        let result = runtime.block_on(run(&arguments, builder));
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

async fn run(arguments: &Arguments, builder: Builder) -> io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", arguments.port)).await?;
    let address = listener.local_addr()?;
    let trigger_source = match &arguments.triggers {
        Some(url) => TriggerSource::Invoke { url: url.clone() },
        None => TriggerSource::InProcess,
    };
    let builder = builder.with(|settings| {
        if let Some(secs) = arguments.session_seconds {
            settings.session_validity = Duration::from_secs(secs.into());
        }
        if !arguments.ses_identities.is_empty() {
            settings.ses_identities.clone_from(&arguments.ses_identities);
        }
        settings.trigger_source = trigger_source.clone();
        settings.log = true;
    });
    let pool = match &arguments.state {
        None => builder.build(),
        Some(file) => builder.build_with_state(file).map_err(io::Error::other)?,
    };
    print!("{}", banner(&format!("http://{address}"), &pool, &trigger_source));
    tokio::select! {
        result = local_pool::serve(listener, pool.clone()) => result,
        result = told_to_stop() => result,
    }?;
    pool.save().map_err(|error| io::Error::other(format!("the state could not be kept: {error}")))
}

/// Ctrl-C, or what a service manager sends.
async fn told_to_stop() -> io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            result = tokio::signal::ctrl_c() => result,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

fn banner(url: &str, pool: &Pool, trigger_source: &TriggerSource) -> String {
    let seed = pool.seed();
    let mut users = String::new();
    for user in &seed.users {
        let (email, flow, description) = (user.sign_in_name(), user.auth_flow, user.description.as_str());
        let place = format!("{} {}", user.user_pool_id, user.client_id);
        let password = if user.password.expose() == PASSWORD { "" } else { "another password" };
        let remarks: Vec<&str> = [description, password].into_iter().filter(|remark| !remark.is_empty()).collect();
        users.push_str(&format!("  {email:<28} {flow:<14} {place:<50} {}\n", remarks.join("; ")));
    }
    let triggers = match trigger_source {
        TriggerSource::InProcess => "the project's own, in process; --triggers <url> invokes Lambda functions instead".to_owned(),
        TriggerSource::Invoke { url } => format!("Lambda functions, invoked at {url}"),
    };
    let state = match pool.state_file() {
        None => "in memory; --state <file> keeps users over restarts".to_owned(),
        Some(path) => {
            format!("{}, with passwords and secrets as they are: test users alone", one_line(&path.display().to_string()))
        }
    };
    let (pool_id, region) = seed.user_pools.first().map(|pool| (pool.id.as_str(), pool.region())).unwrap_or_default();
    let client = seed.clients.first().map(|client| client.id.as_str()).unwrap_or_default();
    format!(
        "Local Amazon Cognito user pools on {url}  (Ctrl-C stops)\n\
         \n  inbox      {url}/\n  more       {url}/local/\n  keys       {url}/{pool_id}/.well-known/jwks.json\n  triggers   {triggers}\n  state      {state}\n\
         \nUsers, with the password {PASSWORD} where nothing else is said\n{users}\
         \nFrom a web page:  <cognito-login user-pool-id=\"{pool_id}\" client-id=\"{client}\" endpoint=\"{url}/\">\
         \nFrom the AWS CLI: aws cognito-idp sign-up --endpoint-url {url} --region {region} --no-sign-request \\\
         \n                    --client-id {client} --username you@example.com --password '{PASSWORD}'\
         \nFrom boto3:       boto3.client(\"cognito-idp\", region_name=\"{region}\", endpoint_url=\"{url}\",\
         \n                    config=botocore.config.Config(signature_version=botocore.UNSIGNED))\
         \nFrom a Lambda function, mail with SES: AWS_ENDPOINT_URL_SESV2={url}\
         \n                    AWS_ACCESS_KEY_ID={ACCESS_KEY_ID} AWS_SECRET_ACCESS_KEY={SECRET_ACCESS_KEY}\n\n"
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use clap::{Parser, error::ErrorKind};

    use super::Arguments;

    fn read(arguments: &[&str]) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(["local-pool"].iter().chain(arguments))
    }

    #[test]
    fn arguments() {
        let none = read(&[]).unwrap();
        assert_eq!((none.port, none.session_seconds, none.triggers, none.config, none.state), (9229, None, None, None, None));
        assert!(none.ses_identities.is_empty());
        let given = read(&["--port", "1234", "--session-seconds=5"]).unwrap();
        assert_eq!((given.port, given.session_seconds), (1234, Some(5)));
        assert_eq!(read(&["-h"]).unwrap_err().kind(), ErrorKind::DisplayHelp);
        for wrong in
            [&["--port"][..], &["--port", "x"], &["--port=70000"], &["--ports", "1"], &["extra"], &["--triggers"], &["--state"]]
        {
            let error = read(wrong).unwrap_err();
            assert!(error.use_stderr() && error.exit_code() == 2, "{wrong:?}");
        }
    }

    #[test]
    fn functions_and_senders() {
        let arguments = ["--triggers", "http://127.0.0.1:9001/", "--ses-identity=example.org", "--ses-identity", "a@b.example"];
        let given = read(&arguments).unwrap();
        assert_eq!(given.triggers.unwrap().to_string(), "http://127.0.0.1:9001");
        assert_eq!(given.ses_identities, ["example.org", "a@b.example"]);
        for wrong in ["https://127.0.0.1:9001", "127.0.0.1:9001", "functions"] {
            let error = read(&["--triggers", wrong]).unwrap_err().to_string();
            let expected = format!("invalid value '{wrong}' for '--triggers <URL>': functions are invoked at an http URL");
            assert!(error.contains(&expected), "{error}");
        }
        for wrong in ["", "example", "@example.com", "a b@example.com", "example."] {
            assert!(read(&["--ses-identity", wrong]).is_err(), "{wrong}");
        }
    }
}
