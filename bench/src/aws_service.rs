//! Takes every mail as SES would, and keeps the items of a table as DynamoDB would, with and without TLS.

use std::{
    net::{Ipv4Addr, TcpListener},
    path::PathBuf,
    sync::Arc,
};

use anyhow::{Context, Result};
use axum::{Json, Router, routing::post};
use axum_server::{
    accept::NoDelayAcceptor,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use serde_json::json;

use crate::table;

/// Where systems keep the certificates that they trust.
const SYSTEM_ROOTS: [&str; 3] = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];

/// One service at two addresses.
pub struct Addresses {
    pub plain_url: String,
    pub tls_url: String,
}

/// Two services of AWS, with addresses of their own: who speaks to both has two connections.
pub struct AwsServices {
    pub mail: Addresses,
    pub table: Addresses,
    /// The certificate of the services, and so many that did not sign it: as many as a program trusts that trusts Amazon's alone.
    pub few_roots: PathBuf,
    /// The certificate of the services and the system's roots: as many as a program trusts that trusts what systems do.
    pub system_roots: PathBuf,
}

impl AwsServices {
    /// Serves until the process ends.
    pub async fn start() -> Result<Self> {
        let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).context("a certificate")?;
        let certificate = certified.cert.pem();
        let key = certified.signing_key.serialize_pem();
        // In a build of all crates there are two to choose from, and a server that is not told stops.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let config = RustlsConfig::from_pem(certificate.clone().into_bytes(), key.into_bytes()).await?;
        // The one that boto3 speaks, so that both speak the same.
        let mut http1 = config.get_inner().as_ref().clone();
        http1.alpn_protocols = vec![b"http/1.1".to_vec()];
        config.reload_from_config(Arc::new(http1));

        let mail = Router::new().route("/v2/email/outbound-emails", post(async || Json(json!({"MessageId": "1"}))));
        let mail = serve(mail, &config)?;
        let table = serve(table::router(), &config)?;

        let system = SYSTEM_ROOTS.iter().find_map(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
        let few = first_certificates(&system, FEW - 1);
        Ok(Self {
            mail,
            table,
            few_roots: write("few", &format!("{few}{certificate}"))?,
            system_roots: write("system", &format!("{system}\n{certificate}"))?,
        })
    }
}

impl Drop for AwsServices {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.few_roots);
        let _ = std::fs::remove_file(&self.system_roots);
    }
}

/// As many as the functions have built in.
const FEW: usize = 5;

/// The first certificates of a bundle; all of them where there are fewer.
fn first_certificates(bundle: &str, count: usize) -> String {
    const END: &str = "-----END CERTIFICATE-----";
    bundle.split_inclusive(END).filter(|part| part.contains(END)).take(count).map(|part| format!("{}\n", part.trim())).collect()
}

fn write(name: &str, bundle: &str) -> Result<PathBuf> {
    let file = std::env::temp_dir().join(format!("cognito-login-bench-{name}-roots-{}.pem", std::process::id()));
    std::fs::write(&file, bundle).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

/// With TLS and without.
fn serve(app: Router, config: &RustlsConfig) -> Result<Addresses> {
    let (plain, plain_port) = listener()?;
    let (tls, tls_port) = listener()?;
    // Else the second half of an answer waits 40 ms for the acknowledgement of the first.
    let plain = axum_server::from_tcp(plain)?.acceptor(NoDelayAcceptor::new());
    tokio::spawn(plain.serve(app.clone().into_make_service()));
    let acceptor = RustlsAcceptor::new(config.clone()).acceptor(NoDelayAcceptor::new());
    tokio::spawn(axum_server::from_tcp(tls)?.acceptor(acceptor).serve(app.into_make_service()));
    Ok(Addresses { plain_url: format!("http://localhost:{plain_port}"), tls_url: format!("https://localhost:{tls_port}") })
}

fn listener() -> Result<(TcpListener, u16)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("a port for a service")?;
    listener.set_nonblocking(true)?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

#[cfg(test)]
mod tests {
    use super::first_certificates;

    #[test]
    fn the_first_certificates_of_a_bundle_are_whole() {
        let one = |body: &str| format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n");
        let bundle = format!("{}\n{}{}", one("AA"), one("BB"), one("CC"));
        assert_eq!(first_certificates(&bundle, 2), one("AA") + &one("BB"));
        assert_eq!(first_certificates(&bundle, 9), one("AA") + &one("BB") + &one("CC"));
        assert_eq!(first_certificates("", 2), "");
    }
}
