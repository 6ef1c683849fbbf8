//! What of a sign-in's secrets lies in the WebAssembly's memory.

use std::collections::{BTreeMap, HashMap};

use base64ct::{Base64, Encoding};
use memchr::memmem;
use serde_json::Value;
use srp_reference::{BigUint, Identity, formulas, prime};

use super::Stage;

/// So many bytes of a number in a row are a part of it.
const WINDOW: usize = 8;

/// Bits of a limb of the widget's arithmetic, and limbs of its numbers.
const LIMB_BITS: u32 = 28;
const LIMBS: u32 = 110;

/// The names of the seeded pools, as they stand behind the `_`.
const POOLS: [&str; 2] = ["LocalPool", "LocalMfaOn"];

/// Members of requests and replies whose values are nobody's business.
const SECRET_MEMBERS: [&str; 15] = [
    "PASSWORD",
    "AccessToken",
    "IdToken",
    "RefreshToken",
    "Token",
    "Session",
    "ANSWER",
    "SMS_MFA_CODE",
    "SOFTWARE_TOKEN_MFA_CODE",
    "UserCode",
    "SecretCode",
    "PASSWORD_CLAIM_SIGNATURE",
    "NEW_PASSWORD",
    "Password",
    "ConfirmationCode",
];

/// Members that are codes, which must be gone once they were sent.
const CODES: [&str; 5] = ["ANSWER", "SMS_MFA_CODE", "SOFTWARE_TOKEN_MFA_CODE", "UserCode", "ConfirmationCode"];

/// The memory at one moment, with what is to be looked for in it.
pub(crate) struct Memory {
    bytes: Vec<u8>,
    exchanges: Vec<Exchange>,
    drawn: Vec<Vec<u8>>,
}

/// A request to the pool with its reply.
struct Exchange {
    operation: String,
    request: Value,
    reply: Value,
    texts: [String; 2],
}

impl Stage {
    /// The pages that are opened from now on let tests read the WebAssembly's memory.
    pub fn watch_memory(&self) {
        self.site.watch();
    }

    /// The memory 100 milliseconds from now: until then what is under way may end.
    pub async fn memory(&self) -> Memory {
        self.memory_of("new Promise((resolve) => setTimeout(resolve, 100)).then(() => watched.dump())").await
    }

    /// The memory that a promise in the page, such as one of `watched.dump()`, comes to.
    pub async fn memory_of(&self, dump: &str) -> Memory {
        let script = format!("return {dump}.then((memory) => [memory, watched.random, watched.exchanges]);");
        let found = self.browser.script(&script, &[]).await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let exchange = |value: &Value| Exchange {
            operation: text(&value["operation"]),
            request: serde_json::from_str(value["request"].as_str().unwrap()).unwrap(),
            reply: serde_json::from_str(value["reply"].as_str().unwrap()).unwrap_or_default(),
            texts: [text(&value["request"]), text(&value["reply"])],
        };
        Memory {
            bytes: Base64::decode_vec(found[0].as_str().unwrap()).unwrap(),
            drawn: found[1].as_array().unwrap().iter().map(|drawn| from_hex(drawn.as_str().unwrap())).collect(),
            exchanges: found[2].as_array().unwrap().iter().map(exchange).collect(),
        }
    }
}

impl Memory {
    /// Fails when anything of the password's proofs is there, or of the bodies and codes that were sent and received. `passwords` are
    /// those that were typed.
    pub fn holds_no_proof(&self, at: &str, passwords: &[&str]) {
        let found = self.proofs(at, passwords);
        assert!(found.is_empty(), "{at}: in the memory of {} bytes are, at and so often: {found:#?}", self.bytes.len());
    }

    /// What there is of all that by name, with the first place and how many there are.
    pub fn proofs(&self, at: &str, passwords: &[&str]) -> BTreeMap<String, (usize, usize)> {
        assert!(self.bytes.len() > 100_000, "{at}: the memory has {} bytes", self.bytes.len());
        let mut windows = HashMap::new();
        for number in self.numbers(passwords) {
            for window in number.bytes.windows(WINDOW).filter(|window| is_telling(window)) {
                windows.insert(window.to_owned(), number.name);
            }
        }
        let mut found: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        let mut tell = |name: &str, position: usize| found.entry(name.to_owned()).or_insert((position, 0)).1 += 1;
        for (position, window) in self.bytes.windows(WINDOW).enumerate() {
            if let Some(name) = windows.get(window) {
                tell(name, position);
            }
        }
        let texts = self.texts().into_iter().map(|(name, text)| (name, text.into_bytes()));
        for (name, needle) in texts.chain(self.hashed_passwords(passwords)) {
            self.find(&needle).for_each(|position| tell(&name, position));
        }
        found
    }

    /// How often a text is there.
    pub fn count(&self, text: &str) -> usize {
        self.find(text.as_bytes()).count()
    }

    /// The value of a member of the newest reply that has it.
    pub fn replied(&self, member: &str) -> String {
        let values = self.exchanges.iter().rev().flat_map(|exchange| members(&exchange.reply));
        values.into_iter().find(|(name, _)| name == member).map(|(_, value)| value).unwrap()
    }

    fn find<'a>(&'a self, needle: &'a [u8]) -> impl Iterator<Item = usize> {
        memmem::find_iter(&self.bytes, needle)
    }

    /// Bodies, as far as they hold secrets, and codes.
    fn texts(&self) -> Vec<(String, String)> {
        let mut texts = Vec::new();
        for exchange in &self.exchanges {
            for (name, value) in [&exchange.request, &exchange.reply].into_iter().flat_map(members) {
                let is_secret = SECRET_MEMBERS.contains(&name.as_str()) || CODES.contains(&name.as_str());
                if is_secret && !value.is_empty() {
                    let start: String = value.chars().take(24).collect();
                    let body = format!("\"{name}\":\"{start}");
                    assert!(exchange.texts.iter().any(|text| text.contains(&body)), "a body is written in another way: {body}");
                    texts.push((format!("the body of {} with {name}", exchange.operation), body));
                }
                if CODES.contains(&name.as_str()) && value.len() >= 6 && is_telling(value.as_bytes()) {
                    texts.push((format!("the code {name} of {}", exchange.operation), value));
                }
            }
        }
        texts
    }

    /// The password where it stands in the blocks of a hash: as it is behind its user's name, and in the words that SHA-256 works on.
    /// The password itself may have to be kept.
    fn hashed_passwords(&self, passwords: &[&str]) -> Vec<(String, Vec<u8>)> {
        let user_ids =
            self.exchanges.iter().filter_map(|exchange| exchange.reply["ChallengeParameters"]["USER_ID_FOR_SRP"].as_str());
        let mut hashed = Vec::new();
        for user_id in user_ids {
            for (pool, password) in POOLS.iter().flat_map(|pool| passwords.iter().map(move |password| (pool, password))) {
                let before = format!("{pool}{user_id}:");
                let message = format!("{before}{password}");
                let words: Vec<u8> = message.as_bytes().chunks_exact(4).flat_map(|word| word.iter().rev().copied()).collect();
                hashed.push(("the password in words of a hash".to_owned(), words[before.len().next_multiple_of(4)..].to_vec()));
                hashed.push(("the password behind its user's name".to_owned(), format!(":{password}").into_bytes()));
            }
        }
        hashed
    }

    /// What the proofs of the password are made of.
    fn numbers(&self, passwords: &[&str]) -> Vec<Number> {
        let mut numbers = Numbers::default();
        for exchange in self.exchanges.iter().filter(|exchange| exchange.operation == "InitiateAuth") {
            let Some(server_public) = exchange.reply["ChallengeParameters"]["SRP_B"].as_str() else { continue };
            let client_public = exchange.request["AuthParameters"]["SRP_A"].as_str().unwrap();
            let parameters = &exchange.reply["ChallengeParameters"];
            let salt = of_hex(parameters["SALT"].as_str().unwrap());
            let (client_public, b, n) = (of_hex(client_public), of_hex(server_public), prime());
            let of = |bytes: &Vec<u8>| BigUint::from_bytes_be(bytes);
            let a = self.drawn.iter().map(of).find(|a| formulas::client_public(a) == client_public);
            let a = a.expect("the secret exponent was drawn on this page");
            let u = formulas::u(&client_public, &b);
            for (pool_name, password) in POOLS.into_iter().flat_map(|pool| passwords.iter().map(move |password| (pool, password)))
            {
                let user_id_for_srp = parameters["USER_ID_FOR_SRP"].as_str().unwrap();
                let identity = Identity { pool_name, user_id_for_srp };
                let x = formulas::x(&salt, &identity, password);
                let s = formulas::client_s(&b, &x, &a, &u);
                let v = formulas::v(&x);
                let kv = formulas::k() * &v % &n;
                let base = (&b + &n - &kv) % &n;
                numbers.add("a", &a, 32);
                numbers.add("x", &x, 32);
                numbers.add("u·x", &(&u * &x), 64);
                numbers.add("s = a + u·x", &(&a + &u * &x), 136);
                numbers.add("K", &of(&formulas::key(&u, &s).unwrap().as_bytes().to_vec()), 16);
                for (name, residue) in [("S", s), ("g^x", v), ("k·g^x", kv)] {
                    numbers.add(name, &residue, 384);
                    numbers.add_element(name, &residue, &n);
                }
                let mut power = base.clone();
                for _ in 1..=16 {
                    numbers.add_element("a power of B - k·g^x", &power, &n);
                    power = power * &base % &n;
                }
            }
        }
        numbers.0
    }
}

struct Number {
    name: &'static str,
    bytes: Vec<u8>,
}

#[derive(Default)]
struct Numbers(Vec<Number>);

impl Numbers {
    /// As big-endian bytes, as little-endian limbs of any size, and as the big-endian words that SHA-256 works on, which lie in
    /// memory as little-endian ones.
    fn add(&mut self, name: &'static str, number: &BigUint, length: usize) {
        let mut little = number.to_bytes_le();
        little.resize(length, 0);
        let big: Vec<u8> = little.iter().rev().copied().collect();
        let words = big.chunks(4).flat_map(|word| word.iter().rev().copied()).collect();
        for bytes in [little, big, words] {
            self.0.push(Number { name, bytes });
        }
    }

    /// As the widget's arithmetic has it: in Montgomery's form, and perhaps one `n` too large.
    fn add_element(&mut self, name: &'static str, residue: &BigUint, n: &BigUint) {
        let element = (residue << (LIMBS * LIMB_BITS)) % n;
        for number in [&element + n, element] {
            self.0.push(Number { name, bytes: limbs(&number) });
        }
    }
}

/// A number in limbs of 28 bits, as the widget's arithmetic keeps it.
fn limbs(number: &BigUint) -> Vec<u8> {
    let limb = |place: u32| u32::try_from((number >> (LIMB_BITS * place)) % (1_u64 << LIMB_BITS)).unwrap();
    (0..LIMBS).flat_map(|place| limb(place).to_le_bytes()).collect()
}

/// Whether bytes are there for a reason, and not because memory is full of zeros.
fn is_telling(bytes: &[u8]) -> bool {
    let mut values: Vec<u8> = bytes.to_vec();
    values.sort_unstable();
    values.dedup();
    values.len() >= 4
}

/// All texts in a body, by the name of the member.
fn members(body: &Value) -> Vec<(String, String)> {
    let Some(object) = body.as_object() else { return Vec::new() };
    let member = |(name, value): (&String, &Value)| match value {
        Value::String(text) => vec![(name.clone(), text.clone())],
        value => members(value),
    };
    object.iter().flat_map(member).collect()
}

fn of_hex(hex: &str) -> BigUint {
    BigUint::parse_bytes(hex.as_bytes(), 16).unwrap()
}

fn from_hex(hex: &str) -> Vec<u8> {
    hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}
