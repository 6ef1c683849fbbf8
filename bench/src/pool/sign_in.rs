//! Whole sign-ins of many users, of which the server's part alone is timed.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use cognito_protocol::{
    Secret,
    srp::{ClientEphemeral, EphemeralSecret, Identity, format_timestamp},
};
use serde_json::{Value, json};

use super::{
    client::{Client, at_once},
    server::{PASSWORD, Server, username},
};

/// One request: the password itself.
pub fn by_password(server: &Server, users: &[usize]) -> Result<Duration> {
    let begun = Instant::now();
    let answers = at_once(users, |user| {
        let parameters = json!({"USERNAME": username(*user), "PASSWORD": PASSWORD});
        initiate(server, "USER_PASSWORD_AUTH", &parameters)
    })?;
    let taken = begun.elapsed();
    answers.iter().try_for_each(check)?;
    Ok(taken)
}

/// Two requests and a proof. What the client computes is computed before the first and between the two, by all users, while the
/// clock stands still.
pub fn by_srp(server: &Server, users: &[usize]) -> Result<Duration> {
    let ephemerals = at_once(users, |_| ephemeral())?;
    let users: Vec<(usize, &ClientEphemeral)> = users.iter().copied().zip(&ephemerals).collect();
    let begun = Instant::now();
    let challenges = at_once(&users, |(user, ephemeral)| challenge(server, *user, ephemeral))?;
    let first = begun.elapsed();

    let challenged: Vec<(&ClientEphemeral, &Value)> = ephemerals.iter().zip(&challenges).collect();
    let proofs = at_once(&challenged, |(ephemeral, challenge)| proof(server, ephemeral, challenge, PASSWORD))?;

    let begun = Instant::now();
    let answers = at_once(&proofs, |proof| server.client.call("RespondToAuthChallenge", proof))?;
    let second = begun.elapsed();
    answers.iter().try_for_each(check)?;
    Ok(first + second)
}

/// Whether a proof of another password than the user's is refused.
pub fn refuses_a_wrong_proof(server: &Server, user: usize) -> Result<bool> {
    let ephemeral = ephemeral()?;
    let challenge = challenge(server, user, &ephemeral)?;
    let proof = proof(server, &ephemeral, &challenge, "Another-password-1!")?;
    let (status, answer) = server.client.ask("RespondToAuthChallenge", &proof)?;
    Ok(status != 200 && answer["AuthenticationResult"].is_null())
}

fn initiate(server: &Server, flow: &str, parameters: &Value) -> Result<Value> {
    let body = json!({"AuthFlow": flow, "ClientId": server.client_id, "AuthParameters": parameters});
    Client::call(&server.client, "InitiateAuth", &body)
}

fn ephemeral() -> Result<ClientEphemeral> {
    let mut random = [0; 32];
    getrandom::fill(&mut random)?;
    Ok(ClientEphemeral::derive(EphemeralSecret::from_bytes(&random)?)?)
}

fn challenge(server: &Server, user: usize, ephemeral: &ClientEphemeral) -> Result<Value> {
    let parameters = json!({"USERNAME": username(user), "SRP_A": ephemeral.public_hex()});
    let answer = initiate(server, "USER_SRP_AUTH", &parameters)?;
    ensure!(answer["ChallengeName"] == "PASSWORD_VERIFIER", "{}: {answer}", server.name);
    Ok(answer)
}

/// The second request.
fn proof(server: &Server, ephemeral: &ClientEphemeral, challenge: &Value, password: &str) -> Result<Value> {
    let parameter = |name: &str| challenge["ChallengeParameters"][name].as_str().with_context(|| format!("no {name}"));
    let pool_name = server.user_pool_id.split_once('_').map_or("", |(_, name)| name);
    let identity = Identity { pool_name, user_id_for_srp: parameter("USER_ID_FOR_SRP")? };
    let key = ephemeral.process_challenge(&identity, &Secret::from(password), parameter("SALT")?, parameter("SRP_B")?)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
    let timestamp = format_timestamp(i64::try_from(now)?);
    let secret_block = parameter("SECRET_BLOCK")?;
    // One of them gives out an identifier in place of Base64, and looks at no signature.
    let signature = key.sign(&identity, secret_block, &timestamp).unwrap_or_else(|_| "AAAA".to_owned());
    let mut body = json!({
        "ChallengeName": "PASSWORD_VERIFIER",
        "ClientId": server.client_id,
        "ChallengeResponses": {
            "USERNAME": parameter("USERNAME").or_else(|_| parameter("USER_ID_FOR_SRP"))?,
            "PASSWORD_CLAIM_SECRET_BLOCK": secret_block,
            "PASSWORD_CLAIM_SIGNATURE": signature,
            "TIMESTAMP": timestamp,
        },
    });
    if let Some(session) = challenge["Session"].as_str() {
        body["Session"] = session.into();
    }
    Ok(body)
}

fn check(answer: &Value) -> Result<()> {
    let token = &answer["AuthenticationResult"]["AccessToken"];
    ensure!(token.as_str().is_some_and(|token| token.split('.').count() == 3), "no tokens: {answer}");
    Ok(())
}
