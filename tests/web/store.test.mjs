// Where a session is kept, and who else may write there: blocked and full stores, other libraries on the page, clocks that are changed.
// The service answers in the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "./stage.mjs";

const PREFIX = "CognitoIdentityServiceProvider.localclient";
const UNAVAILABLE = { code: "storage_unavailable", screen: "", retryable: false };

/** What an error event says, without its words. */
const withoutWords = ({ code, screen, retryable }) => ({ code, screen, retryable });

test("where the browser refuses its store, the session is in the page's memory, and the page is told once an element", async () => {
  for (const storage of ["session", "local"]) {
    const seen = await inPage(async ({ complete, until }, storage) => {
      Object.defineProperty(window, `${storage}Storage`, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
      serviceInPage();
      const widget = complete({ storage });
      await widget.field("Email");
      const atForm = [widget.toldOf("cognito-login-error").length, widget.count("[role=alert]")];
      const account = complete({ storage }, "cognito-account");
      await widget.signIn("me@example.com");
      await widget.findText("h2", "You are signed in");
      // Elements of one page share it.
      await until("the other's sign-in", () => account.toldOf("cognito-login-signed-in").length);
      const { accessToken } = await widget.element.getTokens();
      await widget.element.signOut();
      await widget.field("Email");
      await until("the other's sign-out", () => account.toldOf("cognito-login-signed-out").length);
      widget.set({ theme: "dark" });
      await widget.element.reset();
      const errors = [widget, account].map(({ toldOf }, at, all) => all[at].toldOf("cognito-login-error"));
      return { atForm, hasToken: Boolean(accessToken), errors };
    }, storage);
    assert.deepEqual(seen.atForm, [1, 0], "the person is not bothered");
    assert.ok(seen.hasToken);
    for (const errors of seen.errors) {
      assert.deepEqual(errors.map(withoutWords), [UNAVAILABLE]);
      assert.match(errors[0].message, /refuses its store.*memory of the page/);
    }
  }
});

test("a page that wants its memory is told nothing", async () => {
  const errors = await inPage(async ({ complete }) => {
    for (const name of ["sessionStorage", "localStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
    }
    serviceInPage();
    const widget = complete({ storage: "memory" });
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    return widget.toldOf("cognito-login-error");
  });
  assert.deepEqual(errors, []);
});

test("where the store is full, the session is in the page's memory until it ends, for all elements of the page", async () => {
  const seen = await inPage(async ({ complete, until }, PREFIX) => {
    sessionStorage.clear();
    const { setItem } = Storage.prototype;
    let room = 3;
    Storage.prototype.setItem = function (key, value) {
      if (key.startsWith("CognitoIdentity") && (room -= 1) < 0) throw new DOMException("full", "QuotaExceededError");
      return setItem.call(this, key, value);
    };
    sessionStorage.setItem(`${PREFIX}.me@example.com.deviceKey`, "device");
    room = 3;
    const service = serviceInPage();
    const widget = complete({ storage: "session" });
    const account = complete({ storage: "session" }, "cognito-account");
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    await until("the other's sign-in", () => account.toldOf("cognito-login-signed-in").length);
    const types = widget.told.map(([type]) => type);
    const left = Object.keys(sessionStorage);
    // A refresh stays where the session is.
    const now = Date.now;
    Date.now = () => now() + 3_600_000;
    const renewed = await widget.element.getTokens();
    const same = (await account.element.getTokens()).accessToken === renewed.accessToken;
    const refreshes = service.bodiesOf("GetTokensFromRefreshToken").length;
    const afterRefresh = Object.keys(sessionStorage);
    await widget.element.signOut();
    await until("the other's sign-out", () => account.toldOf("cognito-login-signed-out").length);
    Date.now = now;
    // There is room again.
    room = 100;
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    const errors = [widget.toldOf("cognito-login-error"), account.toldOf("cognito-login-error")];
    return { types, left, same, refreshes, afterRefresh, stored: sessionStorage.length, errors };
  }, PREFIX);
  const [at, signedIn] = ["cognito-login-error", "cognito-login-signed-in"].map((type) => seen.types.indexOf(type));
  assert.ok(at >= 0 && at < signedIn, `${seen.types}`);
  const device = [`${PREFIX}.me@example.com.deviceKey`];
  assert.deepEqual([seen.left, seen.afterRefresh], [device, device], "no half of a session is left, and the device is");
  assert.ok(seen.same);
  assert.equal(seen.refreshes, 1);
  assert.equal(seen.stored, 7);
  assert.deepEqual(seen.errors[0].map(withoutWords), [UNAVAILABLE]);
  assert.match(seen.errors[0][0].message, /takes no more/);
});

test("a session that lies in a full store is found all the same", async () => {
  const seen = await inPage(async ({ complete }, PREFIX) => {
    sessionStorage.clear();
    const service = serviceInPage();
    const tokens = service.tokens("me");
    sessionStorage.setItem(`${PREFIX}.LastAuthUser`, "me");
    sessionStorage.setItem(`${PREFIX}.me.accessToken`, tokens.AccessToken);
    sessionStorage.setItem(`${PREFIX}.me.idToken`, tokens.IdToken);
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    const widget = complete({ storage: "session" });
    await widget.findText("h2", "You are signed in");
    await widget.element.signOut();
    return [sessionStorage.length, widget.toldOf("cognito-login-error")];
  }, PREFIX);
  assert.deepEqual(seen, [0, []]);
});

/** Functions of the page: what another library does with the session, of which no event tells. */
const WRITE = `(PREFIX, user, tokens) => {
  sessionStorage.setItem(PREFIX + ".LastAuthUser", user);
  sessionStorage.setItem(PREFIX + "." + user + ".accessToken", tokens.AccessToken);
  sessionStorage.setItem(PREFIX + "." + user + ".idToken", tokens.IdToken);
  sessionStorage.setItem(PREFIX + "." + user + ".refreshToken", tokens.RefreshToken);
  sessionStorage.setItem(PREFIX + "." + user + ".signInDetails", JSON.stringify({ loginId: "typed", authFlowType: "USER_SRP_AUTH" }));
  sessionStorage.setItem(PREFIX + "." + user + ".clockDrift", "0");
}`;

test("what another library on the page does with the session is seen before the session is used", async () => {
  const seen = await inPage(`async ({ complete, until }, PREFIX) => {
    const write = ${WRITE};
    sessionStorage.clear();
    const service = serviceInPage();
    const widget = complete({ storage: "session" });
    await widget.field("Email");
    // It signs somebody in.
    write(PREFIX, "other", service.tokens("other"));
    const got = JSON.parse(atob((await widget.element.getTokens()).accessToken.split(".")[1])).username;
    await widget.findText("h2", "You are signed in");
    // It refreshes.
    const renewed = service.tokens("other", "second", { jti: "2" });
    write(PREFIX, "other", renewed);
    const again = (await widget.element.getTokens()).accessToken === renewed.AccessToken;
    // It signs out, and in again while the person looks at the button.
    sessionStorage.clear();
    await widget.press("Sign out");
    await widget.field("Email");
    const revoked = service.bodiesOf("RevokeToken").length;
    write(PREFIX, "third", service.tokens("third"));
    await widget.typeInto("Email", "x");
    await widget.findText("h2", "You are signed in");
    sessionStorage.clear();
    const code = await widget.element.getTokens().then(() => "tokens", (error) => error.code);
    write(PREFIX, "fourth", service.tokens("fourth"));
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    await widget.findText("h2", "You are signed in");
    const names = widget.toldOf("cognito-login-signed-in").map(({ username }) => username);
    return { got, again, revoked, code, names, reasons: widget.toldOf("cognito-login-signed-out").map(({ reason }) => reason) };
  }`, PREFIX);
  assert.deepEqual(seen, {
    got: "other",
    again: true,
    revoked: 0,
    code: "not_signed_in",
    names: ["other", "third", "fourth"],
    reasons: ["elsewhere", "elsewhere"],
  });
});

test("a refresh here keeps what another library wrote of the sign-in, and a new sign-in does not keep the way of the last", async () => {
  const seen = await inPage(`async ({ complete }, PREFIX) => {
    const write = ${WRITE};
    sessionStorage.clear();
    const service = serviceInPage();
    write(PREFIX, "me@example.com", service.tokens("me@example.com"));
    sessionStorage.setItem(PREFIX + ".me@example.com.oauthMetadata", '{"oauthSignIn":true}');
    sessionStorage.setItem(PREFIX + ".me@example.com.deviceKey", "device");
    const widget = complete({ storage: "session" });
    await widget.findText("h2", "You are signed in");
    const now = Date.now;
    Date.now = () => now() + 3_600_000;
    await widget.element.getTokens();
    Date.now = now;
    const read = (name) => sessionStorage.getItem(PREFIX + ".me@example.com." + name);
    const after = [read("refreshToken"), read("signInDetails"), read("oauthMetadata"), read("deviceKey")];
    await widget.element.signOut();
    const left = Object.keys(sessionStorage);
    sessionStorage.setItem(PREFIX + ".me@example.com.oauthMetadata", '{"oauthSignIn":true}');
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    return { after, left, details: read("signInDetails"), oauth: read("oauthMetadata") };
  }`, PREFIX);
  const details = JSON.stringify({ loginId: "typed", authFlowType: "USER_SRP_AUTH" });
  assert.deepEqual(seen.after, ["renewed refresh token of me@example.com", details, '{"oauthSignIn":true}', "device"]);
  assert.deepEqual(seen.left, [`${PREFIX}.me@example.com.deviceKey`]);
  assert.deepEqual([seen.details, seen.oauth], ['{"loginId":"me@example.com"}', null]);
});

test("a session that another tab is still writing is neither taken nor thrown away", async () => {
  const seen = await inPage(async ({ complete }, PREFIX) => {
    localStorage.clear();
    const service = serviceInPage();
    const widget = complete({ storage: "local" });
    await widget.field("Email");
    const tokens = service.tokens("me");
    // As Amplify writes them, with an event after each.
    const steps = [
      [`${PREFIX}.LastAuthUser`, "me"],
      [`${PREFIX}.me.accessToken`, tokens.AccessToken],
      [`${PREFIX}.me.idToken`, tokens.IdToken],
      [`${PREFIX}.me.refreshToken`, tokens.RefreshToken],
    ];
    const seen = [];
    for (const [key, newValue] of steps) {
      localStorage.setItem(key, newValue);
      dispatchEvent(new StorageEvent("storage", { key, newValue, oldValue: null, storageArea: localStorage }));
      await new Promise((resolve) => setTimeout(resolve));
      seen.push([widget.toldOf("cognito-login-signed-in").map(({ username }) => username).join(), Object.keys(localStorage).length]);
    }
    const now = Date.now;
    Date.now = () => now() + 3_600_000;
    await widget.element.getTokens();
    return { seen, used: service.bodiesOf("GetTokensFromRefreshToken")[0].RefreshToken };
  }, PREFIX);
  assert.deepEqual(seen.seen, [["", 1], ["", 2], ["me", 3], ["me", 4]]);
  assert.equal(seen.used, "first refresh token of me");
});

test("a tab that refreshed second, and finds the session of the first, takes that and ends nothing", async () => {
  const seen = await inPage(async ({ complete, until }, PREFIX) => {
    sessionStorage.clear();
    const service = serviceInPage();
    const session = { origin_jti: "one session" };
    service.answers("RespondToAuthChallenge", () => ({ AuthenticationResult: service.tokens("me@example.com", "first", session) }));
    const widget = complete({ storage: "session" });
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    service.answers("GetTokensFromRefreshToken", () => ({
      AuthenticationResult: service.tokens("me@example.com", "mine", { ...session, jti: "mine" }),
    }));
    const release = service.holds("GetTokensFromRefreshToken");
    const now = Date.now;
    Date.now = () => now() + 3_600_000;
    const tokens = widget.element.getTokens();
    await until("the refresh", () => service.bodiesOf("GetTokensFromRefreshToken").length);
    const others = service.tokens("me@example.com", "others", { ...session, jti: "others" });
    sessionStorage.setItem(`${PREFIX}.me@example.com.accessToken`, others.AccessToken);
    sessionStorage.setItem(`${PREFIX}.me@example.com.refreshToken`, others.RefreshToken);
    release();
    await tokens;
    const { accessToken } = await widget.element.getTokens();
    return [accessToken === others.AccessToken, service.bodiesOf("RevokeToken"), widget.count("button")];
  }, PREFIX);
  assert.deepEqual(seen, [true, [], 1]);
});

test("whoever sets the clock back does not make tokens live longer, and is told when they end by that clock", async () => {
  const seen = await inPage(async ({ complete }) => {
    sessionStorage.clear();
    const service = serviceInPage();
    const widget = complete({ storage: "session" });
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    const before = await widget.element.getTokens();
    const [wall, passed] = [Date.now, performance.now];
    // The clock was two hours ahead of the time, and is put right.
    const back = 7_200_000;
    Date.now = () => wall() - back;
    const after = await widget.element.getTokens();
    const shift = before.expiresAt - after.expiresAt;
    // An hour passes.
    Date.now = () => wall() - back + 3_600_000;
    performance.now = () => passed.call(performance) + 3_600_000;
    await widget.element.getTokens();
    const refreshes = service.bodiesOf("GetTokensFromRefreshToken").length;
    // The computer sleeps, and the browser does not count.
    Date.now = () => wall() - back + 7_200_000;
    await widget.element.getTokens();
    return [Math.abs(shift - back) < 5000, refreshes, service.bodiesOf("GetTokensFromRefreshToken").length];
  });
  assert.deepEqual(seen, [true, 1, 1]);
});

test("a computer that slept finds its tokens old", async () => {
  const refreshes = await inPage(async ({ complete }) => {
    sessionStorage.clear();
    const service = serviceInPage();
    const widget = complete({ storage: "session" });
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    const wall = Date.now;
    Date.now = () => wall() + 3_600_000;
    await widget.element.getTokens();
    return service.bodiesOf("GetTokensFromRefreshToken").length;
  });
  assert.equal(refreshes, 1);
});

test("tokens out of the future were kept before the clock was set back, and are refreshed", async () => {
  const refreshes = await inPage(`async ({ complete }, PREFIX) => {
    const write = ${WRITE};
    sessionStorage.clear();
    const service = serviceInPage();
    const ahead = Math.floor(Date.now() / 1000) + 7200;
    write(PREFIX, "me@example.com", service.tokens("me@example.com", "first", { iat: ahead, exp: ahead + 3600 }));
    const widget = complete({ storage: "session" });
    await widget.findText("h2", "You are signed in");
    return service.bodiesOf("GetTokensFromRefreshToken").length;
  }`, PREFIX);
  assert.equal(refreshes, 1);
});

test("without Web Locks the elements and tabs take turns by a lease, of which nothing is left", async () => {
  for (const storage of ["session", "memory"]) {
    const seen = await inPage(async ({ complete, until }, storage) => {
      Object.defineProperty(navigator, "locks", { value: undefined });
      for (const store of [sessionStorage, localStorage]) store.clear();
      const service = serviceInPage();
      const widgets = [complete({ storage }), complete({ storage })];
      await widgets[0].signIn("me@example.com");
      for (const widget of widgets) await widget.findText("h2", "You are signed in");
      const release = service.holds("GetTokensFromRefreshToken");
      const now = Date.now;
      Date.now = () => now() + 3_600_000;
      const asked = widgets.map(({ element }) => element.getTokens());
      await until("the refresh", () => service.bodiesOf("GetTokensFromRefreshToken").length);
      const held = Object.keys(localStorage);
      release();
      const [one, other] = await Promise.all(asked);
      await until("the end of the lease", () => localStorage.length === 0);
      return [held, one.accessToken === other.accessToken, service.bodiesOf("GetTokensFromRefreshToken").length];
    }, storage);
    const lease = storage === "memory" ? [] : [`cognito-login.lease.${PREFIX}.refresh`];
    assert.deepEqual(seen, [lease, true, 1]);
  }
});
