//! `USER_POOL_ID=… CLIENT_ID=… cargo run`; for a local pool also `ISSUER=http://127.0.0.1:9229/us-east-1_LocalPool`.

mod keys;
mod me;
mod verifier;

use std::env;
use std::error::Error;
use std::sync::Arc;

use axum::{Router, routing};
use tokio::net::TcpListener;

use crate::verifier::Verifier;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let user_pool_id = variable("USER_POOL_ID", "us-east-1_LocalPool");
    let client_id = variable("CLIENT_ID", "localclient000000000000000");
    let (region, _) = user_pool_id.split_once('_').ok_or("USER_POOL_ID is not the id of a user pool")?;
    let issuer = variable("ISSUER", &format!("https://cognito-idp.{region}.amazonaws.com/{user_pool_id}"));

    let app = Router::new().route("/api/me", routing::get(me::me)).with_state(Arc::new(Verifier::new(&issuer, &client_id)));
    let listener = TcpListener::bind(format!("127.0.0.1:{}", variable("PORT", "3000"))).await?;
    println!("http://{}/", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

fn variable(name: &str, otherwise: &str) -> String {
    env::var(name).unwrap_or_else(|_| otherwise.to_owned())
}
