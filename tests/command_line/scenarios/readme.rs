//! The README's commands for the terminal, as they stand there but for the ports.

use std::path::Path;

use local_pool::seed::PASSWORD;

use crate::stage::{Program, Server, free_port, pool_url};

/// The words of each command in the README's block of shell that has this in it.
fn commands_with(part: &str) -> Vec<Vec<String>> {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let mut blocks = readme.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let block = blocks.find(|block| block.contains(part)).unwrap_or_else(|| panic!("the README has no {part:?}"));
    let words = |line: &str| line.split_whitespace().filter(|word| *word != "&").map(str::to_owned).collect();
    block.replace("\\\n", " ").lines().map(words).collect()
}

/// What stands behind `cargo run … --`.
fn arguments(command: &[String]) -> Vec<&str> {
    let separator = command.iter().position(|word| word == "--").unwrap();
    command[separator + 1..].iter().map(String::as_str).collect()
}

#[test]
fn the_sign_in() {
    let commands = commands_with("--example sign_in");
    let options: Vec<&str> = arguments(&commands[0]).into_iter().map(|word| word.trim_matches('\'')).collect();
    let endpoint = options.iter().position(|word| *word == "--endpoint").unwrap();
    assert_eq!(options[endpoint + 1], "http://127.0.0.1:9229/");
    let program = Program::of("somebody else").with(&options).with(&["--endpoint", pool_url()]);
    program.start().line(PASSWORD).end().signed_in_as("srp@example.com");
}

#[test]
fn the_functions_that_are_deployed_with_the_local_pool() {
    let commands = commands_with("local-lambda");
    let [build, functions, pool] = commands.as_slice() else { panic!("{commands:?}") };
    assert_eq!(build.join(" "), "cargo build -p triggers");

    let port = free_port();
    let functions = arguments(functions).into_iter().map(|word| match word.strip_prefix("target/debug/") {
        Some(program) => Server::program(program).display().to_string(),
        None => word.replace(":9229", &format!(":{port}")),
    });
    let functions = Server::start("local-lambda", functions.chain(["--port=0".to_owned()]), "Lambda functions on ");
    let pool = arguments(pool).into_iter().map(|word| word.replace("http://127.0.0.1:9001", &functions.url));
    let pool = Server::start("local-pool", pool.chain([format!("--port={port}")]), "user pools on ");

    let user = "email-code@example.com";
    let program = Program::of(user).with(&["--auth-flow", "CUSTOM_AUTH", "--endpoint", &pool.url]);
    let program = program.start().line(PASSWORD).until("We sent a verification code to e***@e***.");
    let inbox = ureq::get(format!("{}/local/inbox?to={user}", pool.url)).call().unwrap().body_mut().read_to_string().unwrap();
    let mails: serde_json::Value = serde_json::from_str(&inbox).unwrap();
    assert_eq!((mails[0]["kind"].as_str(), mails[0]["from"].as_str()), (Some("SES"), Some("no-reply@example.com")));
    program.line(mails[0]["code"].as_str().unwrap()).end().signed_in_as(user);
}
