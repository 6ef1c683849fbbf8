//! Settings in a file, and what is said to mistakes in them

use std::path::Path;

use local_pool::{Format, Pool, seed};

/// A pool that needs nothing else.
pub const POOL: &str = "[pools.us-east-1_Mine]\n";
pub const CLIENT: &str = "[pools.us-east-1_Mine.clients.mine]\n";
const USER: &str = "[pools.us-east-1_Mine.users.\"jane@example.com\"]\n";

/// What is wrong with a file in TOML.
#[track_caller]
fn mistakes(toml: &str) -> Vec<String> {
    let error = Pool::builder().with_config(toml, Format::Toml).expect_err(toml);
    error.mistakes().to_vec()
}

/// What is wrong with lines in a pool, which is one thing.
#[track_caller]
pub fn in_pool(lines: &str) -> String {
    one(mistakes(&format!("{POOL}{lines}\n{CLIENT}")), "pools.us-east-1_Mine.")
}

#[track_caller]
pub fn in_client(lines: &str) -> String {
    one(mistakes(&format!("{POOL}{CLIENT}{lines}")), "pools.us-east-1_Mine.clients.mine.")
}

#[track_caller]
fn in_user(lines: &str) -> String {
    one(mistakes(&format!("{POOL}{CLIENT}{USER}{lines}")), "pools.us-east-1_Mine.users.\"jane@example.com\".")
}

#[track_caller]
fn one(mistakes: Vec<String>, place: &str) -> String {
    let [mistake] = mistakes.as_slice() else { panic!("{mistakes:?}") };
    mistake.strip_prefix(place).unwrap_or_else(|| panic!("{mistake}")).to_owned()
}

pub fn pool(toml: &str) -> Pool {
    Pool::builder().with_config(toml, Format::Toml).unwrap_or_else(|error| panic!("{error}")).build()
}

#[test]
fn a_file_takes_the_place_of_the_seed() {
    let pool = pool(&format!("{POOL}{CLIENT}{USER}"));
    let seed::Seed { user_pools, clients, users } = pool.seed();
    assert_eq!((user_pools.len(), clients.len(), users.len()), (1, 1, 1));
    assert_eq!((user_pools[0].region(), user_pools[0].name()), ("us-east-1", "Mine"));
    assert_eq!((clients[0].id.as_str(), clients[0].user_pool_id.as_str()), ("mine", "us-east-1_Mine"));
    assert_eq!((users[0].email.as_str(), users[0].client_id.as_str()), ("jane@example.com", "mine"));
    assert_eq!(users[0].password.expose(), seed::PASSWORD);
}

#[test]
fn json_says_the_same_as_toml() {
    let json = r#"{"pools": {"us-east-1_Mine": {"mfaConfiguration": "ON", "clients": {"mine": {}}}}}"#;
    let from_json = Pool::builder().with_config(json, Format::Json).unwrap().build();
    let from_toml = pool(&format!("{POOL}mfaConfiguration = \"ON\"\n{CLIENT}"));
    assert_eq!(format!("{:?}", from_json.seed()), format!("{:?}", from_toml.seed()));
}

#[test]
fn unknown_keys_are_told_with_the_one_that_was_meant() {
    assert_eq!(
        in_pool("mfa_configuration = \"ON\""),
        "mfa_configuration: there is no such setting; did you mean \"mfaConfiguration\"?"
    );
    assert_eq!(
        in_client("colour = \"red\""),
        "colour: there is no such setting here; there are description, refreshTokenRotation, retryGracePeriodSeconds, \
         explicitAuthFlows, clientSecret, writeAttributes, preventUserExistenceErrors, callbackURLs, supportedIdentityProviders, \
         logoutURLs, allowedOAuthScopes"
    );
    assert_eq!(in_user("pasword = \"Hunter2-hunter2\""), "pasword: there is no such setting; did you mean \"password\"?");
}

#[test]
fn the_beginning_of_a_key_is_enough_to_find_it() {
    assert_eq!(in_pool("mfa = \"ON\""), "mfa: there is no such setting; did you mean \"mfaConfiguration\"?");
}

#[test]
fn unknown_names_are_told_with_the_list() {
    assert_eq!(in_pool("mfaConfiguration = \"MAYBE\""), "mfaConfiguration: there is no \"MAYBE\"; there are OFF, OPTIONAL, ON");
    assert_eq!(
        in_pool("secondFactors = [\"SMS\"]"),
        "secondFactors: there is no \"SMS\"; there are SOFTWARE_TOKEN_MFA, SMS_MFA, EMAIL_OTP"
    );
    assert_eq!(
        in_client("explicitAuthFlows = [\"USER_SRP_AUTH\"]"),
        "explicitAuthFlows: there is no \"USER_SRP_AUTH\"; there are ALLOW_USER_SRP_AUTH, ALLOW_CUSTOM_AUTH, \
         ALLOW_USER_PASSWORD_AUTH, ALLOW_USER_AUTH, ALLOW_REFRESH_TOKEN_AUTH"
    );
    assert_eq!(
        in_client("preventUserExistenceErrors = \"ON\""),
        "preventUserExistenceErrors: there is no \"ON\"; there are ENABLED, LEGACY"
    );
    assert_eq!(
        in_user("status = \"confirmed\""),
        "status: there is no \"confirmed\"; there are CONFIRMED, UNCONFIRMED, FORCE_CHANGE_PASSWORD, RESET_REQUIRED"
    );
    assert_eq!(in_user("client = \"other\""), "client: the pool has no client \"other\"; it has mine");
    assert!(
        in_pool("requiredAttributes = [\"shoe_size\"]")
            .starts_with("requiredAttributes: there is no \"shoe_size\"; there are address,")
    );
}

#[test]
fn ids_have_a_form() {
    let what = "this is no user pool id; write a region, \"_\", and letters and digits, such as us-east-1_Example";
    for id in ["Mine", "us-east-1", "_Mine", "us-east-1_", "us-east-1_My-Pool", "us_east_1_Mine"] {
        assert_eq!(mistakes(&format!("[pools.{id}.clients.mine]")), [format!("pools.{id}: {what}")]);
    }
    let what = "this is no client id; write 1 to 128 letters, digits, \"_\" and \"+\"";
    assert_eq!(mistakes("[pools.us-east-1_Mine.clients.my-client]"), [format!("pools.us-east-1_Mine.clients.my-client: {what}")]);
    let what = "the sign-in names of this pool are addresses; write one, such as \"jane@example.com\"";
    let jane = format!("{POOL}{CLIENT}[pools.us-east-1_Mine.users.jane]");
    assert_eq!(mistakes(&jane), [format!("pools.us-east-1_Mine.users.jane: {what}")]);
}

#[test]
fn nothing_is_there_twice() {
    let toml = "[pools.us-east-1_A]\n[pools.us-east-1_B]\n[pools.us-east-1_A]\n";
    assert_eq!(mistakes(toml), ["duplicate key at line 3 column 8"]);
    let json = "{\"pools\": {\n\"us-east-1_A\": {},\n\"us-east-1_A\": {}}}";
    let error = Pool::builder().with_config(json, Format::Json).unwrap_err();
    assert_eq!(error.to_string(), "\"us-east-1_A\" stands in this table twice at line 3 column 13");
    assert_eq!(
        mistakes("[pools.us-east-1_A.clients.mine]\n[pools.us-east-1_B.clients.mine]\n[pools.us-east-1_B.clients.other]"),
        [
            "pools.us-east-1_B.clients.mine: pools.us-east-1_A has a client of that id too; client ids are unique, so write another"
        ]
    );
    assert_eq!(
        in_pool("secondFactors = [\"SMS_MFA\", \"SMS_MFA\"]"),
        "secondFactors: \"SMS_MFA\" stands here twice; leave one out"
    );
}

#[test]
fn there_must_be_a_pool_and_a_client() {
    for toml in ["", "[pools]", "pools = {}"] {
        let what = "there must be a pool at least; write [pools.<user pool id>], such as [pools.us-east-1_Example]";
        assert_eq!(mistakes(toml), [format!("pools: {what}")]);
    }
    let what = "the pool needs a client; write [pools.<pool id>.clients.<client id>], if only that line";
    assert_eq!(mistakes(POOL), [format!("pools.us-east-1_Mine.clients: {what}")]);
}

#[test]
fn values_have_a_kind_and_bounds() {
    assert_eq!(in_pool("mfaConfiguration = true"), "mfaConfiguration: this takes a text, not true or false");
    assert_eq!(in_pool("secondFactors = \"SMS_MFA\""), "secondFactors: this takes a list of texts, not a text");
    assert_eq!(in_pool("secondFactors = [1]"), "secondFactors: this takes a list of texts, not a whole number");
    assert_eq!(in_pool("passwordPolicy = 8"), "passwordPolicy: this takes a table, not a whole number");
    let bounds = "passwordPolicy.minimumLength: this takes a whole number from 6 to 99, not";
    assert_eq!(in_pool("passwordPolicy = { minimumLength = 5 }"), format!("{bounds} 5"));
    assert_eq!(in_pool("passwordPolicy = { minimumLength = 8.5 }"), format!("{bounds} a fraction or a date"));
    assert_eq!(in_pool("passwordPolicy = { minimumLength = 2026-11-21 }"), format!("{bounds} a fraction or a date"));
    assert_eq!(in_client("refreshTokenRotation = \"yes\""), "refreshTokenRotation: this takes true or false, not a text");
    assert_eq!(
        in_client("retryGracePeriodSeconds = 61"),
        "retryGracePeriodSeconds: this takes a whole number from 0 to 60, not 61"
    );
    let seconds = mistakes(&format!("sessionSeconds = 901\n{POOL}{CLIENT}"));
    assert_eq!(seconds, ["sessionSeconds: this takes a whole number from 1 to 900, not 901"]);
}

#[test]
fn a_required_second_factor_must_be_there() {
    assert_eq!(
        in_pool("mfaConfiguration = \"ON\"\nsecondFactors = []"),
        "secondFactors: with mfaConfiguration ON there must be one at least: SOFTWARE_TOKEN_MFA, SMS_MFA, EMAIL_OTP"
    );
}

#[test]
fn the_password_is_always_a_first_factor() {
    assert_eq!(
        in_pool("allowedFirstAuthFactors = [\"EMAIL_OTP\"]"),
        "allowedFirstAuthFactors: the service takes no pool without PASSWORD; add it"
    );
}

#[test]
fn a_relying_party_is_a_host() {
    let host = "webAuthnConfiguration.relyingPartyId: this takes the name of a host in lower case, such as auth.example.com or \
                localhost, without scheme and port";
    for wrong in ["https://example.com", "example.com:443", "Example.com", "example..com", "example.com.", "127.0.0.1", "a b", ""]
    {
        assert_eq!(in_pool(&format!("webAuthnConfiguration = {{ relyingPartyId = \"{wrong}\" }}")), host, "{wrong}");
    }
    for right in ["localhost", "example.com", "auth.example-1.com", "1.example.com"] {
        let toml = format!("{POOL}webAuthnConfiguration = {{ relyingPartyId = \"{right}\" }}\n{CLIENT}");
        assert!(Pool::builder().with_config(&toml, Format::Toml).is_ok(), "{right}");
    }
    assert_eq!(
        in_pool("webAuthnConfiguration = { userVerification = \"discouraged\" }"),
        "webAuthnConfiguration.userVerification: there is no \"discouraged\"; there are preferred, required"
    );
}

#[test]
fn clients_are_consistent() {
    assert_eq!(
        in_client("refreshTokenRotation = true\nexplicitAuthFlows = [\"ALLOW_REFRESH_TOKEN_AUTH\"]"),
        "explicitAuthFlows: ALLOW_REFRESH_TOKEN_AUTH does not go with refreshTokenRotation; leave one of them out"
    );
}

#[test]
fn users_are_consistent() {
    for (lines, what) in [
        ("secondFactors = [\"SMS_MFA\"]", "secondFactors: SMS_MFA needs a phoneNumber beside it"),
        ("secondFactors = [\"SOFTWARE_TOKEN_MFA\"]", "secondFactors: SOFTWARE_TOKEN_MFA needs a totpSecret beside it"),
        (
            "secondFactors = []\ntotpSecret = \"JBSWY3DPEHPK3PXP\"",
            "secondFactors: who has a totpSecret has SOFTWARE_TOKEN_MFA on; write it here, or leave one of them out",
        ),
        (
            "secondFactors = [\"EMAIL_OTP\"]\nemailVerified = false",
            "secondFactors: EMAIL_OTP needs a verified address, so an email, and neither emailVerified = false nor status = \"UNCONFIRMED\"",
        ),
        ("preferredFactor = \"SMS_MFA\"", "preferredFactor: SMS_MFA is not among the user's secondFactors"),
        (
            "phoneNumber = \"555 0100\"",
            "phoneNumber: write a number with its country code and without spaces, such as +15550100123",
        ),
        (
            "attributes = { email = \"a@example.com\" }",
            "attributes.email: the address is the user's own key, or stands in email beside attributes",
        ),
        (
            "attributes = { phone_number = \"+1\" }",
            "attributes.phone_number: write phoneNumber beside attributes; it counts as verified",
        ),
        ("attributes = { sub = \"1\" }", "attributes.sub: there is no such attribute"),
        ("attributes = { name = 1 }", "attributes.name: this takes a text, not a whole number"),
    ] {
        assert_eq!(in_user(lines), what);
    }
}

#[test]
fn passwords_and_secrets_are_never_told() {
    for (mistake, secret) in [
        (in_client("clientSecret = \"ShortSecret\""), "ShortSecret"),
        (in_client("clientSecret = \"a-secret-with-signs-and-24-letters\""), "a-secret"),
        (in_user("password = \"hunter2\""), "hunter2"),
        (in_user("password = \" Hunter2-hunter2\""), "Hunter2"),
        (in_user("password = 12345678"), "12345678"),
        (in_user("password = [\"Hunter2-hunter2\"]"), "Hunter2"),
        (in_user("totpSecret = \"not-base-32\""), "not-base-32"),
        (mistakes(&format!("{POOL}{CLIENT}{USER}password = \"Hunter2\nemailVerified = false")).join("\n"), "Hunter2"),
        (mistakes(&format!("{POOL}{CLIENT}{USER}password = Hunter2")).join("\n"), "Hunter2"),
        (Pool::builder().with_config("{\"password\": \"Hunter2\" 1}", Format::Json).unwrap_err().to_string(), "Hunter2"),
        (Pool::builder().with_config("{\"password\": Hunter2}", Format::Json).unwrap_err().to_string(), "Hunter2"),
    ] {
        assert!(!mistake.contains(secret), "{mistake}");
    }
    assert_eq!(
        in_client("clientSecret = \"ShortSecret\""),
        "clientSecret: a secret has 24 to 64 characters, and this one has 11"
    );
    assert_eq!(
        in_client("clientSecret = \"a-secret-with-signs-and-24-letters\""),
        "clientSecret: a secret is made of letters, digits, \"_\" and \"+\""
    );
    assert_eq!(
        in_user("password = \"hunter2\""),
        "password: the pool's own policy (min=8 upper lower digit symbol) refuses this: password not long enough"
    );
    assert_eq!(
        in_user("totpSecret = \"not-base-32\""),
        "totpSecret: write base32 without padding: the letters A to Z and the digits 2 to 7"
    );
}

#[test]
fn all_mistakes_are_told_at_once() {
    let toml = format!("sessionSeconds = 0\n{POOL}mfa = \"ON\"\n{CLIENT}secret = \"x\"\n{USER}status = \"?\"");
    assert_eq!(mistakes(&toml).len(), 4);
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    let toml = format!("{POOL}mfaConfiguration = ");
    assert!(mistakes(&toml)[0].ends_with("at line 2 column 20"), "{:?}", mistakes(&toml));
}

#[test]
fn files_are_named_in_what_is_wrong_with_them() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("config-files");
    std::fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name);
    let error = |name: &str| Pool::builder().with_config_file(&path(name)).unwrap_err().to_string();
    let shown = |name: &str| path(name).display().to_string();
    assert_eq!(error("pool.yaml"), format!("{}: the name of a file of settings ends in .toml or .json", shown("pool.yaml")));
    assert!(error("pool.toml").starts_with(&format!("{}: this cannot be read: ", shown("pool.toml"))));
    std::fs::write(path("pool.json"), "{\"pools\": {}, \"colour\": 1}").unwrap();
    let (name, error) = (shown("pool.json"), error("pool.json"));
    let lines: Vec<&str> = error.lines().collect();
    assert_eq!(lines.len(), 2, "{error}");
    assert!(lines.iter().all(|line| line.starts_with(&format!("{name}: "))), "{error}");
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let mistakes = mistakes(&format!("{POOL}{CLIENT}\"\\u001b[2J\" = 1"));
    assert!(mistakes[0].contains("\u{fffd}[2J"), "{mistakes:?}");
}

#[test]
fn sign_in_names_are_of_one_kind() {
    assert_eq!(
        in_pool("usernameAttributes = [\"email\"]\naliasAttributes = [\"email\"]"),
        "aliasAttributes: a pool has usernameAttributes or aliasAttributes; leave one of them out"
    );
    let user = |lines: &str, name: &str| {
        let toml = format!("{POOL}{lines}\n{CLIENT}[pools.us-east-1_Mine.users.\"{name}\"]\n");
        one(mistakes(&toml), &format!("pools.us-east-1_Mine.users.\"{name}\": "))
    };
    assert_eq!(
        user("usernameAttributes = [\"phone_number\"]", "jane@example.com"),
        "the sign-in names of this pool are phone numbers; write one, such as \"+15550100123\""
    );
    assert_eq!(
        user("aliasAttributes = [\"email\"]", "jane@example.com"),
        "the sign-in names of this pool are usernames; write one, and the address as email beside"
    );
    let said_already = "email: the user's own key says that already; leave this out";
    assert_eq!(in_user("email = \"joe@example.com\""), said_already);
}
