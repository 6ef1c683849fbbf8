//! Runs functions behind the Invoke API.

use std::{io, net::Ipv4Addr, path::Path, process::ExitCode};

use local_lambda::{Function, LocalLambda};
use tokio::net::TcpListener;

const HELP: &str = "\
Runs Lambda functions on this machine.

Usage: local-lambda [--port <port>] [--env <name>=<value>]... [<function>=]<program>...

  --port <port>           where to listen on 127.0.0.1; default 9001, 0 for a free one
  --env <name>=<value>    an environment variable for all functions
  [<function>=]<program>  an executable, and the function's name where it is not the executable's
";

#[derive(Debug)]
struct Arguments {
    port: u16,
    functions: Vec<Function>,
    names: Vec<String>,
}

enum Wish {
    Serve(Arguments),
    Help,
}

fn read_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut port = 9001;
    let mut variables = Vec::new();
    let mut programs = Vec::new();
    while let Some(argument) = arguments.next() {
        if !argument.starts_with('-') {
            programs.push(function(&argument)?);
            continue;
        }
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        let mut value = || inline.clone().or_else(|| arguments.next()).ok_or(format!("{name} needs a value"));
        match name.as_str() {
            "--help" | "-h" => return Ok(Wish::Help),
            "--port" => {
                let value = value()?;
                port = value.parse().map_err(|_| format!("--port needs a number, not {value:?}"))?;
            }
            "--env" => variables.push(pair(&value()?)?),
            _ => return Err(format!("unknown argument {name:?}; try --help")),
        }
    }
    if programs.is_empty() {
        return Err("no function to run; try --help".to_owned());
    }
    let names = programs.iter().map(|(name, _)| name.clone()).collect();
    let with_variables = |function: Function| {
        variables.iter().fold(function, |function, (name, value): &(String, String)| function.env(name, value))
    };
    let functions =
        programs.into_iter().map(|(name, program)| with_variables(Function::new(name, program).print_logs())).collect();
    Ok(Wish::Serve(Arguments { port, functions, names }))
}

/// The name and the program.
fn function(argument: &str) -> Result<(String, String), String> {
    if argument.contains('=') {
        return pair(argument);
    }
    let name = Path::new(argument).file_name().and_then(|name| name.to_str());
    name.map(|name| (name.to_owned(), argument.to_owned())).ok_or(format!("{argument:?} is no program; try --help"))
}

fn pair(argument: &str) -> Result<(String, String), String> {
    match argument.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        // What is not a pair may be a secret whose name was forgotten.
        _ => Err("an argument is not of the form <name>=<value>; try --help".to_owned()),
    }
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
            eprintln!("local-lambda: {message}");
            return ExitCode::from(2);
        }
    };
    let port = arguments.port;
    match run(arguments).await {
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

async fn run(arguments: Arguments) -> io::Result<()> {
    // Before anything is started: a signal that comes early must end this in order, too.
    let stop = stop_signal()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).await?;
    let lambda = LocalLambda::start_on(listener, arguments.functions).await?;
    println!("Lambda functions on {}  (Ctrl-C stops)\n", lambda.url());
    for name in arguments.names {
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
#[allow(clippy::panic)]
mod tests {
    use super::{Wish, read_arguments};

    fn read(arguments: &[&str]) -> Result<Wish, String> {
        read_arguments(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn arguments() {
        let Ok(Wish::Serve(wish)) = read(&["one=a/b=c", "--port", "1234", "--env", "A=B=C", "--env=D=", "target/two"]) else {
            panic!("refused")
        };
        assert_eq!((wish.port, wish.names), (1234, vec!["one".to_owned(), "two".to_owned()]));
        let functions = format!("{:?}", wish.functions);
        assert!(functions.contains("\"a/b=c\"") && functions.contains("[\"A\", \"D\"]"), "{functions}");
        assert!(matches!(read(&["-h"]), Ok(Wish::Help)));
        for wrong in [&["--port"][..], &["--port", "x", "a=b"], &[], &[".."], &["=b"], &["--env", "A", "a=b"], &["--x", "a=b"]] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}
