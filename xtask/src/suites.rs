//! What `cargo xtask test` runs, and with which programs.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::bench::constant_time;
use crate::browsers::Variables;
use crate::counts::Counts;
use crate::process::{self, say};
use crate::workspace::Workspace;
use crate::{browsers, deploy, docs, node, package, python, tools, wasm};

/// A part of the tests that can be run alone.
pub struct Suite {
    /// What a person types.
    pub name: &'static str,
    /// What it tells about the product.
    pub about: &'static str,
    /// Installs what it needs, runs it and adds up its tests.
    pub run: fn(&Workspace, &mut Counts) -> Result<()>,
}

/// All suites, the quickest to fail first.
pub static SUITES: [Suite; 18] = [
    Suite { name: "native", about: "protocol, pool, triggers and commands, without a browser", run: native },
    Suite { name: "oracle", about: "SRP's arithmetic beside num-bigint: two million products", run: oracle },
    Suite { name: "dynamodb", about: "the triggers with a table of attempts in a DynamoDB of moto's", run: dynamodb },
    Suite { name: "deploy", about: "the SAM template: form, and what it lets whom do", run: deploy::run },
    Suite {
        name: "package",
        about: "the npm package: files, types, install, manners of the elements in Chromium",
        run: npm_package,
    },
    Suite { name: "web", about: "what the elements draw and tell the page, in Chromium", run: web },
    Suite { name: "firefox", about: "the elements' manners, and what they draw and tell, in Firefox", run: firefox },
    Suite { name: "webkit", about: "the same in WebKit, as WebKitGTK has it", run: webkit },
    Suite {
        name: "gallery",
        about: "the demo page, and every screen in every state, in Chromium: width, words, axe-core",
        run: gallery,
    },
    Suite { name: "docs", about: "the documentation in Chromium: links, axe-core, width, search, playground", run: docs },
    Suite { name: "bench", about: "what the measurements in a browser are made of; no time is judged", run: bench },
    Suite { name: "interop", about: "independent clients against the local pool", run: interop },
    Suite {
        name: "frameworks",
        about: "the packed package in projects of other bundlers and frameworks, built and driven in Chromium",
        run: frameworks,
    },
    Suite { name: "e2e", about: "people signing in, in Chromium over WebDriver", run: e2e },
    Suite { name: "e2e-firefox", about: "the same people in Firefox, but for what its driver cannot do", run: e2e_firefox },
    Suite {
        name: "e2e-webkit",
        about: "the same people in WebKit, as WebKitGTK has it, but for what it cannot do",
        run: e2e_webkit,
    },
    Suite { name: "trunk", about: "trunk builds the demo page", run: trunk },
    Suite { name: "lambda", about: "SAM builds the functions for Lambda's processors", run: deploy::build },
];

/// The test target that needs a browser and so is a suite of its own.
const E2E: &str = "e2e";
/// The same with a server in Python.
const DYNAMODB: &str = "dynamodb";
/// The pool's program.
const LOCAL_POOL: &str = "local-pool";
/// The folder of the tests in other people's projects.
const FRAMEWORKS: &str = "tests/frameworks";

/// What the elements draw and tell.
const COMPONENTS: &str = "tests/web";
/// Their manners.
const ELEMENT: &str = "tests/package/element.test.mjs";

fn native(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    say("Compiling the native tests (a few minutes the first time)");
    let mut failed = Vec::new();
    for test in tests(workspace)? {
        if [E2E, DYNAMODB].contains(&test.name.as_str()) {
            continue;
        }
        let shown = test.shown(workspace);
        println!("\n--- {shown}");
        if counts.run(&mut test.command()).is_err() {
            failed.push(shown);
        }
    }
    println!("\n--- examples in the documentation");
    let doc = ["test", "--workspace", "--locked", "--doc", "--"];
    if counts.run(workspace.cargo().args(doc).args(colours())).is_err() {
        failed.push("examples in the documentation".to_owned());
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

/// What is switched off in `native`, because it takes longer than all of that crate's other tests: the same program, whose overflows
/// panic.
fn oracle(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    say("Compiling the tests of the protocol");
    let test = tests(workspace)?.into_iter().find(|test| test.name == "cognito_protocol");
    let test = test.context("the package cognito-protocol has no tests of its library")?;
    counts.run(test.command().args(["oracle", "--ignored"]))
}

/// The tests start the server, by the Python that they find in `DYNAMODB_PYTHON`.
fn dynamodb(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    let requirements = workspace.root.join("crates/triggers/tests/dynamodb/requirements.txt");
    let python = python::environment(workspace, DYNAMODB, &requirements)?;
    say("Compiling the tests of the table of attempts");
    let test = tests(workspace)?.into_iter().find(|test| test.name == DYNAMODB);
    let test = test.context("the package triggers has no test `dynamodb`")?;
    // One after the other: the functions wait for the table no longer than a second, and it answers one call at a time.
    counts.run(test.command().arg("--test-threads=1").env("DYNAMODB_PYTHON", python))
}

fn npm_package(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    in_browser(workspace, "tests/package", counts)
}

fn web(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    in_browser(workspace, COMPONENTS, counts)
}

fn firefox(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    components(workspace, "firefox", &browsers::firefox(workspace)?, counts)
}

fn webkit(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    components(workspace, "webkit", &browsers::webkit()?, counts)
}

/// The tests of the components in another browser than Chromium, by the name that `TEST_BROWSER` has for it.
fn components(workspace: &Workspace, browser: &str, variables: &Variables, counts: &mut Counts) -> Result<()> {
    package::build_once(workspace)?;
    say(format!("Running {ELEMENT} and {COMPONENTS} in {browser}"));
    let mut files = node::tests_of(workspace, COMPONENTS)?;
    files.insert(0, ELEMENT.to_owned());
    let mut tests = node::test_files(workspace, &files);
    tests.env("TEST_BROWSER", browser);
    for (name, file) in variables {
        tests.env(name, file);
    }
    counts.run(&mut tests)
}

/// The states are looked at as they were recorded, and recorded once more to see that the pool still says the same. Beside them there is
/// the demo page.
fn gallery(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    let demo = in_browser(workspace, "tests/demo", counts);
    // Both run, whatever became of the first.
    beside_pool(workspace, "tests/gallery", counts).and(demo)
}

/// The site is built of the package, and its playground signs in to a pool.
fn docs(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    package::build_once(workspace)?;
    let site = docs::build(workspace)?;
    say("Compiling the local pool");
    let pool = local_pool(workspace)?;
    counts.run(browser_tests(workspace, "tests/docs")?.env("DOCS_SITE", site).env("LOCAL_POOL", pool))
}

/// Without the peers, whose packages are large.
fn bench(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    let page = constant_time::build_page(workspace)?;
    let mut constant_time = browser_tests(workspace, "bench/constant-time")?;
    let constant_time = counts.run(constant_time.env(constant_time::PAGE, page));
    // Both run, whatever became of the first.
    beside_pool(workspace, "bench/widget", counts).and(constant_time)
}

/// The projects are laid out in a folder of ours with one installation for all; they find it in `FRAMEWORKS`.
fn frameworks(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    let mut tests = browser_tests(workspace, FRAMEWORKS)?;
    let folder = workspace.target.join("frameworks");
    say(format!("Installing the projects of {FRAMEWORKS} and the packed package"));
    std::fs::create_dir_all(&folder)?;
    let mut prepare = Command::new("node");
    prepare.arg(format!("{FRAMEWORKS}/prepare.mjs")).current_dir(&workspace.root);
    process::run(prepare.env("FRAMEWORKS", &folder))?;
    say("Compiling the application in Yew to WebAssembly");
    let application = workspace.target.join("yew-app");
    wasm::build_application(workspace, "yew-app", &application)?;
    tests.env("YEW_APP", application);
    say("Compiling the local pool and the back end in Rust");
    let programs = [("LOCAL_POOL", LOCAL_POOL), ("VERIFY_TOKEN_AXUM", "verify-token-axum")];
    for (variable, name) in programs {
        tests.env(variable, program_named(workspace, name)?);
    }
    counts.run(tests.env("FRAMEWORKS", folder))
}

fn beside_pool(workspace: &Workspace, folder: &str, counts: &mut Counts) -> Result<()> {
    say("Compiling the local pool");
    let pool = local_pool(workspace)?;
    counts.run(browser_tests(workspace, folder)?.env("LOCAL_POOL", pool))
}

fn in_browser(workspace: &Workspace, folder: &str, counts: &mut Counts) -> Result<()> {
    counts.run(&mut browser_tests(workspace, folder)?)
}

/// Tests in JavaScript of what ships. They find the browser in variables.
fn browser_tests(workspace: &Workspace, folder: &str) -> Result<Command> {
    let browser = tools::browser()?;
    package::build_once(workspace)?;
    say(format!("Running {folder}"));
    let mut tests = node::test(workspace, folder)?;
    tests.env("CHROME", browser.chrome).env("CHROMEDRIVER", browser.driver);
    Ok(tests)
}

/// The clients are other people's code, in their own languages. They start the pool's program, which they find in
/// `LOCAL_POOL`.
fn interop(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    node::install(workspace)?;
    let tests = workspace.root.join("tests/interop");
    let python = python::environment(workspace, "interop", &tests.join("requirements.txt"))?;
    say("Compiling the local pool");
    let pool = local_pool(workspace)?;
    say("Running the clients");
    let javascript = node::test(workspace, "tests/interop")?;
    let mut python = Command::new(python);
    python.args(["-m", "pytest", "tests/interop"]).current_dir(&workspace.root);
    // Both run, whatever became of the first.
    let results = [javascript, python].map(|mut clients| counts.run(clients.env("LOCAL_POOL", &pool)));
    results.into_iter().collect()
}

fn local_pool(workspace: &Workspace) -> Result<PathBuf> {
    program_named(workspace, LOCAL_POOL)
}

/// A program as the native tests compiled it, which cargo does where a package has tests of its program.
fn program_named(workspace: &Workspace, name: &str) -> Result<PathBuf> {
    let programs = compile_tests(workspace)?;
    let found = programs.into_iter().find(|program| !program.is_test && program.name == name);
    Ok(found.with_context(|| format!("cargo built no program `{name}`"))?.file)
}

fn e2e(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    let browser = tools::browser()?;
    counts.run(end_to_end(workspace)?.env("CHROME", browser.chrome).env("CHROMEDRIVER", browser.driver))
}

fn e2e_firefox(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    let mut tests = end_to_end_in(workspace, "firefox", browsers::firefox(workspace)?, &NOT_IN_FIREFOX)?;
    // With those that are for it alone, and switched off elsewhere.
    counts.run(tests.arg("--include-ignored"))
}

fn e2e_webkit(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    counts.run(&mut end_to_end_in(workspace, "webkit", browsers::webkit()?, &NOT_IN_WEBKIT)?)
}

/// What the tests in Firefox leave out.
const NOT_IN_FIREFOX: [&str; 8] = [
    // Its driver cannot freeze a page or keep a file from coming, and the tests have not seen it take a page out of its cache.
    "returning::a_frozen_page",
    "returning::a_page_out_of_the_browsers_cache",
    "page_faults::a_language_that_does_not_come",
    // Its console is what the page itself saw, which the next page has not.
    "passkeys::a_page_on_another_host",
    // Its authenticator says no at once where nobody consents, so that there is no dialog to close.
    "passkeys::the_dialog_is_closed",
    // Its driver cannot choose the person's colours.
    "totp::the_qr_code_is_read_in_colours",
    // It calls the role of a password's field otherwise; and no pictures are wanted of it.
    "tour::assistive_technology",
    "tour::screenshots_for_people",
];

/// What the tests in WebKit leave out.
const NOT_IN_WEBKIT: [&str; 9] = [
    // Its driver cannot freeze a page or keep a file from coming.
    "returning::a_frozen_page",
    "page_faults::a_language_that_does_not_come",
    // Its driver cannot choose the person's colours.
    "totp::the_qr_code_is_read_in_colours",
    // WebKitGTK has no passkeys, and the tours come by them.
    "passkeys::",
    "memory::no_screen_leaves_secrets",
    "tour::no_screen_is_wider",
    // "Back" shows another provider's page as it was left, which so leads nowhere by itself.
    "federation::a_code_that_comes_again",
    // It calls the role of a `<select>` otherwise; and no pictures are wanted of it.
    "tour::assistive_technology",
    "tour::screenshots_for_people",
];

/// The end-to-end tests in another browser than Chromium, by the name that `E2E_BROWSER` has for it, without what it cannot do.
fn end_to_end_in(workspace: &Workspace, browser: &str, variables: Variables, without: &[&str]) -> Result<Command> {
    let mut tests = end_to_end(workspace)?;
    tests.env("E2E_BROWSER", browser).envs(variables);
    for name in without {
        tests.args(["--skip", name]);
    }
    Ok(tests)
}

/// The end-to-end tests, which are told by variables in which browser.
fn end_to_end(workspace: &Workspace) -> Result<Command> {
    package::build_once(workspace)?;
    say("Compiling the end-to-end tests");
    let test = tests(workspace)?.into_iter().find(|test| test.name == E2E);
    Ok(test.context("the package cognito-login has no test `e2e`")?.command())
}

fn trunk(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    wasm::ensure_target()?;
    let trunk = tools::trunk(workspace)?;
    let bindgen = tools::wasm_bindgen(workspace)?;
    say("Building the page with trunk");
    let site = workspace.target.join("trunk-site");
    let mut build = Command::new(trunk.join("trunk"));
    // What trunk does not find it downloads, which a machine behind a wall cannot.
    build.args(["build", "--offline=true", "--locked=true", "--dist"]).arg(site);
    build.env("PATH", process::path_with(&[&bindgen])?);
    // trunk reads it as its own option and refuses the value that everyone else accepts.
    build.env_remove("NO_COLOR").current_dir(&workspace.root);
    counts.check("the demo page by trunk", process::run(&mut build))
}

/// A program of the workspace that was compiled with the native tests, or one of them.
struct Program {
    name: String,
    is_test: bool,
    folder: PathBuf,
    file: PathBuf,
}

impl Program {
    fn shown(&self, workspace: &Workspace) -> String {
        let folder = self.folder.strip_prefix(&workspace.root).unwrap_or(&self.folder);
        folder.join(&self.name).display().to_string()
    }

    /// Runs it where `cargo test` would.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.file);
        command.current_dir(&self.folder).env("CARGO_MANIFEST_DIR", &self.folder).args(colours());
        command
    }
}

/// What Rust's runner is told where people watch; other runners read it in a variable.
fn colours() -> Option<&'static str> {
    process::in_colours().then_some("--color=always")
}

fn tests(workspace: &Workspace) -> Result<Vec<Program>> {
    let mut tests = compile_tests(workspace)?;
    tests.retain(|program| program.is_test);
    tests.sort_by(|a, b| (&a.folder, &a.name).cmp(&(&b.folder, &b.name)));
    Ok(tests)
}

/// Compiles all native tests of the workspace in one go and with one set of features, so that no suite compiles again
/// what another one has compiled.
fn compile_tests(workspace: &Workspace) -> Result<Vec<Program>> {
    let messages = process::output(workspace.cargo().args([
        "test",
        "--workspace",
        "--locked",
        "--no-run",
        "--message-format=json-render-diagnostics",
    ]))?;
    Ok(messages.lines().filter_map(program).collect())
}

fn program(message: &str) -> Option<Program> {
    let message: Value = serde_json::from_str(message).ok()?;
    if message["reason"] != "compiler-artifact" {
        return None;
    }
    let manifest = PathBuf::from(message["manifest_path"].as_str()?);
    Some(Program {
        name: message["target"]["name"].as_str()?.to_owned(),
        is_test: message["profile"]["test"] == true,
        folder: manifest.parent()?.to_path_buf(),
        file: message["executable"].as_str()?.into(),
    })
}
