//! The local pool on a free port, shared by all tests.

use std::{net::Ipv4Addr, sync::OnceLock};

use local_pool::{
    Pool,
    seed::{MFA_ON_CLIENT, MFA_ON_POOL, SeededUser},
};

/// Where the pool's clock stands: the beginning of a step of authenticator codes.
pub const NOW_SECS: u64 = 1_757_408_700;

/// The options for the pool in which everybody must have a second factor.
pub const MFA_ON: [&str; 4] = ["--pool-id", MFA_ON_POOL, "--client-id", MFA_ON_CLIENT];

struct Server {
    pool: Pool,
    url: String,
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        // Bound here already, so that the port is known.
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let frozen_at_millis = i64::try_from(NOW_SECS * 1000).ok();
        let pool = Pool::builder().with(|settings| settings.frozen_at_millis = frozen_at_millis).build();
        let served = pool.clone();
        // Lives as long as the process.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                local_pool::serve(listener, served).await.unwrap();
            });
        });
        Server { pool, url }
    })
}

pub fn pool() -> &'static Pool {
    &server().pool
}

pub fn pool_url() -> &'static str {
    &server().url
}

/// Adds a user and returns the sign-in name.
pub fn new_user(email: &str, change: impl FnOnce(&mut SeededUser)) -> &str {
    let mut user = SeededUser::new(email, "USER_SRP_AUTH", "for a test");
    change(&mut user);
    pool().add_user(&user);
    email
}
