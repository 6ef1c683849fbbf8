//! What is printed, and the exit codes.

use cognito_protocol::fault::Fault;

use super::stage::{ask, pool, run};

#[test]
fn people_read_what_is_wrong_how_to_mend_it_and_where_to_read_more() {
    let url = pool();
    let said = run(&["--pool-id", "us-east-1_LocalPool", "--client-id", "nosuchclient", "--endpoint", &url]);
    let fault = Fault::ClientUnknown;
    let wanted = format!(
        "us-east-1_LocalPool, app client nosuchclient, at {url}\n\n  \
         WRONG    client_unknown: {} (ResourceNotFoundException: User pool client nosuchclient does not exist.)\n           \
         {}\n           {}\n  \
         right    The user pool exists: it publishes its keys.\n  \
         note     Whether pages may call the endpoint was not asked: name one with --origin.\n  \
         right    This machine's clock is that of the service.\n\n\
         This cannot work as it is.\n",
        fault.problem(),
        fault.mend(),
        fault.help_url()
    );
    assert_eq!((said.exit, said.out, said.err), (1, wanted, String::new()));
}

#[test]
fn programs_read_the_same() {
    let said = ask(&pool(), &["--client-id", "nosuchclient"]);
    let fault = &said.of_kind("fault")[0];
    assert_eq!(fault["text"], Fault::ClientUnknown.problem());
    assert_eq!(fault["mend"], Fault::ClientUnknown.mend());
    assert_eq!(fault["help"], Fault::ClientUnknown.help_url());
    assert_eq!(said.out.lines().count(), 1);
}

#[test]
fn a_command_line_that_is_wrong_has_an_exit_code_of_its_own() {
    let pool = ["--pool-id", "eu-west-1_Shop", "--client-id", "shopweb"];
    for (arguments, named) in [
        (&[][..], "--pool-id"),
        (&["--pool-id", "eu-west-1_Shop"], "--client-id"),
        (&["--pool-id", "nonsense", "--client-id", "shopweb"], "--pool-id"),
        (&["--pool-id", "eu-west-1_Shop", "--client-id", "a b"], "--client-id"),
        (&[&pool[..], &["--endpoint", "http://shop.example"]].concat(), "--endpoint"),
        (&[&pool[..], &["--endpoint", "https://me:secret@shop.example"]].concat(), "--endpoint"),
        (&[&pool[..], &["--auth-flow", "MAGIC"]].concat(), "--auth-flow"),
        (&[&pool[..], &["--origin", "shop"]].concat(), "--origin"),
        (&[&pool[..], &["--rp-id", "shop.example"]].concat(), "--origin"),
        (&[&pool[..], &["--oauth-providers", "Google"]].concat(), "--oauth-redirect-uri"),
        (&[&pool[..], &["--oauth-domain", "http://shop.example"]].concat(), "--oauth-domain"),
    ] {
        let said = run(arguments);
        assert_eq!((said.exit, said.out.as_str()), (64, ""), "{arguments:?}");
        assert!(said.err.contains(named), "{arguments:?}: {}", said.err);
    }
}

#[test]
fn help_is_no_mistake_and_names_the_exit_codes() {
    let said = run(&["--help"]);
    assert_eq!((said.exit, said.err.as_str()), (0, ""));
    for code in ["0  nothing is wrong", "1  faults", "2  it could not be told", "64  the command line"] {
        assert!(said.out.contains(code), "{code}: {}", said.out);
    }
}
