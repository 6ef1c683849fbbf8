//! `cargo xtask demo`: the widget on an ordinary page, signing in to a pool on this machine, in one process.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use local_pool::{Pool, seed::FEDERATION_CLIENT};
use terminal_line::one_line;
use tokio::net::TcpListener;

use crate::progress::Progress;
use crate::workspace::Workspace;
use crate::{site, wasm};

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Where the page is served
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Where the pool listens
    #[arg(long, value_name = "PORT", default_value_t = 9229)]
    pool_port: u16,
    /// Take the pool's clients, users and settings from this file, as docs/local-pool.md has it
    #[arg(long, value_name = "FILE")]
    pool_config: Option<PathBuf>,
    /// Keep the pool's users and their sign-ins in this file over restarts; it need not exist. Passwords and secrets stand in it as
    /// they are
    #[arg(long, value_name = "FILE")]
    pool_state: Option<PathBuf>,
}

/// Runs until Ctrl-C.
pub fn run(arguments: &Arguments) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("cannot start the async runtime")?;
    runtime.block_on(serve(arguments))
}

async fn serve(arguments: &Arguments) -> Result<()> {
    // The files and the ports first: whoever has to free one should not learn it after minutes of building.
    let users = arguments.pool()?;
    let page = listen(arguments.port, "--port").await?;
    let localhost = also_by_name(page.local_addr()?.port()).await;
    let pool = listen(arguments.pool_port, "--pool-port").await?;
    let pool_url = format!("http://{}", pool.local_addr()?);

    let mut progress = Progress::of(2);
    progress.step("Building the widget and the page");
    let workspace = Workspace::find()?;
    wasm::ensure_target()?;
    let folder = site::build(&workspace, &pool_url)?;

    progress.step("Starting the local pool and the page");
    print_welcome(&page.local_addr()?, &pool_url, &users);
    let router = site::router(&folder, &pool_url)?;
    if let Some(localhost) = localhost {
        let router = router.clone();
        tokio::spawn(async move { axum::serve(localhost, router).await });
    }
    let page = axum::serve(page, router);
    let pool = local_pool::serve(pool, users.clone());
    tokio::select! {
        ended = page => ended.context("the page's server stopped"),
        ended = pool => ended.context("the local pool stopped"),
        _ = tokio::signal::ctrl_c() => Ok(()),
    }?;
    users.save().context("the pool's state could not be kept")?;
    println!("\nStopped.");
    Ok(())
}

impl Arguments {
    /// The pool, with what a file keeps of an earlier one.
    fn pool(&self) -> Result<Pool> {
        let builder = match &self.pool_config {
            None => Pool::builder(),
            Some(file) => Pool::builder().with_config_file(file)?,
        };
        let own_urls = ["127.0.0.1", "localhost"].map(|host| format!("http://{host}:{}/", self.port));
        let builder = builder.with(|settings| settings.log = true).with_client(FEDERATION_CLIENT, |client| {
            client.oauth.callback_urls = own_urls.to_vec();
            client.oauth.logout_urls = own_urls.to_vec();
        });
        match &self.pool_state {
            None => Ok(builder.build()),
            Some(file) => builder.build_with_state(file).context("--pool-state"),
        }
    }
}

async fn listen(port: u16, option: &str) -> Result<TcpListener> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => bail!(
            "port {port} is taken by another program. Stop that program (another demo?), or choose \
             another port: cargo xtask demo {option} {}",
            port.saturating_add(1)
        ),
        Err(error) => Err(error).with_context(|| format!("cannot listen on {address}")),
    }
}

/// `localhost` is the other address of this machine where there is one. The pool's passkeys are for that name.
async fn also_by_name(port: u16) -> Option<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))).await.ok()
}

fn print_welcome(page: &SocketAddr, pool_url: &str, pool: &Pool) {
    let port = page.port();
    println!("\nPeople to sign in as:");
    for user in &pool.seed().users {
        println!("    {:<28} {:<16} {}", user.sign_in_name(), user.password.expose(), user.description);
    }
    if let Some(file) = pool.state_file() {
        println!(
            "\nKept in {}, with passwords and secrets as they are: test users alone.",
            one_line(&file.display().to_string())
        );
    }
    // Last, where it is seen: nothing opens by itself.
    println!(
        "
Ctrl-C stops everything. What the pool is asked follows below.

    The local pool  {pool_url}   (its inbox: the mails that it sent)
    The docs        http://{page}/docs/      (with a playground)
    The gallery     http://{page}/gallery/   (every screen in every state)
                    http://localhost:{port}   (the demo page for passkeys)
    The demo page   http://{page}
"
    );
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::Arguments;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn read(arguments: &[&str]) -> Arguments {
        Line::try_parse_from([&["demo"], arguments].concat()).unwrap().arguments
    }

    #[test]
    fn the_pool_keeps_its_users_in_the_file_that_it_is_given_and_else_nowhere() {
        assert_eq!(read(&[]).pool().unwrap().state_file(), None);
        assert!(Line::try_parse_from(["demo", "--pool-state"]).is_err());
        assert!(Line::command().render_help().to_string().contains("--pool-state <FILE>"));

        let folder = std::env::temp_dir().join(format!("xtask-demo-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("pool.json");
        let arguments = read(&["--pool-state", file.to_str().unwrap()]);
        let pool = arguments.pool().unwrap();
        assert_eq!(pool.state_file(), Some(file.as_path()));
        // Two at a time would overwrite each other's users.
        let error = format!("{:#}", arguments.pool().unwrap_err());
        assert!(error.starts_with("--pool-state: ") && error.contains("is in use"), "{error}");
        let before = pool.now_millis();
        pool.advance_clock(std::time::Duration::from_secs(86_400));
        pool.save().unwrap();
        drop(pool);
        assert!(arguments.pool().unwrap().now_millis() >= before + 86_400_000, "the next one goes on from there");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
