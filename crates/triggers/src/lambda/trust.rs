//! Whose certificates are trusted: Amazon's roots, which are compiled in, or those of a file in their place.
//!
//! Every endpoint of AWS has a certificate under these five. A system's bundle has thirty times as many: to read them takes
//! a quarter of a function's start, and each of them could vouch for an endpoint of AWS.

use std::fmt;

use aws_smithy_http_client::tls::TrustStore;
use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

const AMAZON: &str = include_str!("../../roots/amazon.pem");

/// What names a file of certificates; the first that is set counts. AWS's tools read the first, most other programs the second.
const VARIABLES: [&str; 2] = ["AWS_CA_BUNDLE", "SSL_CERT_FILE"];

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// A file of certificates cannot be used. The deployer is to blame, and the text says what to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustError {
    variable: &'static str,
    reason: String,
}

impl fmt::Display for TrustError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.variable, self.reason)
    }
}

impl std::error::Error for TrustError {}

/// Amazon's roots, unless a variable names a file with others.
pub(super) fn trust_store(variable: impl Fn(&str) -> Option<String>) -> Result<TrustStore, TrustError> {
    let set = |name| Some((name, variable(name)?.trim().to_owned())).filter(|(_, file)| !file.is_empty());
    let Some((name, file)) = VARIABLES.into_iter().find_map(set) else { return Ok(store(certificates(AMAZON))) };
    let error = |reason| TrustError { variable: name, reason };
    let bundle = std::fs::read(file).map_err(|error_of_file| error(format!("the file cannot be read: {error_of_file}")))?;
    // Between certificates there may be anything, names in whatever encoding too.
    let bundle = String::from_utf8_lossy(&bundle);
    let mut usable = certificates(&bundle).filter(|certificate| is_usable(certificate)).peekable();
    if usable.peek().is_none() {
        return Err(error("the file holds no certificate in PEM that could be a root".to_owned()));
    }
    Ok(store(usable))
}

fn store<'a>(certificates: impl Iterator<Item = &'a str>) -> TrustStore {
    certificates.fold(TrustStore::empty(), TrustStore::with_pem_certificate)
}

/// The texts of the certificates in a bundle.
fn certificates(bundle: &str) -> impl Iterator<Item = &str> {
    bundle.split_inclusive(END).filter_map(|part| part.get(part.find(BEGIN)?..)).filter(|part| part.ends_with(END))
}

/// What TLS could not read is left out, as programs do with a system's bundle; the AWS SDK would end the process.
fn is_usable(certificate: &str) -> bool {
    let der = CertificateDer::from_pem_slice(certificate.as_bytes());
    der.is_ok_and(|der| RootCertStore::empty().add(der).is_ok())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    /// As Amazon Trust Services publishes them.
    const HASHES: [&str; 5] = [
        "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e",
        "1ba5b2aa8c65401a82960118f80bec4f62304d83cec4713a19c39c011ea46db4",
        "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4",
        "e35d28419ed02025cfa69038cd623962458da5c695fbdea3c22b0bfb25897092",
        "568d6905a2c88708a4b3025190edcfedb1974a606a13c6e5290fcb2ae63edab5",
    ];

    fn refused(variable: &'static str, file: &str) -> String {
        let file = file.to_owned();
        trust_store(move |name| (name == variable).then(|| file.clone())).unwrap_err().to_string()
    }

    fn file(name: &str, content: &str) -> String {
        let file = std::env::temp_dir().join(format!("cognito-login-trust-{}-{name}", std::process::id()));
        std::fs::write(&file, content).unwrap();
        file.into_os_string().into_string().unwrap()
    }

    #[test]
    fn the_roots_that_are_compiled_in_are_amazons() {
        let hashes: Vec<String> = certificates(AMAZON)
            .map(|certificate| CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap())
            .map(|der| Sha256::digest(&der).iter().map(|byte| format!("{byte:02x}")).collect())
            .collect();
        assert_eq!(hashes, HASHES);
        assert!(certificates(AMAZON).all(is_usable));
        assert!(trust_store(|_| None).is_ok());
        assert!(trust_store(|_| Some(" ".to_owned())).is_ok());
    }

    #[test]
    fn a_file_that_cannot_be_used_is_told_with_its_variable() {
        let told = refused("AWS_CA_BUNDLE", "/nowhere/at/all");
        assert!(told.starts_with("AWS_CA_BUNDLE: the file cannot be read: "), "{told}");
        let cut = AMAZON.get(..AMAZON.find(END).unwrap()).unwrap();
        let nonsense = format!("{BEGIN}\nAAAA\n{END}\n");
        for (name, content) in [("empty", ""), ("cut", cut), ("nonsense", &nonsense)] {
            let file = file(name, content);
            let told = refused("SSL_CERT_FILE", &file);
            std::fs::remove_file(file).unwrap();
            assert_eq!(told, "SSL_CERT_FILE: the file holds no certificate in PEM that could be a root", "{name}");
        }
    }

    #[test]
    fn what_is_no_certificate_is_left_out_of_a_bundle() {
        let file = file("mixed", &format!("{BEGIN}\nAAAA\n{END}\n# A name\n{AMAZON}{BEGIN}\n"));
        let store = trust_store(|_| Some(file.clone())).unwrap();
        std::fs::remove_file(file).unwrap();
        assert_eq!(format!("{store:?}").matches("CertificatePEM").count(), HASHES.len());
    }
}
