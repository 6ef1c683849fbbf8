//! The program, as its users start it.

use std::process::Stdio;

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
};

use crate::{
    fixture::{echo_program, runs, until},
    http::post,
};

#[tokio::test]
async fn it_runs_functions_until_it_is_interrupted() {
    for signal in ["-INT", "-TERM"] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_local-lambda"))
            .args(["--port=0", "--env", "GREETING=hello"])
            .arg(format!("echo={}", echo_program().display()))
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let first = lines.next_line().await.unwrap().unwrap();
        let address = first.split(' ').find_map(|word| word.strip_prefix("http://")).expect(&first);
        let path = "/2015-03-31/functions/echo/invocations";

        let environment = post(address, path, "", br#"{"do":"environment"}"#).await.json();
        assert_eq!(environment["GREETING"], "hello");
        let context = post(address, path, "", br#"{"do":"context"}"#).await.json();
        let process_id = u32::try_from(context["processId"].as_u64().unwrap()).unwrap();
        post(address, path, "", br#"{"do":"log","text":1}"#).await;
        while let Some(line) = lines.next_line().await.unwrap() {
            if line == r#"echo | {"stdout":1}"# {
                break;
            }
        }

        let own_id = program.id().unwrap().to_string();
        std::process::Command::new("kill").args([signal, &own_id]).status().unwrap();
        assert!(program.wait().await.unwrap().success());
        until("the function's process is gone", || (!runs(process_id)).then_some(())).await;
    }
}

#[test]
fn wrong_arguments_are_told_on_standard_error() {
    for wrong in [&[][..], &["--port", "x", "f=program"], &["--env", "hunter2", "f=program"]] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_local-lambda")).args(wrong).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{told}");
        assert!(told.starts_with("error: ") && told.contains("--help") && !told.contains("hunter2"), "{told}");
    }
}
