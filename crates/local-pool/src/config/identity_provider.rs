//! Providers of identities that a pool knows, and the people at them.

/// Another service that signs people in, such as Google. A page of the pool plays it: nobody outside is asked.
#[derive(Clone, Debug)]
pub struct IdentityProvider {
    /// As requests name it: `Google`, `Facebook`, `LoginWithAmazon`, `SignInWithApple`, or what an administrator called it.
    pub name: String,
    /// Who can be chosen there.
    pub identities: Vec<Identity>,
}

/// Somebody at a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// What the provider calls them; unique there.
    pub id: String,
    /// What it tells of them, as attributes of the pool.
    pub attributes: Vec<(String, String)>,
}

impl IdentityProvider {
    /// A provider with two people: one with a verified address and a name, and one who keeps both to themselves.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let attribute = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let local = name.to_lowercase();
        let jane = vec![
            attribute("email", &format!("jane@{local}.example.com")),
            attribute("email_verified", "true"),
            attribute("name", "Jane Doe"),
        ];
        Self {
            name: name.to_owned(),
            identities: vec![
                Identity { id: "100000000000000000001".to_owned(), attributes: jane },
                Identity { id: "100000000000000000002".to_owned(), attributes: Vec::new() },
            ],
        }
    }

    /// `ProviderType`: those of the big ones are their names. Others are of OpenID Connect here; nothing plays SAML.
    pub(crate) fn kind(&self) -> &str {
        match self.name.as_str() {
            "Google" | "Facebook" | "LoginWithAmazon" | "SignInWithApple" => &self.name,
            _ => "OIDC",
        }
    }
}

impl Identity {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
