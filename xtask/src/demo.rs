//! `cargo xtask demo`: the widget on an ordinary page, signing in to a pool on this machine, in one process.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use local_pool::{Pool, seed::FEDERATION_CLIENT};
use tokio::net::TcpListener;

use crate::process::say;
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
}

/// Runs until Ctrl-C.
pub fn run(arguments: &Arguments) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("cannot start the async runtime")?;
    runtime.block_on(serve(arguments))
}

async fn serve(arguments: &Arguments) -> Result<()> {
    // The file and the ports first: whoever has to free one should not learn it after minutes of building.
    let pool_builder = match &arguments.pool_config {
        None => Pool::builder(),
        Some(file) => Pool::builder().with_config_file(file)?,
    };
    let page = listen(arguments.port, "--port").await?;
    let localhost = also_by_name(page.local_addr()?.port()).await;
    let pool = listen(arguments.pool_port, "--pool-port").await?;
    let pool_url = format!("http://{}", pool.local_addr()?);

    let workspace = Workspace::find()?;
    wasm::ensure_target()?;
    let folder = site::build(&workspace, &pool_url)?;

    say("Starting the local pool and the page");
    let own_urls = ["127.0.0.1", "localhost"].map(|host| format!("http://{host}:{}/", arguments.port));
    let users = pool_builder
        .with(|settings| settings.log = true)
        .with_client(FEDERATION_CLIENT, |client| {
            client.oauth.callback_urls = own_urls.to_vec();
            client.oauth.logout_urls = own_urls.to_vec();
        })
        .build();
    print_welcome(&page.local_addr()?, &pool_url, &users);
    let router = site::router(&folder, &pool_url)?;
    if let Some(localhost) = localhost {
        let router = router.clone();
        tokio::spawn(async move { axum::serve(localhost, router).await });
    }
    let page = axum::serve(page, router);
    let pool = local_pool::serve(pool, users);
    tokio::select! {
        ended = page => ended.context("the page's server stopped"),
        ended = pool => ended.context("the local pool stopped"),
        _ = tokio::signal::ctrl_c() => {
            println!("\nStopped.");
            Ok(())
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
    println!(
        "
    The demo page   http://{page}
                    http://localhost:{port}   (for passkeys)
    The gallery     http://{page}/gallery/   (every screen in every state)
    The local pool  {pool_url}   (its inbox: the mails that it sent)

People to sign in as:"
    );
    for user in &pool.seed().users {
        println!("    {:<28} {:<16} {}", user.sign_in_name(), user.password.expose(), user.description);
    }
    println!("\nCtrl-C stops everything. What the pool is asked follows.\n");
}
