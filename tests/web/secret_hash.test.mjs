// An app client with a secret: the page is asked for the hash, and its author is told what is wrong. The service answers in the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "./stage.mjs";

const WRONG = "Something went wrong. Please try again.";

test("each request carries the hash of the name that it sends", async () => {
  const seen = await inPage(async ({ complete, until }) => {
    const service = serviceInPage();
    const tokens = { ...service.tokens("the user's id"), ExpiresIn: 30 };
    service.answers("InitiateAuth", ({ AuthFlow }) =>
      AuthFlow === "REFRESH_TOKEN_AUTH"
        ? { AuthenticationResult: service.tokens("the user's id", "renewed") }
        : {
            ChallengeName: "PASSWORD_VERIFIER",
            ChallengeParameters: { SALT: "1", SECRET_BLOCK: "YQ==", SRP_B: "2", USER_ID_FOR_SRP: "the user's id" },
          },
    );
    service.answers("RespondToAuthChallenge", () => ({ AuthenticationResult: tokens }));
    service.answers("ForgotPassword", () => ({}));
    const widget = complete();
    // Both kinds of functions, and each time the newest.
    widget.element.secretHash = (name) => `hash of ${name}`;
    await widget.field("Email");
    widget.element.secretHash = async (name) => `hash of ${name}, later`;
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    await widget.element.getTokens();
    await widget.element.signOut();
    await widget.typeInto("Email", "me@example.com");
    await widget.press("Forgot your password?");
    await widget.findText("h2", "Reset your password");
    await widget.submit();
    await until("ForgotPassword", () => service.bodiesOf("ForgotPassword").length);
    return service.calls.map(({ operation, body }) => [
      operation,
      body.SecretHash ?? (body.AuthParameters ?? body.ChallengeResponses)?.SECRET_HASH,
    ]);
  });
  assert.deepEqual(seen, [
    ["InitiateAuth", "hash of me@example.com, later"],
    ["RespondToAuthChallenge", "hash of the user's id, later"],
    ["InitiateAuth", "hash of the user's id, later"],
    // Nobody but the secret's owner revokes; the sign-out is one all the same.
    ["ForgotPassword", "hash of me@example.com, later"],
  ]);
});

test("without the function nothing is hashed", async () => {
  const seen = await inPage(async ({ complete }) => {
    const service = serviceInPage();
    const widget = complete();
    widget.element.secretHash = undefined;
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    return JSON.stringify(service.calls).includes("SECRET_HASH");
  });
  assert.equal(seen, false);
});

/** What a page's function may do in the place of an answer. Functions run in the page. */
const FAULTS = {
  throws: "() => { throw new Error('down'); }",
  rejects: "() => Promise.reject(new Error('down'))",
  "answers with no string": "async () => ({ hash: 'x' })",
  "answers with nothing": "() => {}",
  "never answers": "() => new Promise(() => {})",
};

test("a function that fails is told to the page's author, and nothing is sent", async () => {
  for (const [fault, source] of Object.entries(FAULTS)) {
    const seen = await inPage(`async ({ complete, text }) => {
      const service = serviceInPage();
      const logged = [];
      console.error = (line) => logged.push(line);
      // Nobody waits for half a minute to pass.
      const { setTimeout } = window;
      window.setTimeout = (callback, millis, ...more) => setTimeout(callback, millis === 30_000 ? 0 : millis, ...more);
      const widget = complete();
      widget.element.secretHash = ${source};
      await widget.signIn("me@example.com");
      const alert = text(await widget.find("[role=alert]"));
      const [error] = widget.toldOf("cognito-login-error");
      const name = (await widget.field("Email")).value;
      return { alert, error, logged, name, calls: service.calls.length };
    }`).catch((error) => assert.fail(`${fault}: ${error}`));
    assert.deepEqual([seen.alert, seen.name, seen.calls], [WRONG, "me@example.com", 0], fault);
    const { code, screen, retryable } = seen.error;
    assert.deepEqual([code, screen, retryable], ["secret_hash_failed", "sign-in", true], fault);
    assert.match(seen.error.message, /^`secretHash` threw, rejected, returned no string/, fault);
    assert.deepEqual(seen.logged, [seen.error.message], fault);
  }
});

test("what the service says of the secret is told to the page's author, who reads how to mend it", async () => {
  const client = "localclient";
  for (const [message, wanted, advice] of [
    [`Client ${client} is configured with secret but SECRET_HASH was not received`, "secret_hash_missing", /Better use one without; else set `secretHash`/],
    [`Unable to verify secret hash for client ${client}`, "secret_hash_wrong", /HMAC-SHA256/],
  ]) {
    const seen = await inPage(async ({ complete, text }, message) => {
      const service = serviceInPage();
      const logged = [];
      console.error = (line) => logged.push(line);
      service.answers("InitiateAuth", () => ({ __type: "NotAuthorizedException", message }));
      const widget = complete();
      await widget.signIn("me@example.com");
      const alert = text(await widget.find("[role=alert]"));
      return { alert, error: widget.toldOf("cognito-login-error")[0], logged };
    }, message);
    assert.equal(seen.alert, WRONG);
    const { code, screen, retryable, serviceCode } = seen.error;
    assert.deepEqual([code, screen, retryable, serviceCode], [wanted, "sign-in", false, "NotAuthorizedException"]);
    assert.match(seen.error.message, advice);
    assert.deepEqual(seen.logged, [seen.error.message]);
  }
});

test("a property that is no function is told in place", async () => {
  const seen = await inPage(async ({ complete, until }) => {
    const widget = complete();
    widget.element.secretHash = "aGFzaA==";
    const error = await until("the error", () => widget.toldOf("cognito-login-error")[0]);
    return [error.code, error.message];
  });
  assert.deepEqual(seen, ["configuration", "secretHash: this property must be a function"]);
});
