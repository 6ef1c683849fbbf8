// `storageAdapter`: a session in the page's own store, as the page and the person meet it. The service answers in the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage, ofError } from "./stage.mjs";

const PREFIX = "CognitoIdentityServiceProvider.localclient";
const SESSION = ["accessToken", "clockDrift", "idToken", "refreshToken", "signInDetails"].map((name) => `me@example.com.${name}`);

/** Functions of the page: an adapter over a map, which answers at once, or later. */
const ADAPTER = `(isSlow, values = new Map()) => {
  const answer = (work) => (isSlow ? new Promise((resolve) => setTimeout(() => resolve(work()), 3)) : work());
  return {
    values,
    getItem: (key) => answer(() => values.get(key) ?? null),
    setItem: (key, value) => answer(() => void values.set(key, value)),
    removeItem: (key) => answer(() => void values.delete(key)),
  };
}`;

for (const isSlow of [false, true]) {
  test(`a store that answers ${isSlow ? "later" : "at once"} keeps the session, and nothing else does`, async () => {
    const seen = await inPage(`async ({ complete, until }, PREFIX) => {
      for (const store of [sessionStorage, localStorage]) store.clear();
      const service = serviceInPage();
      const adapter = (${ADAPTER})(${isSlow});
      const with_ = (tag) => {
        const widget = complete({ storage: "session" }, tag);
        widget.element.storageAdapter = adapter;
        return widget;
      };
      const one = with_();
      const keys = () => [...adapter.values.keys()].map((key) => key.slice(PREFIX.length + 1)).sort();
      const atEvent = {};
      one.element.addEventListener("cognito-login-signed-in", () => (atEvent.in = keys()));
      one.element.addEventListener("cognito-login-signed-out", () => (atEvent.out = keys()));
      await one.signIn("me@example.com");
      await one.findText("h2", "You are signed in");
      await until("the event", () => atEvent.in);
      // An element that shares it, and one that comes later, as after a reload.
      const account = with_("cognito-account");
      await until("the other's sign-in", () => account.toldOf("cognito-login-signed-in").length);
      const now = Date.now;
      Date.now = () => now() + 3_600_000;
      const [tokens, others] = await Promise.all([one.element.getTokens(), account.element.getTokens()]);
      const refreshes = service.bodiesOf("GetTokensFromRefreshToken").length;
      await until("the new token", () => adapter.values.get(PREFIX + ".me@example.com.accessToken") === tokens.accessToken);
      Date.now = now;
      const web = [sessionStorage.length, localStorage.length];
      await account.element.signOut();
      const left = keys();
      await one.field("Email");
      await until("the other event", () => atEvent.out);
      return { atEvent, left, web, refreshes, same: tokens.accessToken === others.accessToken };
    }`, PREFIX);
    assert.deepEqual(seen.atEvent, { in: ["LastAuthUser", ...SESSION].sort(), out: [] }, "a page that leaves finds it done");
    assert.deepEqual(seen.left, []);
    assert.deepEqual(seen.web, [0, 0]);
    assert.equal(seen.refreshes, 1);
    assert.ok(seen.same);
  });
}

test("a session in a store that answers later is there before the first screen", async () => {
  const screens = await inPage(`async ({ bare }, endpoint) => {
    const service = serviceInPage();
    const tokens = service.tokens("me");
    const prefix = "${PREFIX}";
    const values = new Map([[prefix + ".LastAuthUser", "me"], [prefix + ".me.accessToken", tokens.AccessToken],
      [prefix + ".me.idToken", tokens.IdToken]]);
    const element = document.createElement("cognito-login");
    element.storageAdapter = (${ADAPTER})(true, values);
    for (const [name, value] of Object.entries({ "user-pool-id": "us-east-1_LocalPool", "client-id": "localclient", endpoint }))
      element.setAttribute(name, value);
    const screens = [];
    element.addEventListener("cognito-login-screen", ({ detail }) => screens.push(detail.screen));
    document.body.append(element);
    await element.ready;
    await element.getTokens();
    return screens;
  }`, "http://127.0.0.1:9/");
  assert.deepEqual(screens, ["signed-in"]);
});

test("a store that is set late, exchanged or taken away begins anew with what it holds", async () => {
  const seen = await inPage(`async ({ complete, until }, PREFIX) => {
    sessionStorage.clear();
    serviceInPage();
    const widget = complete({ storage: "session" });
    const heading = (text) => widget.findText("h2", text);
    await widget.signIn("me@example.com");
    await heading("You are signed in");
    const [first, second] = [(${ADAPTER})(true), (${ADAPTER})(false)];
    widget.element.storageAdapter = first;
    await heading("Sign in");
    await widget.signIn("you@example.com");
    await heading("You are signed in");
    widget.element.storageAdapter = second;
    await heading("Sign in");
    widget.element.storageAdapter = first;
    await heading("You are signed in");
    // The same once more changes nothing.
    widget.element.storageAdapter = first;
    await widget.element.getTokens();
    widget.element.storageAdapter = undefined;
    await until("the first session", () => widget.toldOf("cognito-login-signed-in").length === 4);
    await heading("You are signed in");
    await until("the writes", () => first.values.size);
    return [widget.toldOf("cognito-login-signed-in").map(({ username }) => username), first.values.size, second.values.size, sessionStorage.length];
  }`, PREFIX);
  assert.deepEqual(seen, [["me@example.com", "you@example.com", "you@example.com", "me@example.com"], 6, 0, 6]);
});

/** Functions of the page: what an earlier visit left of the device of the user `real`, who typed `typed`. */
const REMEMBERED = `async (values, PREFIX, typed) => {
  const bytes = (text) => new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey("raw", bytes("localclient"), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const hash = await crypto.subtle.sign("HMAC", key, bytes(typed + "localclient"));
  values.set("cognito-login.localclient.device." + btoa(String.fromCharCode(...new Uint8Array(hash))), "real");
  for (const name of ["deviceKey", "deviceGroupKey", "randomPasswordKey"]) values.set(PREFIX + ".real." + name, name);
}`;

test("a sign-in asks the store for the device of its user before the service for anything", async () => {
  const seen = await inPage(`async ({ complete, until }, PREFIX) => {
    const service = serviceInPage();
    service.answers("InitiateAuth", (body) => ({ AuthenticationResult: service.tokens(body.AuthParameters.USERNAME) }));
    const adapter = (${ADAPTER})(true);
    await (${REMEMBERED})(adapter.values, PREFIX, "me@example.com");
    const widget = complete({ "auth-flow": "USER_PASSWORD_AUTH" });
    widget.element.storageAdapter = adapter;
    for (const name of ["you@example.com", "me@example.com"]) {
      await widget.signIn(name);
      await widget.findText("h2", "You are signed in");
      await widget.element.signOut();
      await widget.field("Email");
    }
    return service.bodiesOf("InitiateAuth").map(({ AuthParameters }) => [AuthParameters.USERNAME, AuthParameters.DEVICE_KEY ?? "none"]);
  }`, PREFIX);
  assert.deepEqual(seen, [["you@example.com", "none"], ["me@example.com", "deviceKey"]]);
});

/** Stores that tell nothing of devices, as functions over the reading of one that does. */
const SILENT = {
  "never answers": "() => new Promise(() => {})",
  rejects: "() => Promise.reject(new TypeError('eyJ'))",
  throws: "() => { throw new Error('eyJ'); }",
  "is slow": "(get) => new Promise((resolve) => window.setTimeout(() => resolve(get()), 3500))",
};

test("a store that does not tell of the device in time costs its user the device, and not the sign-in", async () => {
  for (const [what, silent] of Object.entries(SILENT)) {
    const seen = await inPage(`async ({ complete, until }, PREFIX) => {
      // Time that nobody has to wait for, and so much of it as no busy machine takes.
      const { setTimeout } = window;
      window.setTimeout = (work, millis, ...more) => setTimeout(work, millis > 1000 ? millis / 5 : millis, ...more);
      console.error = () => {};
      const service = serviceInPage();
      service.answers("InitiateAuth", (body) => ({ AuthenticationResult: service.tokens(body.AuthParameters.USERNAME) }));
      const adapter = (${ADAPTER})(true);
      await (${REMEMBERED})(adapter.values, PREFIX, "me@example.com");
      const { getItem } = adapter;
      adapter.getItem = (key) => (/device/i.test(key) ? (${silent})(() => getItem(key)) : getItem(key));
      const widget = complete({ "auth-flow": "USER_PASSWORD_AUTH" });
      widget.element.storageAdapter = adapter;
      await widget.signIn("me@example.com");
      await widget.findText("h2", "You are signed in");
      const [{ AuthParameters }] = service.bodiesOf("InitiateAuth");
      const codes = () => widget.toldOf("cognito-login-error").map(({ code }) => code);
      // One that is slow is none that fails. The sign-in and the reading wait equally long, and either may be the first to give up.
      if (${what !== "is slow"}) await until("the error", () => codes().length);
      return [AuthParameters.DEVICE_KEY ?? "none", codes()];
    }`, PREFIX);
    assert.equal(seen[0], "none", what);
    assert.deepEqual(seen[1], what === "is slow" ? [] : ["storage_adapter_failed"], what);
  }
});

test("what is no adapter is told in place and by the event", async () => {
  for (const wrong of ["7", "'sessionStorage'", "{}", "{ getItem() {}, setItem() {} }"]) {
    const seen = await inPage(`async ({ complete, until }) => {
      const widget = complete();
      widget.element.storageAdapter = ${wrong};
      const alert = await widget.find("[role=alert]");
      await until("the error", () => widget.toldOf("cognito-login-error").length);
      return [alert.textContent, widget.toldOf("cognito-login-error").pop()];
    }`);
    assert.match(seen[0], /storageAdapter: this property must be an object with the functions getItem, setItem and removeItem/);
    assert.deepEqual(ofError(seen[1]).code, "configuration");
  }
});

/** Stores that do not work, as functions over one that does. */
const BROKEN = {
  "throws on reading": "(adapter) => ({ ...adapter, getItem() { throw new Error('eyJ'); } })",
  "rejects on reading": "(adapter) => ({ ...adapter, getItem: () => Promise.reject(new TypeError('eyJ')) })",
  "answers with a number": "(adapter) => ({ ...adapter, getItem: () => 7 })",
  "answers with an object": "(adapter) => ({ ...adapter, getItem: async () => ({}) })",
  "throws on writing": "(adapter) => ({ ...adapter, setItem() { throw null; } })",
  "rejects on writing": "(adapter) => ({ ...adapter, setItem: () => Promise.reject() })",
  "rejects on removing": "(adapter) => ({ ...adapter, removeItem: () => Promise.reject('eyJ') })",
};

test("a store that fails is told once an element, and the session goes on in memory", async () => {
  for (const [what, broken] of Object.entries(BROKEN)) {
    const seen = await inPage(`async ({ complete, until }, PREFIX) => {
      const service = serviceInPage();
      const complaints = [];
      console.error = (complaint) => complaints.push(complaint);
      const adapter = (${broken})((${ADAPTER})(true));
      const widgets = [complete({ storage: "session" }), complete({ storage: "session" })];
      for (const { element } of widgets) element.storageAdapter = adapter;
      await widgets[0].signIn("me@example.com");
      for (const widget of widgets) await widget.findText("h2", "You are signed in");
      const now = Date.now;
      Date.now = () => now() + 3_600_000;
      const { accessToken } = await widgets[1].element.getTokens();
      await widgets[1].element.signOut();
      await widgets[0].field("Email");
      await until("the error", () => widgets.every((widget) => widget.toldOf("cognito-login-error").length));
      return { errors: widgets.map((widget) => widget.toldOf("cognito-login-error")), complaints: complaints.length, accessToken,
        revoked: service.bodiesOf("RevokeToken").length };
    }`, PREFIX);
    for (const errors of seen.errors) {
      assert.deepEqual(errors.map(({ code, retryable }) => [code, retryable]), [["storage_adapter_failed", false]], what);
      assert.doesNotMatch(errors[0].message, /eyJ/);
    }
    assert.equal(seen.complaints, 2, what);
    assert.ok(seen.accessToken && seen.revoked === 1, what);
  }
});

test("what another library does with the store is seen before the session is used", async () => {
  const seen = await inPage(`async ({ complete }, PREFIX) => {
    const service = serviceInPage();
    const adapter = (${ADAPTER})(true);
    const widget = complete();
    widget.element.storageAdapter = adapter;
    await widget.field("Email");
    const tokens = service.tokens("me");
    adapter.values.set(PREFIX + ".LastAuthUser", "me");
    adapter.values.set(PREFIX + ".me.accessToken", tokens.AccessToken);
    adapter.values.set(PREFIX + ".me.idToken", tokens.IdToken);
    const { accessToken } = await widget.element.getTokens();
    adapter.values.clear();
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    await widget.field("Email");
    return accessToken === tokens.AccessToken;
  }`, PREFIX);
  assert.equal(seen, true);
});
