// What the browser keeps of a session, whose it is, and how it ends. The service answers in the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "./stage.mjs";

const PREFIX = "CognitoIdentityServiceProvider.localclient";

test("a sign-out forgets before the service is asked, and waits for nothing", async () => {
  const seen = await inPage(async ({ complete, until }) => {
    sessionStorage.clear();
    const service = serviceInPage();
    service.holds("RevokeToken");
    const widget = complete({ storage: "session" });
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    const stored = sessionStorage.length;
    const atEvent = {};
    widget.element.addEventListener("cognito-login-signed-out", () => {
      atEvent.stored = sessionStorage.length;
      atEvent.revoked = service.bodiesOf("RevokeToken").length;
    });
    await widget.element.signOut();
    await widget.field("Email");
    const call = await until("RevokeToken", () => service.calls.find(({ operation }) => operation === "RevokeToken"));
    return { stored, atEvent, body: call.body, keepalive: call.keepalive };
  });
  assert.ok(seen.stored >= 6, `${seen.stored}`);
  assert.deepEqual(seen.atEvent, { stored: 0, revoked: 0 });
  assert.deepEqual(seen.body, { Token: "first refresh token of me@example.com", ClientId: "localclient" });
  assert.equal(seen.keepalive, true, "the page may be closed meanwhile");

  // The reply never came.
  const screens = await inPage(async ({ complete }) => {
    const widget = complete({ storage: "session" });
    await widget.field("Email");
    return widget.toldOf("cognito-login-screen");
  });
  assert.deepEqual(screens, [{ screen: "sign-in" }]);
});

test("the promise of a sign-out on all devices tells whether the service did it", async () => {
  for (const [reply, wanted] of [[{}, "done"], ["InternalErrorException", "signed_out_here_only"]]) {
    const seen = await inPage(async ({ complete }, reply) => {
      const service = serviceInPage();
      service.answers("GlobalSignOut", () => reply);
      const release = service.holds("GlobalSignOut");
      const widget = complete();
      await widget.signIn("me@example.com");
      await widget.findText("h2", "You are signed in");
      let outcome = "waiting";
      const ended = widget.element.signOut({ global: true }).then(() => "done", (error) => error.code);
      ended.then((value) => (outcome = value));
      await widget.field("Email");
      const before = outcome;
      release();
      return [before, await ended, service.calls.filter(({ keepalive }) => keepalive).map(({ operation }) => operation)];
    }, reply);
    const revoked = wanted === "done" ? [] : ["RevokeToken"];
    assert.deepEqual(seen, ["waiting", wanted, ["GlobalSignOut", ...revoked]]);
  }
});

test("storing a session removes all others of the client, revokes them, and leaves the rest alone", async () => {
  for (const storage of ["session", "local"]) {
    const seen = await inPage(async ({ complete, until }, storage, PREFIX) => {
      const service = serviceInPage();
      const store = window[`${storage}Storage`];
      store.clear();
      const write = (user, tokens) => {
        store.setItem(`${PREFIX}.${user}.accessToken`, tokens.AccessToken);
        store.setItem(`${PREFIX}.${user}.idToken`, tokens.IdToken);
        store.setItem(`${PREFIX}.${user}.refreshToken`, tokens.RefreshToken);
        store.setItem(`${PREFIX}.${user}.clockDrift`, "0");
        store.setItem(`${PREFIX}.${user}.signInDetails`, "{}");
        store.setItem(`${PREFIX}.${user}.userData`, "{}");
        for (const name of ["deviceKey", "deviceGroupKey", "randomPasswordKey"]) store.setItem(`${PREFIX}.${user}.${name}`, "x");
      };
      const strangers = ["a.b.idToken", "__proto__", "constructor", "x.LastAuthUser"];
      for (const user of strangers) write(user, service.tokens(user));
      // These are somebody else's secrets, or nobody's: they go, and are sent nowhere.
      write("another pool's", service.tokens("p", "foreign", { iss: "http://127.0.0.1:9/us-east-1_Other" }));
      write("another client's", service.tokens("c", "foreign", { client_id: "other", aud: "other" }));
      write("unreadable", { AccessToken: "e30.%%%.x", IdToken: "", RefreshToken: "unreadable" });
      store.setItem(`${PREFIX}.only a refresh token.refreshToken`, "lonely");
      const kept = [`${PREFIX}2.somebody.accessToken`, `${PREFIX}.oauthSignIn`, `${PREFIX}`, "unrelated.accessToken"];
      for (const key of kept) store.setItem(key, "kept");

      const widget = complete({ storage });
      await widget.signIn("me@example.com");
      await widget.findText("h2", "You are signed in");
      await until("the others' end", () => service.bodiesOf("RevokeToken").length === strangers.length);
      const keys = Object.keys(store);
      const mine = `${PREFIX}.me@example.com.`;
      return {
        mine: keys.filter((key) => key.startsWith(mine)).map((key) => key.slice(mine.length)).sort(),
        sessions: keys.filter((key) => !key.startsWith(mine) && /(Token|clockDrift|Details|Data)$/.test(key)).sort(),
        devices: keys.filter((key) => /(deviceKey|deviceGroupKey|randomPasswordKey)$/.test(key)).length,
        kept: kept.every((key) => store.getItem(key) === "kept"),
        last: store.getItem(`${PREFIX}.LastAuthUser`),
        revoked: service.bodiesOf("RevokeToken").map(({ Token }) => Token).sort(),
        wanted: strangers.map((user) => `first refresh token of ${user}`).sort(),
      };
    }, storage, PREFIX);
    assert.deepEqual(seen.mine, ["accessToken", "clockDrift", "idToken", "refreshToken", "signInDetails"]);
    assert.deepEqual(seen.sessions, ["CognitoIdentityServiceProvider.localclient2.somebody.accessToken", "unrelated.accessToken"]);
    assert.equal(seen.devices, 3 * 7);
    assert.ok(seen.kept);
    assert.equal(seen.last, "me@example.com");
    assert.deepEqual(seen.revoked, seen.wanted);
  }
});

test("in memory, too, a session that is replaced is revoked", async () => {
  const seen = await inPage(async ({ complete, until }) => {
    const service = serviceInPage();
    const [one, other] = [complete(), complete()];
    const release = service.holds("RespondToAuthChallenge");
    await one.signIn("first@example.com");
    await until("the proof", () => service.bodiesOf("RespondToAuthChallenge").length === 1);
    // The other element is quicker.
    const reply = (body) => ({ AuthenticationResult: service.tokens(body.ChallengeResponses.USERNAME) });
    service.answers("RespondToAuthChallenge", reply);
    await other.signIn("second@example.com");
    await other.findText("h2", "You are signed in");
    release();
    await until("the second session's end", () => service.bodiesOf("RevokeToken").length === 1);
    await one.findText("h2", "You are signed in");
    const { accessToken } = await other.element.getTokens();
    return [service.bodiesOf("RevokeToken")[0].Token, JSON.parse(atob(accessToken.split(".")[1])).username];
  });
  assert.deepEqual(seen, ["first refresh token of second@example.com", "first@example.com"]);
});

/** What somebody wrote into the store, and whether that is a session all the same. Functions run in the page. */
const STORES = {
  "another pool's tokens": "(tokens, write) => write(tokens('me', 'x', { iss: 'http://127.0.0.1:9/us-east-1_Other' }))",
  "another client's tokens": "(tokens, write) => write(tokens('me', 'x', { client_id: 'other', aud: 'other' }))",
  "two users' tokens": "(tokens, write) => write({ ...tokens('me'), IdToken: tokens('you').IdToken })",
  "an ID token in the place of the access token": "(tokens, write) => write({ ...tokens('me'), AccessToken: tokens('me').IdToken })",
  "claims of wrong types": "(tokens, write) => write(tokens('me', 'x', { iss: 7, sub: {}, token_use: [], client_id: null }))",
  "an end that is no time": "(tokens, write) => write(tokens('me', 'x', { exp: 'tomorrow', iss: null }))",
  "no JWT": "(tokens, write) => write({ ...tokens('me'), AccessToken: 'x' })",
  "a JWT of nothing": "(tokens, write) => write({ ...tokens('me'), AccessToken: 'e30.bnVsbA.x' })",
  "an array for claims": "(tokens, write) => write({ ...tokens('me'), AccessToken: 'e30.W10.x' })",
  "claims of a prototype":
    "(tokens, write) => write({ ...tokens('me'), AccessToken: `e30.${btoa('{\"__proto__\":{\"iss\":\"x\"}}').replace(/=/g, '')}.x` })",
  "a huge access token": "(tokens, write) => write({ ...tokens('me'), AccessToken: 'x.'.repeat(500_000) })",
  "a huge name": "(tokens, write, store, prefix) => store.setItem(`${prefix}.LastAuthUser`, 'x'.repeat(1_000_000))",
  "a name without tokens": "(tokens, write, store, prefix) => store.setItem(`${prefix}.LastAuthUser`, 'me')",
  "a prototype's name without tokens": "(tokens, write, store, prefix) => store.setItem(`${prefix}.LastAuthUser`, '__proto__')",
};

test("a poisoned store is the sign-in form, is sent nowhere, and does not come back", async () => {
  for (const [what, poison] of Object.entries(STORES)) {
    const seen = await inPage(`async ({ complete }, PREFIX) => {
      const service = serviceInPage();
      const store = sessionStorage;
      store.clear();
      const write = (tokens) => {
        store.setItem(PREFIX + ".LastAuthUser", "me");
        store.setItem(PREFIX + ".me.accessToken", tokens.AccessToken);
        store.setItem(PREFIX + ".me.idToken", tokens.IdToken);
        store.setItem(PREFIX + ".me.refreshToken", tokens.RefreshToken);
      };
      (${poison})(service.tokens, write, store, PREFIX);
      const widget = complete({ storage: "session" });
      await widget.field("Email");
      const alerts = widget.count("[role=alert]");
      const left = Object.keys(store).filter((key) => key.endsWith("Token"));
      const code = await widget.element.getTokens().then(() => "tokens", (error) => error.code);
      const calls = service.calls.length;
      await widget.signIn("next@example.com");
      await widget.findText("h2", "You are signed in");
      return { alerts, left, code, calls, last: store.getItem(PREFIX + ".LastAuthUser"), users: service.bodiesOf("RevokeToken") };
    }`, PREFIX);
    assert.deepEqual(
      seen,
      { alerts: 0, left: [], code: "not_signed_in", calls: 0, last: "next@example.com", users: [] },
      what,
    );
  }
});

test("what can be read of a store is read: odd names, broken details, a drift that is no number", async () => {
  for (const [user, details, drift] of [
    ["a.b.accessToken", "{", "NaN"],
    ["__proto__", '{"loginId":{"__proto__":1}}', "9223372036854775807000"],
    ["constructor", JSON.stringify({ loginId: "x".repeat(100_000) }), ""],
    ["日本 語", "[".repeat(100_000), "0"],
  ]) {
    const seen = await inPage(async ({ complete }, user, details, drift, PREFIX) => {
      const service = serviceInPage();
      sessionStorage.clear();
      const tokens = service.tokens(user);
      sessionStorage.setItem(`${PREFIX}.LastAuthUser`, user);
      sessionStorage.setItem(`${PREFIX}.${user}.accessToken`, tokens.AccessToken);
      sessionStorage.setItem(`${PREFIX}.${user}.idToken`, tokens.IdToken);
      sessionStorage.setItem(`${PREFIX}.${user}.signInDetails`, details);
      sessionStorage.setItem(`${PREFIX}.${user}.clockDrift`, drift);
      const widget = complete({ storage: "session" });
      await widget.findText("h2", "You are signed in");
      const [{ username }] = widget.toldOf("cognito-login-signed-in");
      await widget.element.signOut();
      return [username, widget.root.textContent.includes("xxxx"), sessionStorage.length];
    }, user, details, drift, PREFIX);
    assert.deepEqual(seen, [user, false, 0]);
  }
});

test("tokens of another pool at the end of a sign-in are a notice and no session", async () => {
  const seen = await inPage(async ({ complete, until }) => {
    const service = serviceInPage();
    sessionStorage.clear();
    const foreign = { AuthenticationResult: service.tokens("me", "first", { iss: "http://127.0.0.1:9/us-east-1_Other" }) };
    service.answers("RespondToAuthChallenge", () => foreign);
    const widget = complete({ storage: "session" });
    await widget.signIn("me@example.com");
    await widget.find("[role=alert]");
    await until("the end of the refresh token", () => service.bodiesOf("RevokeToken").length === 1);
    return [widget.toldOf("cognito-login-error").pop().code, widget.toldOf("cognito-login-signed-in"), sessionStorage.length];
  });
  assert.deepEqual(seen, ["bad_reply", [], 0]);
});

test("a refresh that ends after somebody signed out elsewhere stores nothing", async () => {
  const seen = await inPage(async ({ complete, until }) => {
    const service = serviceInPage();
    localStorage.clear();
    const widget = complete({ storage: "local" });
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    const release = service.holds("GetTokensFromRefreshToken");
    const now = Date.now;
    Date.now = () => now() + 3_600_000;
    const tokens = widget.element.getTokens().catch(() => {});
    await until("the refresh", () => service.bodiesOf("GetTokensFromRefreshToken").length);
    // Another tab; its event is still on its way.
    localStorage.clear();
    release();
    await tokens;
    await widget.field("Email");
    await until("the end of the new token", () => service.bodiesOf("RevokeToken").length);
    return [localStorage.length, service.bodiesOf("RevokeToken").map(({ Token }) => Token), widget.toldOf("cognito-login-signed-out")];
  });
  assert.deepEqual(seen, [0, ["renewed refresh token of me@example.com"], [{ reason: "elsewhere" }]]);
});

test("what a refresh under way brings after a sign-out is revoked and never stored", async () => {
  const seen = await inPage(async ({ complete, until }) => {
    const service = serviceInPage();
    sessionStorage.clear();
    const widget = complete({ storage: "session" });
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    const release = service.holds("GetTokensFromRefreshToken");
    const now = Date.now;
    Date.now = () => now() + 3_600_000;
    const code = widget.element.getTokens().then(() => "tokens", (error) => error.code);
    await until("the refresh", () => service.bodiesOf("GetTokensFromRefreshToken").length);
    await widget.element.signOut();
    release();
    await until("two tokens' end", () => service.bodiesOf("RevokeToken").length === 2);
    return [await code, sessionStorage.length, service.bodiesOf("RevokeToken").map(({ Token }) => Token)];
  });
  assert.deepEqual(seen, [
    "not_signed_in",
    0,
    ["first refresh token of me@example.com", "renewed refresh token of me@example.com"],
  ]);
});

test("a page that comes out of the browser's cache looks whether its session is still there", async () => {
  const seen = await inPage(async ({ complete }) => {
    serviceInPage();
    sessionStorage.clear();
    const widget = complete({ storage: "session" });
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    const comesBack = () => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    comesBack();
    await widget.element.getTokens();
    // Signed out on the page that came after it.
    sessionStorage.clear();
    comesBack();
    await widget.field("Email");
    return widget.toldOf("cognito-login-signed-out");
  });
  assert.deepEqual(seen, [{ reason: "elsewhere" }]);
});

test("an element that goes gives up the refresh lock that it holds, and the one that it waits for", async () => {
  const seen = await inPage(async ({ complete, until }) => {
    const service = serviceInPage();
    localStorage.clear();
    const widget = complete({ storage: "local" });
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    const now = Date.now;
    Date.now = () => now() + 3_600_000;
    const name = "CognitoIdentityServiceProvider.localclient.refresh";
    const queue = async () => {
      const { held, pending } = await navigator.locks.query();
      return [held, pending].map((locks) => locks.filter((lock) => lock.name === name).length).join();
    };
    const untilQueue = async (wanted) => {
      let seen;
      const poll = setInterval(async () => (seen = await queue()), 5);
      await until(`the locks ${wanted}`, () => seen === wanted);
      clearInterval(poll);
    };
    service.holds("GetTokensFromRefreshToken");
    widget.element.getTokens().catch(() => {});
    await untilQueue("1,0");
    const begin = performance.now();
    widget.element.remove();
    await untilQueue("0,0");
    const held = performance.now() - begin;

    let release;
    navigator.locks.request(name, () => new Promise((resolve) => (release = resolve)));
    await untilQueue("1,0");
    document.body.append(widget.element);
    widget.element.getTokens().catch(() => {});
    await untilQueue("1,1");
    widget.element.remove();
    await untilQueue("1,0");
    release();
    await untilQueue("0,0");
    return held;
  });
  // The service is given thirty seconds for an answer, and a lock forty.
  assert.ok(seen < 15_000, `${seen}`);
});
