//! Runs functions behind the Invoke API.

use std::{io, net::Ipv4Addr, path::Path, process::ExitCode};

use clap::{CommandFactory, Parser, error::ErrorKind};
use local_lambda::{Function, LocalLambda};
use tokio::net::TcpListener;

/// Runs Lambda functions on this machine.
#[derive(Parser)]
#[command(name = "local-lambda")]
struct Arguments {
    /// Where to listen on 127.0.0.1; 0 for a free port
    #[arg(long, value_name = "PORT", default_value_t = 9001)]
    port: u16,
    // Taken apart later: what is wrong here may be a secret whose name was forgotten, which clap would show.
    /// An environment variable for all functions; may be given several times
    #[arg(long = "env", value_name = "NAME=VALUE")]
    variables: Vec<String>,
    /// An executable, and the function's name where it is not the executable's
    #[arg(required = true, value_name = "[FUNCTION=]PROGRAM")]
    programs: Vec<String>,
}

/// The functions, and their names.
#[derive(Debug)]
struct Served {
    functions: Vec<Function>,
    names: Vec<String>,
}

impl Arguments {
    fn served(&self) -> Result<Served, clap::Error> {
        let wrong = |message: String| Self::command().error(ErrorKind::ValueValidation, message);
        let variables: Result<Vec<(String, String)>, String> = self.variables.iter().map(|variable| pair(variable)).collect();
        let variables = variables.map_err(wrong)?;
        let programs: Result<Vec<(String, String)>, String> = self.programs.iter().map(|program| function(program)).collect();
        let programs = programs.map_err(wrong)?;
        let names = programs.iter().map(|(name, _)| name.clone()).collect();
        let with_variables =
            |function: Function| variables.iter().fold(function, |function, (name, value)| function.env(name, value));
        let functions =
            programs.into_iter().map(|(name, program)| with_variables(Function::new(name, program).print_logs())).collect();
        Ok(Served { functions, names })
    }
}

/// The name and the program.
fn function(argument: &str) -> Result<(String, String), String> {
    if argument.contains('=') {
        return pair(argument);
    }
    let name = Path::new(argument).file_name().and_then(|name| name.to_str());
    name.map(|name| (name.to_owned(), argument.to_owned())).ok_or(format!("{argument:?} is no program"))
}

fn pair(argument: &str) -> Result<(String, String), String> {
    match argument.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("an argument is not of the form NAME=VALUE".to_owned()),
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let served = match arguments.served() {
        Ok(served) => served,
        Err(error) => error.exit(),
    };
    let port = arguments.port;
    match run(port, served).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            eprintln!("local-lambda: port {port} of 127.0.0.1 is taken; choose another with --port.");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("local-lambda: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(port: u16, served: Served) -> io::Result<()> {
    // Before anything is started: a signal that comes early must end this in order, too.
    let stop = stop_signal()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let lambda = LocalLambda::start_on(listener, served.functions).await?;
    println!("Lambda functions on {}  (Ctrl-C stops)\n", lambda.url());
    for name in served.names {
        println!("  POST {}/2015-03-31/functions/{name}/invocations", lambda.url());
    }
    println!();
    stop.await;
    Ok(())
}

/// Waits for Ctrl-C or a request to terminate. Both are caught from the call on.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use clap::{Parser, error::ErrorKind};

    use super::{Arguments, Served};

    fn read(arguments: &[&str]) -> Result<(u16, Served), clap::Error> {
        let arguments = Arguments::try_parse_from(["local-lambda"].iter().chain(arguments))?;
        Ok((arguments.port, arguments.served()?))
    }

    #[test]
    fn arguments() {
        let (port, served) = read(&["one=a/b=c", "--port", "1234", "--env", "A=B=C", "--env=D=", "target/two"]).unwrap();
        assert_eq!((port, served.names), (1234, vec!["one".to_owned(), "two".to_owned()]));
        let functions = format!("{:?}", served.functions);
        assert!(functions.contains("\"a/b=c\"") && functions.contains("[\"A\", \"D\"]"), "{functions}");
        assert_eq!(read(&["a=b"]).unwrap().0, 9001);
        assert_eq!(read(&["-h"]).unwrap_err().kind(), ErrorKind::DisplayHelp);
        for wrong in [&["--port"][..], &["--port", "x", "a=b"], &[], &[".."], &["=b"], &["--env", "A", "a=b"], &["--x", "a=b"]] {
            let error = read(wrong).unwrap_err();
            assert!(error.use_stderr() && error.exit_code() == 2, "{wrong:?}");
        }
    }

    #[test]
    fn what_may_be_a_secret_is_not_shown() {
        for wrong in [&["--env", "hunter2", "a=b"][..], &["--env", "=hunter2", "a=b"], &["=hunter2"]] {
            let error = read(wrong).unwrap_err().to_string();
            assert!(error.contains("NAME=VALUE") && !error.contains("hunter2"), "{error}");
        }
    }
}
