// A challenge that waits for the person, and a page that is loaded anew. The service answers in the page; the tab's store outlives it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "./stage.mjs";

/** Of the first element of a page. */
const KEY = "cognito-login.challenge.localclient.1";

/** Signs in up to a code by text message, in elements with these attributes, one after another; answers with what is kept. */
async function asked(...elements) {
  return inPage(async ({ complete, until }, elements) => {
    sessionStorage.clear();
    const written = [];
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key, value) {
      written.push(value);
      return setItem.call(this, key, value);
    };
    const service = serviceInPage();
    let sessions = 0;
    service.answers("RespondToAuthChallenge", () => ({
      ChallengeName: "SMS_MFA",
      Session: `the session number ${(sessions += 1)}`,
      ChallengeParameters: { CODE_DELIVERY_DESTINATION: "+*******0123" },
    }));
    for (const [number, attributes] of elements.entries()) {
      const widget = complete({ storage: "session", ...attributes });
      await widget.signIn(`user-${number}@example.com`);
      await widget.findText("h2", "Check your phone");
      await widget.typeInto("Verification code", "493817");
    }
    // A wrong code leaves the challenge open.
    if (elements.length === 1) {
      service.answers("RespondToAuthChallenge", () => "CodeMismatchException");
      document.querySelector("cognito-login").shadowRoot.querySelector("form").requestSubmit();
      await until("the answer", () => service.bodiesOf("RespondToAuthChallenge").length === 2);
      await until("the alert", () => document.querySelector("cognito-login").shadowRoot.querySelector("[role=alert]"));
    }
    const leaks = written.filter((value) => value.includes("secret") || value.includes("493817"));
    return { kept: { ...sessionStorage }, leaks };
  }, elements.length ? elements : [{}]);
}

test("neither password nor code is ever written, and just one record", async () => {
  const { kept, leaks } = await asked();
  assert.deepEqual(Object.keys(kept), [KEY]);
  assert.deepEqual(leaks, []);
  const record = JSON.parse(kept[KEY]);
  assert.deepEqual(Object.keys(record).sort(), ["ChallengeParameters", "SignIn"]);
  const known = ["ChallengeName", "ClientId", "EndsAt", "Name", "Session", "UserId", "UserPoolId"];
  assert.deepEqual(Object.keys(record.SignIn).sort(), known);
});

test("two elements of one page get back what is theirs", async () => {
  const { kept } = await asked({}, {});
  assert.deepEqual(Object.keys(kept).sort(), [KEY, KEY.replace(/1$/, "2")]);
  const seen = await inPage(async ({ complete, until }) => {
    const service = serviceInPage();
    const answered = [];
    for (const name of ["one", "other"]) {
      const widget = complete({ storage: "session", id: name });
      await widget.findText("h2", "Check your phone");
      await widget.typeInto("Verification code", "493817");
    }
    for (const element of document.querySelectorAll("cognito-login")) {
      const before = service.bodiesOf("RespondToAuthChallenge").length;
      service.answers("RespondToAuthChallenge", () => "InternalErrorException");
      element.shadowRoot.querySelector("form").requestSubmit();
      await until("the answer", () => service.bodiesOf("RespondToAuthChallenge").length > before);
      const { Session, ChallengeResponses } = service.bodiesOf("RespondToAuthChallenge").at(-1);
      answered.push([Session, ChallengeResponses.USERNAME]);
    }
    return answered;
  });
  assert.deepEqual(seen, [
    ["the session number 1", "user-0@example.com"],
    ["the session number 2", "user-1@example.com"],
  ]);
});

test("a record that is broken, too long or another's is taken away, and the form is shown", async () => {
  const { kept } = await asked();
  const record = JSON.parse(kept[KEY]);
  const change = (changes) => JSON.stringify({ ...record, SignIn: { ...record.SignIn, ...changes } });
  for (const [what, text] of Object.entries({
    "no JSON": "{",
    "nothing": "",
    "an array": "[]",
    "another pool's": change({ UserPoolId: "us-east-1_Other" }),
    "another client's": change({ ClientId: "other" }),
    "too long": change({ Name: "a".repeat(20_000) }),
    "too old": change({ EndsAt: "1" }),
  })) {
    const seen = await inPage(async ({ complete }, KEY, text) => {
      const service = serviceInPage();
      sessionStorage.setItem(KEY, text);
      const widget = complete({ storage: "session" });
      const { value } = await widget.field("Email");
      return { value, left: Object.keys(sessionStorage), alerts: widget.count("[role=alert]"), calls: service.calls.length };
    }, KEY, text);
    assert.deepEqual(seen, { value: "", left: [], alerts: 0, calls: 0 }, what);
  }
});

test("another configuration forgets what was under way, and a page that wants nothing stored keeps nothing", async () => {
  for (const change of [{ "client-id": "another" }, { storage: "memory" }, { storage: "local" }, { "user-pool-id": "nonsense" }]) {
    await asked();
    const left = await inPage(async ({ complete, until }, change) => {
      const widget = complete({ storage: "session" });
      await widget.findText("h2", "Check your phone");
      const kept = sessionStorage.length;
      widget.set(change);
      await until("another screen", () => widget.count("input[autocomplete=one-time-code]") === 0);
      return [kept, Object.keys(sessionStorage)];
    }, change);
    assert.deepEqual(left, [1, []], JSON.stringify(change));
  }
  // The page that was loaded anew wants nothing stored.
  await asked();
  const left = await inPage(async ({ complete }) => {
    await complete({ storage: "memory" }).field("Email");
    return Object.keys(sessionStorage);
  });
  assert.deepEqual(left, []);
});

test("a challenge of one element is not shown by one of another kind or client", async () => {
  const { kept } = await asked();
  const seen = await inPage(async ({ complete }) => {
    await complete({ storage: "session", "client-id": "another" }).field("Email");
    await complete({ storage: "session" }, "cognito-account").findText("p", "You are not signed in.");
    return { ...sessionStorage };
  });
  assert.deepEqual(seen, kept);
});
