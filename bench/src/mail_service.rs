//! Takes every mail, as SES would, with and without TLS.

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

/// Where systems keep the certificates that they trust.
const SYSTEM_ROOTS: [&str; 3] = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];

/// Two addresses of one service.
pub struct MailService {
    pub plain_url: String,
    pub tls_url: String,
    /// The system's roots and this service's own certificate: as many as a function on Lambda reads.
    pub roots: PathBuf,
}

impl MailService {
    /// Serves until the process ends.
    pub async fn start() -> Result<Self> {
        let app = Router::new().route("/v2/email/outbound-emails", post(async || Json(json!({"MessageId": "1"}))));
        let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).context("a certificate")?;
        let certificate = certified.cert.pem();
        let key = certified.signing_key.serialize_pem();
        let config = RustlsConfig::from_pem(certificate.clone().into_bytes(), key.into_bytes()).await?;

        let (plain, plain_port) = listener()?;
        let (tls, tls_port) = listener()?;
        tokio::spawn(axum_server::from_tcp(plain)?.serve(app.clone().into_make_service()));
        // The one that boto3 speaks, so that both speak the same.
        let mut http1 = config.get_inner().as_ref().clone();
        http1.alpn_protocols = vec![b"http/1.1".to_vec()];
        config.reload_from_config(Arc::new(http1));
        // Else the second half of an answer waits 40 ms for the acknowledgement of the first.
        let acceptor = RustlsAcceptor::new(config).acceptor(NoDelayAcceptor::new());
        tokio::spawn(axum_server::from_tcp(tls)?.acceptor(acceptor).serve(app.into_make_service()));

        let system = SYSTEM_ROOTS.iter().find_map(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
        let roots = std::env::temp_dir().join(format!("cognito-login-bench-roots-{}.pem", std::process::id()));
        std::fs::write(&roots, format!("{system}\n{certificate}"))
            .with_context(|| format!("cannot write {}", roots.display()))?;
        Ok(Self { plain_url: format!("http://localhost:{plain_port}"), tls_url: format!("https://localhost:{tls_port}"), roots })
    }
}

impl Drop for MailService {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.roots);
    }
}

fn listener() -> Result<(TcpListener, u16)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("a port for the mail service")?;
    listener.set_nonblocking(true)?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}
