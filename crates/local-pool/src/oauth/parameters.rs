//! Parameters of requests, and URLs with more of them.

/// The parameters of a query or a form, decoded.
#[derive(Debug)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// A parameter with a value; without one it counts as absent (RFC 6749, 3.1).
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// A parameter that comes more than once.
    pub fn repeated(&self) -> Option<&str> {
        let comes_before = |index: usize, name: &str| self.0.iter().take(index).any(|(other, _)| other == name);
        self.0.iter().enumerate().find(|(index, (name, _))| comes_before(*index, name)).map(|(_, (name, _))| name.as_str())
    }

    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A URL with more parameters; what its query has stays.
pub(super) fn with_query<'a>(url: &str, parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut whole = url.to_owned();
    let mut separator = if url.contains('?') { '&' } else { '?' };
    for (name, value) in parameters {
        whole.push(separator);
        whole.push_str(&encoded(name));
        whole.push('=');
        whole.push_str(&encoded(value));
        separator = '&';
    }
    whole
}

/// Percent-encoded but for what is never special.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{Parameters, with_query};

    #[test]
    fn urls_keep_their_query() {
        assert_eq!(with_query("https://a/", [("state", "a b&c=é")]), "https://a/?state=a%20b%26c%3D%C3%A9");
        assert_eq!(with_query("https://a/?x=1", [("a", "1"), ("b", "2")]), "https://a/?x=1&a=1&b=2");
    }

    #[test]
    fn what_comes_twice_is_named() {
        let pairs = [("a", "1"), ("b", "2"), ("a", "1")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(Parameters::new(pairs.to_vec()).repeated(), Some("a"));
        assert_eq!(Parameters::new(pairs[..2].to_vec()).repeated(), None);
    }
}
