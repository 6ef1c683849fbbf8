//! What a token must be: signed by the pool, made by it for this client, an ID token, and not too old.

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;

use crate::keys::{Keys, Unavailable};

/// What of a good token's claims is looked at. `sub` is the user's id, which stays; an address may become another one's.
#[derive(Debug, Deserialize)]
pub struct Claims {
    pub email: Option<String>,
    token_use: String,
}

/// Why nobody is let in.
#[derive(Debug)]
pub enum Refused {
    /// There is no token, or it is not a good one.
    Token,
    /// Whether it is good cannot be told now.
    KeysUnavailable,
}

/// For the tokens of one app client.
pub struct Verifier {
    keys: Keys,
    validation: Validation,
}

impl Verifier {
    /// `issuer` is the URL of the user pool, as the tokens have it in `iss`.
    pub fn new(issuer: &str, client_id: &str) -> Self {
        // This one algorithm, whatever a token says of itself: no `none`, and no HMAC with a public key for its secret.
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_required_spec_claims(&["aud", "exp", "iss"]);
        validation.set_issuer(&[issuer]);
        validation.set_audience(&[client_id]);
        validation.leeway = 0;
        Self { keys: Keys::at(format!("{issuer}/.well-known/jwks.json")), validation }
    }

    /// The claims of a good token.
    pub async fn verify(&self, token: &str) -> Result<Claims, Refused> {
        let header = decode_header(token).map_err(|_| Refused::Token)?;
        // Before any key is looked for, which can take a request.
        let kid = header.kid.filter(|_| header.alg == Algorithm::RS256).ok_or(Refused::Token)?;
        let key = match self.keys.find(&kid).await {
            Ok(found) => found.ok_or(Refused::Token)?,
            Err(Unavailable) => return Err(Refused::KeysUnavailable),
        };
        let key = DecodingKey::from_jwk(&key).map_err(|_| Refused::Token)?;
        let claims = decode::<Claims>(token, &key, &self.validation).map_err(|_| Refused::Token)?.claims;
        // An access token says what may be done, and not who somebody is.
        if claims.token_use == "id" { Ok(claims) } else { Err(Refused::Token) }
    }
}
