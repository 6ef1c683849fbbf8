//! Our local pool beside two well-known emulators of the same API: sign-ins a second over one core, and memory, with many users.
//!
//! Each server runs on one core, has the same users, and is sent the same requests by eight connections. They take turns; each round
//! signs in users that have not signed in before.

mod client;
mod server;
mod sign_in;

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use server::Server;

use crate::{statistics::Sample, usage};

/// So many users each has.
const USERS: usize = 10_000;

/// How often each is measured.
const ROUNDS: usize = 5;

/// A flow, and how many sign-ins of it are a round.
struct Flow {
    name: &'static str,
    sign_in: fn(&Server, &[usize]) -> Result<Duration>,
    users: usize,
}

static FLOWS: [Flow; 2] = [
    Flow { name: "USER_SRP_AUTH", sign_in: sign_in::by_srp, users: 40 },
    Flow { name: "USER_PASSWORD_AUTH", sign_in: sign_in::by_password, users: 200 },
];

#[derive(Default)]
struct Measured {
    /// By flow.
    a_second: [Sample; FLOWS.len()],
    cpu_millis: [Sample; FLOWS.len()],
    started_mib: Sample,
    with_users_mib: Sample,
    after_mib: Sample,
    ready_secs: Sample,
}

/// Runs all in turns and prints what was measured.
pub fn run(local_pool: &Path, python: &Path) -> Result<()> {
    let core = server::core();
    let mut measured: [Measured; 3] = Default::default();
    let [ours, ministack, moto] = &mut measured;
    let servers = [
        ready(ours, || Server::local_pool(local_pool, core, USERS), |_| Ok(()))?,
        ready(ministack, || Server::ministack(python, core), |server| server.add_users(USERS))?,
        ready(moto, || Server::moto(python, core), |server| server.add_users(USERS))?,
    ];
    // How much the local pool takes with no more than a user; it reads its users before it answers.
    let empty = Server::local_pool(local_pool, core, 1)?;
    ours.started_mib = resident(&empty);
    drop(empty);

    let mut refuse = Vec::new();
    for server in &servers {
        refuse.push(sign_in::refuses_a_wrong_proof(server, 0)?);
        // Not counted: the first sign-ins make keys and load modules.
        for flow in &FLOWS {
            (flow.sign_in)(server, &[1, 2, 3, 4, 5, 6, 7, 8])?;
        }
    }
    let mut next = 9;
    for _ in 0..ROUNDS {
        for (index, flow) in FLOWS.iter().enumerate() {
            let users: Vec<usize> = (next..next + flow.users).collect();
            next += flow.users;
            for (server, measured) in servers.iter().zip(&mut measured) {
                round(server, flow, index, &users, measured)?;
            }
        }
    }
    for (server, measured) in servers.iter().zip(&mut measured) {
        measured.after_mib = resident(server);
    }
    print(&servers, &measured, &refuse, core, python)
}

/// Starts a server and gives it its users.
fn ready(
    measured: &mut Measured,
    start: impl FnOnce() -> Result<Server>,
    add_users: impl FnOnce(&Server) -> Result<()>,
) -> Result<Server> {
    let begun = Instant::now();
    let server = start()?;
    measured.started_mib = resident(&server);
    add_users(&server)?;
    measured.ready_secs.add(begun.elapsed().as_secs_f64());
    measured.with_users_mib = resident(&server);
    Ok(server)
}

fn round(server: &Server, flow: &Flow, index: usize, users: &[usize], measured: &mut Measured) -> Result<()> {
    let cpu_before = usage::cpu_millis(server.process_id());
    let taken = (flow.sign_in)(server, users).with_context(|| format!("{} with {}", flow.name, server.name))?;
    let cpu_after = usage::cpu_millis(server.process_id());
    let count = users.len() as f64;
    if let Some(a_second) = measured.a_second.get_mut(index) {
        a_second.add(count / taken.as_secs_f64());
    }
    if let (Some(sample), Some(before), Some(after)) = (measured.cpu_millis.get_mut(index), cpu_before, cpu_after) {
        sample.add((after - before) / count);
    }
    Ok(())
}

fn resident(server: &Server) -> Sample {
    let mut sample = Sample::default();
    if let Some(mib) = usage::resident_mib(server.process_id()) {
        sample.add(mib);
    }
    sample
}

fn print(servers: &[Server], measured: &[Measured], refuse: &[bool], core: Option<usize>, python: &Path) -> Result<()> {
    let held = match core {
        Some(_) => "each server held to one core",
        None => "servers on all cores, for there is no `taskset` to hold them to one",
    };
    println!("{USERS} users, {held}, {ROUNDS} rounds in turns; median (least..most), then how many times ours");
    let names: Vec<String> = servers.iter().map(|server| versioned(server.name, python)).collect();
    print_row("", &names);
    for (index, flow) in FLOWS.iter().enumerate() {
        println!("{}", flow.name);
        print_samples("  sign-ins a second", measured, |measured| measured.a_second.get(index));
        print_samples("  processor time a sign-in, ms", measured, |measured| measured.cpu_millis.get(index));
    }
    println!("resident memory, MiB");
    print_samples("  started", measured, |measured| Some(&measured.started_mib));
    print_samples("  with all users", measured, |measured| Some(&measured.with_users_mib));
    print_samples("  after all sign-ins", measured, |measured| Some(&measured.after_mib));
    print_samples("seconds until all users are there", measured, |measured| Some(&measured.ready_secs));
    let told = refuse.iter().map(|refused| if *refused { "refused" } else { "LET IN" }.to_owned()).collect::<Vec<_>>();
    print_row("a wrong password by SRP", &told);
    println!(
        "\nThe local pool was compiled as `cargo run -p local-pool` does. Its users come from a file, those of the others through"
    );
    println!("AdminCreateUser and AdminSetUserPassword. moto makes no SRP: it sends random numbers, and looks at no proof.");
    println!("ministack computes the verifier twice in each sign-in, in Python; ours once a user, and keeps it.");
    Ok(())
}

fn print_samples<'a>(what: &str, measured: &'a [Measured], of: impl Fn(&'a Measured) -> Option<&'a Sample>) {
    let ours = measured.first().and_then(&of).map_or(f64::NAN, Sample::median);
    let cells: Vec<String> = measured
        .iter()
        .filter_map(&of)
        .enumerate()
        .map(|(index, sample)| match index {
            0 => sample.to_string(),
            _ => format!("{sample} {:.2}x", sample.median() / ours),
        })
        .collect();
    print_row(what, &cells);
}

fn print_row(what: &str, cells: &[String]) {
    let cells: String = cells.iter().map(|cell| format!(" {cell:>32}")).collect();
    println!("{what:<34}{cells}");
}

/// With its version, where it is a package of Python.
fn versioned(name: &str, python: &Path) -> String {
    let ask = format!("import importlib.metadata as m; print(m.version('{name}'))");
    let asked = Command::new(python).args(["-c", &ask]).stderr(std::process::Stdio::null()).output();
    let version = asked.ok().filter(|output| output.status.success()).and_then(|output| String::from_utf8(output.stdout).ok());
    version.map_or_else(|| name.to_owned(), |version| format!("{name} {}", version.trim()))
}
