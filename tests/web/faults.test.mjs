// A configuration that works for nobody: the person reads a calm sentence, and the page's author which fault it is, how to mend it and
// where to read more. The service answers in the page, or the browser refuses to ask it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inPage } from "./stage.mjs";

const WRONG = "Something went wrong. Please try again.";
const UNREACHABLE = "We could not reach the sign-in service. Check your connection and try again.";
const HELP = "https://github.com/cognito-login/cognito-login/blob/main/docs/troubleshooting.md#";

const page = readFileSync(new URL("../../docs/troubleshooting.md", import.meta.url), "utf8");

/** The words that the page has for a code. */
function wordsOf(code) {
  const [, problem, mend] = page.match(new RegExp(`generated: ${code} -->\\n\\n\\*\\*(.*)\\*\\* (.*)\\n`));
  return `${problem} ${mend}`;
}

/** What comes of a sign-in that the service answers so. */
function answered(answer) {
  return inPage(async ({ complete, text }, answer) => {
    const service = serviceInPage();
    const logged = [];
    console.error = (line) => logged.push(line);
    service.answers("InitiateAuth", () => answer);
    const widget = complete();
    await widget.signIn("me@example.com");
    const alert = text(await widget.find("[role=alert]"));
    const name = (await widget.field("Email")).value;
    return { alert, name, errors: widget.toldOf("cognito-login-error"), logged };
  }, answer);
}

test("what the service refuses to everybody has a code, a mend and a link, in the event and in the console", async () => {
  for (const [code, __type, message] of [
    ["client_unknown", "ResourceNotFoundException", "User pool client localclient does not exist."],
    ["pool_unknown", "ResourceNotFoundException", "User pool us-east-1_LocalPool does not exist."],
    ["flow_not_allowed", "InvalidParameterException", "USER_SRP_AUTH flow not enabled for this client"],
    ["flow_not_allowed", "InvalidParameterException", "USER_SRP_AUTH is not enabled for the client."],
    ["feature_plan", "FeatureUnavailableInTierException", "Not in this tier."],
  ]) {
    const { alert, name, errors, logged } = await answered({ __type, message });
    assert.deepEqual([alert, name, errors.length], [WRONG, "me@example.com", 1], message);
    const [error] = errors;
    assert.deepEqual([error.code, error.retryable, error.serviceCode], [code, false, __type]);
    assert.equal(error.message, `${wordsOf(code)} (${message}) ${HELP}${code}`);
    assert.deepEqual(logged, [error.message]);
  }
});

test("what is about the person is no fault, and not for the console", async () => {
  const { errors, logged } = await answered({ __type: "NotAuthorizedException", message: "Incorrect username or password." });
  assert.deepEqual([errors[0].code, logged], ["wrong_credentials", []]);
});

test("an endpoint of another Region than the pool is told in place, and nothing is asked", async () => {
  const seen = await inPage(async ({ bare, until, text }) => {
    const service = serviceInPage();
    const logged = [];
    console.error = (line) => logged.push(line);
    const endpoint = "https://cognito-idp.eu-central-1.amazonaws.com/";
    const widget = bare({ "user-pool-id": "eu-west-1_AbC", "client-id": "localclient", endpoint });
    const error = await until("the error", () => widget.toldOf("cognito-login-error")[0]);
    return { error, logged, shown: text(await widget.find("[role=alert]")), calls: service.calls.length };
  });
  assert.deepEqual([seen.error.code, seen.error.retryable, seen.calls], ["region_mismatch", false, 0]);
  assert.ok(seen.error.message.startsWith(wordsOf("region_mismatch")) && seen.error.message.endsWith(`${HELP}region_mismatch`));
  assert.match(seen.shown, /endpoint: .* is of another Region than user-pool-id/);
  assert.deepEqual(seen.logged, [seen.error.message]);
});

/** What comes of a sign-in at an endpoint that does not answer. */
function unanswered(endpoint) {
  return inPage(async ({ complete, text }, more) => {
    const [logged, noted] = [[], []];
    console.error = (line) => logged.push(line);
    console.info = (line) => noted.push(line);
    const widget = complete(more);
    await widget.signIn("me@example.com");
    const alert = text(await widget.find("[role=alert]"));
    const [{ code, message, retryable }] = widget.toldOf("cognito-login-error");
    return { alert, code, message, retryable, logged, noted };
  }, endpoint ? { endpoint } : {});
}

test("an endpoint that the page's policy forbids is told, and to the person it is one that cannot be reached", async () => {
  // The page's policy allows another port alone.
  const seen = await unanswered("http://127.0.0.1:10/");
  assert.deepEqual([seen.alert, seen.code, seen.retryable], [UNREACHABLE, "csp_blocked", false]);
  assert.equal(seen.message, `${wordsOf("csp_blocked")} (http://127.0.0.1:10) ${HELP}csp_blocked`);
  assert.deepEqual([seen.logged, seen.noted], [[seen.message], []]);
});

test("the end of a session that the page's policy keeps from the service is told, though nobody waits for it", async () => {
  const seen = await inPage(async ({ complete, until }) => {
    const network = window.fetch;
    serviceInPage();
    const logged = [];
    console.error = (line) => logged.push(line);
    const widget = complete({ endpoint: "http://127.0.0.1:10/" });
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    // From here on the browser is asked.
    window.fetch = network;
    await widget.element.signOut();
    await widget.field("Email");
    const { code, message } = await until("the error", () => widget.toldOf("cognito-login-error")[0]);
    return { code, message, logged, alerts: widget.count("[role=alert]") };
  });
  const message = `${wordsOf("csp_blocked")} (http://127.0.0.1:10) ${HELP}csp_blocked`;
  assert.deepEqual(seen, { code: "csp_blocked", message, logged: [message], alerts: 0 });
});

test("an endpoint that does not answer is told as before, with a line in the console that says what it may be", async () => {
  const seen = await unanswered();
  assert.deepEqual([seen.alert, seen.code, seen.message, seen.retryable], [UNREACHABLE, "network", UNREACHABLE, true]);
  assert.deepEqual([seen.logged, seen.noted], [[], [`${wordsOf("network")} docs/troubleshooting.md#network`]]);
});

test("a browser that knows that it is offline says nothing of it", async () => {
  const seen = await inPage(async ({ complete }) => {
    Object.defineProperty(navigator, "onLine", { value: false });
    const noted = [];
    console.info = (line) => noted.push(line);
    const widget = complete();
    await widget.signIn("me@example.com");
    await widget.find("[role=alert]");
    return [widget.toldOf("cognito-login-error")[0].code, noted];
  });
  assert.deepEqual(seen, ["network", []]);
});

test("a clock that is wrong by more than five minutes is told once, and the person signs in", async () => {
  for (const [minutes, said] of [
    [12, ["12 minutes behind"]],
    [-90, ["90 minutes ahead"]],
    [4, []],
    [-4, []],
  ]) {
    const seen = await inPage(async ({ complete }, minutes) => {
      const service = serviceInPage();
      // A little more, so that the whole minutes are the same whatever time the test takes; the header has whole seconds.
      service.ahead = (minutes + Math.sign(minutes) * 0.5) * 60_000;
      const logged = [];
      console.info = (line) => logged.push(line);
      const widget = complete();
      await widget.signIn("me@example.com");
      await widget.findText("h2", "You are signed in");
      return { errors: widget.toldOf("cognito-login-error"), logged, alerts: widget.count("[role=alert]") };
    }, minutes);
    const wanted = said.map((said) => `${wordsOf("device_clock_off")} (${said}) ${HELP}device_clock_off`);
    assert.deepEqual(seen.errors.map(({ code, message }) => [code, message]), wanted.map((message) => ["device_clock_off", message]));
    assert.deepEqual([seen.logged, seen.alerts], [wanted, 0]);
  }
});
