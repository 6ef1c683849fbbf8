//! The servers: started on one core, with their users.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::client::{Client, at_once};

/// Everybody's.
pub const PASSWORD: &str = "Local-pool-1!";

/// How long a server may take until it answers.
const START: Duration = Duration::from_secs(120);

/// The name that a user signs in with.
pub fn username(user: usize) -> String {
    format!("user{user:05}")
}

/// A server that runs, with its users.
pub struct Server {
    pub name: &'static str,
    pub client: Client,
    pub user_pool_id: String,
    pub client_id: String,
    process: Child,
    config: Option<PathBuf>,
}

impl Server {
    /// The local pool, with the users in its configuration.
    pub fn local_pool(program: &Path, core: Option<usize>, users: usize) -> Result<Self> {
        let (user_pool_id, client_id) = ("us-east-1_Bench", "benchclient000000000000000");
        let config = std::env::temp_dir().join(format!("cognito-login-bench-pool-{}.json", std::process::id()));
        std::fs::write(&config, configuration(user_pool_id, client_id, users).to_string())?;
        let port = free_port()?;
        let mut command = on_core(core, program);
        command.arg("--config").arg(&config).arg("--port").arg(port.to_string());
        let process = start(command)?;
        let (user_pool_id, client_id) = (user_pool_id.to_owned(), client_id.to_owned());
        let client = Client::new(port);
        Self { name: "local pool", client, user_pool_id, client_id, process, config: Some(config) }.answering()
    }

    /// Moto, which has no users yet.
    pub fn moto(python: &Path, core: Option<usize>) -> Result<Self> {
        let port = free_port()?;
        let mut command = on_core(core, python);
        command.args(["-m", "moto.server", "-H", "127.0.0.1", "-p"]).arg(port.to_string());
        Self::emulator("moto", port, command)
    }

    /// Ministack, which has no users yet.
    pub fn ministack(python: &Path, core: Option<usize>) -> Result<Self> {
        let port = free_port()?;
        let mut command = on_core(core, python);
        command.args(["-m", "ministack"]).env("GATEWAY_PORT", port.to_string()).env("BIND_HOST", "127.0.0.1");
        // No listener but this one, and no line a request, as the others.
        command.env("IOT_MTLS_PORT", "off").env("LOG_LEVEL", "WARNING");
        Self::emulator("ministack", port, command)
    }

    fn emulator(name: &'static str, port: u16, command: Command) -> Result<Self> {
        let process = start(command)?;
        let (user_pool_id, client_id) = (String::new(), String::new());
        let mut server = Self { name, client: Client::new(port), user_pool_id, client_id, process, config: None }.answering()?;
        let pool = server.client.call("CreateUserPool", &json!({"PoolName": "bench", "MfaConfiguration": "OFF"}))?;
        server.user_pool_id = text(&pool["UserPool"]["Id"])?;
        let client = server.client.call(
            "CreateUserPoolClient",
            &json!({
                "UserPoolId": server.user_pool_id,
                "ClientName": "bench",
                "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            }),
        )?;
        server.client_id = text(&client["UserPoolClient"]["ClientId"])?;
        Ok(server)
    }

    /// Makes the users of an emulator, by its own API.
    pub fn add_users(&self, users: usize) -> Result<()> {
        let users: Vec<usize> = (0..users).collect();
        let made = at_once(&users, |user| {
            let (pool, username) = (&self.user_pool_id, username(*user));
            let create = json!({
                "UserPoolId": pool,
                "Username": username,
                "MessageAction": "SUPPRESS",
                "UserAttributes": [
                    {"Name": "email", "Value": format!("{username}@example.com")},
                    {"Name": "email_verified", "Value": "true"},
                ],
            });
            self.client.call("AdminCreateUser", &create)?;
            let set = json!({"UserPoolId": pool, "Username": username, "Password": PASSWORD, "Permanent": true});
            self.client.call("AdminSetUserPassword", &set)
        });
        made.map(|_| ())
    }

    pub fn process_id(&self) -> u32 {
        self.process.id()
    }

    fn answering(mut self) -> Result<Self> {
        let begun = Instant::now();
        while !self.client.is_answered() {
            if let Some(status) = self.process.try_wait()? {
                bail!("{} ended before it answered: {status}", self.name);
            }
            if begun.elapsed() > START {
                bail!("{} does not answer", self.name);
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(self)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        if let Some(config) = &self.config {
            let _ = std::fs::remove_file(config);
        }
    }
}

fn configuration(user_pool_id: &str, client_id: &str, users: usize) -> Value {
    let flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
    let user = |user| (username(user), json!({"password": PASSWORD, "email": format!("{}@example.com", username(user))}));
    let users: serde_json::Map<String, Value> = (0..users).map(user).collect();
    json!({"pools": {user_pool_id: {
        "mfaConfiguration": "OFF",
        "usernameAttributes": [],
        "clients": {client_id: {"explicitAuthFlows": flows}},
        "users": users,
    }}})
}

fn text(value: &Value) -> Result<String> {
    value.as_str().map(str::to_owned).context("an id is missing in an answer")
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// A core that this process may run on, where programs can be held to one.
pub fn core() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let core = last_core(status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?)?;
    let held =
        Command::new("taskset").args(["-c", &core.to_string(), "true"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    held.is_ok_and(|status| status.success()).then_some(core)
}

/// The last of a list such as `0-3,8`.
fn last_core(list: &str) -> Option<usize> {
    list.trim().rsplit([',', '-']).next()?.parse().ok()
}

fn on_core(core: Option<usize>, program: &Path) -> Command {
    match core {
        None => Command::new(program),
        Some(core) => {
            let mut command = Command::new("taskset");
            command.arg("-c").arg(core.to_string()).arg(program);
            command
        }
    }
}

fn start(mut command: Command) -> Result<Child> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().with_context(|| format!("cannot start {command:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_core_of_a_list() {
        assert_eq!(["\t0-1", "0", "0-3,8", "0,2,4-7\n"].map(last_core), [Some(1), Some(0), Some(8), Some(7)]);
        assert_eq!(last_core(""), None);
    }

    #[test]
    fn the_configuration_has_everybody() {
        let configuration = configuration("us-east-1_Bench", "client", 3);
        let users = &configuration["pools"]["us-east-1_Bench"]["users"];
        assert_eq!(users.as_object().map(serde_json::Map::len), Some(3));
        assert_eq!(users["user00002"]["email"], "user00002@example.com");
    }
}
