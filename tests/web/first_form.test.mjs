// The form that is there before the WebAssembly is: what it looks like, what it takes, and how it is taken over.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { without } from "../browser/browsers.mjs";
import { openSite } from "../browser/opened.mjs";
import { NOBODY, serve, strictPolicy } from "../browser/site.mjs";

const CLIENT = "localclient";

/** What the WebAssembly waits for, and what lets it go. */
let held;
/** What the server has not. @type {RegExp | undefined} */
let missing;
let letGo = () => {};

const opened = openSite(() =>
  serve((path) => ({ csp: strictPolicy(NOBODY), held: path.endsWith(".wasm") ? held : undefined, missing }), {
    "form_page.js": new URL("form_page.js", import.meta.url),
  }),
);

afterEach(() => {
  letGo();
  missing = undefined;
});

/** Opens a page whose WebAssembly waits. */
async function openHeld(path = "/") {
  held = new Promise((resolve) => (letGo = resolve));
  await opened.browser.open(opened.site.url + path);
}

/** Runs a function in the page; the page's own are in `page`, see form_page.js. */
function inPage(work, ...args) {
  return opened.browser.run(`async (...args) => {
    await customElements.whenDefined("cognito-login");
    return (${work})(window.page, ...args);
  }`, ...args);
}

/** Lets the WebAssembly go and waits until it has drawn. */
async function takeOver() {
  letGo();
  await inPage((page) => page.element.ready);
}

function devtools(method, params) {
  return opened.browser.command("POST", "/goog/cdp/execute", { cmd: method, params });
}

/** Each attribute's values one after the other, with the others as they are by default. */
const CONFIGURATIONS = [
  {},
  { "username-kind": "phone" },
  { "username-kind": "username", username: "me" },
  { "sign-up": "off" },
  { "auth-flow": "USER_AUTH" },
  { "auth-flow": "USER_AUTH", "preferred-challenge": "PASSWORD_SRP", "sign-up": "off" },
  { "auth-flow": "CUSTOM_AUTH", theme: "dark", lang: "ja" },
  { "auth-flow": "USER_AUTH", lang: "ar-EG" },
  { "oauth-domain": "login.example.com", "oauth-providers": "Google SignInWithApple MyCompany", "username-kind": "username" },
  { shadow: "none", "auth-flow": "USER_AUTH", "username-kind": "phone", "oauth-domain": "login.example.com", "oauth-providers": "Google" },
];

test("the form is drawn as the WebAssembly draws it, whatever the page chooses, and no node of it is another afterwards", async () => {
  for (const attributes of CONFIGURATIONS) {
    await openHeld();
    const before = await inPage((page, attributes) => page.beginInTime(attributes), attributes);
    assert.ok(before.includes("<input"), JSON.stringify(attributes));
    await takeOver();
    const seen = await inPage((page) => ({ now: page.markup(), areSame: page.areSameNodes() }));
    assert.equal(seen.now, before);
    assert.ok(seen.areSame, JSON.stringify(attributes));
  }
});

test("what is typed, the focus and the selection stay, and nothing on the page moves", async () => {
  await openHeld();
  await inPage((page) => {
    page.begin({ "username-kind": "username" });
    page.type("username", "somebody");
    page.input("username").setSelectionRange(2, 5, "backward");
    page.type("password", "a secret");
    page.input("username").focus();
  });
  await takeOver();
  const seen = await inPage(async (page) => {
    const { selectionStart, selectionEnd, selectionDirection, value } = page.input("username");
    await page.painted();
    const hasFocus = page.focused() === page.input("username");
    return { selectionStart, selectionEnd, selectionDirection, value, hasFocus, password: page.input("password").value, shifts: page.shifts() };
  });
  const selection = { selectionStart: 2, selectionEnd: 5, selectionDirection: "backward" };
  assert.deepEqual(seen, { ...selection, value: "somebody", hasFocus: true, password: "a secret", shifts: 0 });
});

test("nothing on the page moves either where the countries come beside a phone number", { skip: without("layoutShifts") }, async () => {
  await openHeld();
  await inPage((page) => {
    page.begin({ "username-kind": "phone" });
    page.input("username").focus();
  });
  await takeOver();
  const shifts = await inPage(async (page) => {
    await page.until(() => page.container().querySelector("select.country")?.options.length > 200);
    await page.painted();
    return page.shifts();
  });
  assert.equal(shifts, 0);
});

test("the countries stay where the place of an element that has left is taken", async () => {
  await openHeld();
  await inPage((page) => page.begin({ "username-kind": "phone" }));
  await takeOver();
  const seen = await inPage(async (page) => {
    const countries = () => page.container().querySelector("select.country:not([hidden], :empty)")?.options.length > 200;
    await page.until(countries);
    page.element.remove();
    await page.settled();
    page.begin({ "username-kind": "phone" });
    await page.element.ready;
    await page.painted();
    return [countries(), page.areSameNodes()];
  });
  assert.deepEqual(seen, [true, true]);
});

test("what an input method is composing is not cut off", { skip: without("devtools") }, async () => {
  await openHeld();
  await inPage((page) => {
    page.begin({ "username-kind": "username" });
    page.input("username").focus();
    page.count("compositionend");
  });
  await devtools("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
  await takeOver();
  assert.deepEqual(await inPage((page) => [page.input("username").value, page.counted()]), ["にほ", 0]);
  await devtools("Input.insertText", { text: "日本" });
  assert.deepEqual(await inPage((page) => [page.input("username").value, page.counted()]), ["日本", 1]);
});

test("a submit before the WebAssembly is there waits, is seen to wait, and goes through once", async () => {
  await openHeld();
  const waiting = await inPage((page) => {
    page.begin({});
    page.type("username", "me@example.com");
    page.type("password", "a secret");
    for (let times = 0; times < 3; times += 1) page.submit();
    return { busy: page.busy(), requests: page.requests() };
  });
  assert.deepEqual(waiting, { busy: ["SECTION", "BUTTON"], requests: 0 });
  await takeOver();
  const busy = await inPage(async (page) => {
    await page.until(() => page.requests() > 0);
    return page.busy();
  });
  assert.deepEqual(busy, ["SECTION", "BUTTON"]);
  await inPage((page) => page.settled());
  assert.equal(await inPage((page) => page.requests()), 1);
});

test("a button that was pressed before leads where it leads, with the name that was typed", async () => {
  await openHeld();
  await inPage((page) => {
    page.begin({});
    page.type("username", "me@example.com");
    page.press("Forgot your password?");
  });
  await takeOver();
  // The name is filled in when the screen is drawn, a moment after its form is there.
  const name = await inPage(async (page) => {
    await page.until(() => page.screen() === "forgot-password" && page.input("username").value);
    return page.input("username").value;
  });
  assert.equal(name, "me@example.com");
});

test("the password is shown at once, and stays so", async () => {
  await openHeld();
  const at_once = await inPage((page) => {
    page.begin({});
    page.press("Show password");
    return page.input("password").type;
  });
  assert.equal(at_once, "text");
  await takeOver();
  const after = await inPage(async (page) => {
    await page.until(() => page.button("Show password").getAttribute("aria-pressed") === "true");
    return page.input("password").type;
  });
  assert.equal(after, "text");
});

test("a password that a password manager fills in where the name alone is asked for is seen", async () => {
  await openHeld();
  await inPage((page) => {
    page.begin({ "auth-flow": "USER_AUTH" });
    page.type("password", "a secret");
  });
  await takeOver();
  assert.ok(await inPage((page) => page.until(() => !page.input("password").parentElement.hasAttribute("aria-hidden"))));
});

test("where the name alone is asked for, no password is displayed, and what is beneath its field can be pressed", async () => {
  await openHeld();
  await inPage((page) => page.begin({ "auth-flow": "USER_AUTH", shadow: "none" }));
  const isDisplayed = async (selector) => {
    const [found] = await opened.browser.command("POST", "/elements", { using: "css selector", value: selector });
    return opened.browser.command("GET", `/element/${Object.values(found)[0]}/displayed`);
  };
  const look = async () => ({
    shown: await Promise.all(["[name=username]", "[name=password]", "label[for$=-password]"].map(isDisplayed)),
    pressed: await inPage((page) => {
      const { left, top, width, height } = page.input("password").getBoundingClientRect();
      return page.input("password").contains(document.elementFromPoint(left + width / 2, top + height / 2));
    }),
  });
  const wanted = { shown: [true, false, false], pressed: false };
  assert.deepEqual(await look(), wanted);
  await takeOver();
  assert.deepEqual(await look(), wanted);
});

test("where somebody else has changed the form, the WebAssembly draws its own and what was typed stays", async () => {
  await openHeld();
  await inPage((page) => {
    page.begin({});
    page.type("username", "me@example.com");
    page.input("password").after(document.createElement("span"));
    page.input("username").focus();
  });
  await takeOver();
  const seen = await inPage((page) => {
    const inputs = page.container().querySelectorAll("input").length;
    return { inputs, name: page.input("username").value, hasFocus: page.focused() === page.input("username"), spans: page.markup().includes("span") };
  });
  assert.deepEqual(seen, { inputs: 2, name: "me@example.com", hasFocus: true, spans: false });
});

test("nothing of the form is left where the WebAssembly draws something else", async () => {
  await openHeld();
  await inPage((page) => page.begin({ "user-pool-id": "nonsense" }));
  await takeOver();
  const seen = await inPage((page) => [page.markup().includes("data-screen"), page.container().querySelectorAll("section").length]);
  assert.deepEqual(seen, [false, 1]);
});

test("the form is not painted beside what the WebAssembly draws instead, however slow the machine is", async () => {
  await openHeld();
  await inPage((page) => {
    page.begin({ "user-pool-id": "nonsense" });
    // By this clock every step takes so long that the browser gets a turn after it.
    let now = Date.now();
    Date.now = () => (now += 1000);
    window.drawn = [];
    const look = () => window.drawn.push(page.container().querySelectorAll("form, [role=alert]").length);
    new MutationObserver(look).observe(page.container(), { childList: true, subtree: true });
  });
  await takeOver();
  const drawn = await inPage(async (page) => {
    await page.settled();
    return window.drawn;
  });
  assert.deepEqual([...new Set(drawn)], [1]);
});

test("the form of an element in the place of one that has left is taken over as well", async () => {
  await openHeld();
  await inPage((page) => page.begin({}));
  await takeOver();
  const seen = await inPage(async (page) => {
    page.element.remove();
    await page.settled();
    const before = await page.beginInTime({ lang: "ja" });
    await page.element.ready;
    await page.settled();
    page.type("username", "me@example.com");
    page.type("password", "a secret");
    page.submit();
    await page.until(() => page.requests() > 0);
    return { isSame: page.areSameNodes(), had: before.includes("サインイン"), inputs: page.container().querySelectorAll("input").length };
  });
  assert.deepEqual(seen, { isSame: true, had: true, inputs: 2 });
});

test("another language is not preceded by English, and one that does not come is English at last", async () => {
  await openHeld();
  const seen = await inPage(async (page) => {
    const shown = [page.begin({ lang: "de-AT" })];
    await page.until(() => page.input("username"));
    const heading = () => page.container().querySelector("h2").textContent;
    shown.push(heading());
    // The form stays until the next words are there.
    page.element.lang = "ko";
    for (let turn = 0; turn < 5; turn += 1) await new Promise(queueMicrotask);
    shown.push(heading());
    await page.until(() => page.container().firstChild.lang === "ko");
    return [...shown, heading()];
  });
  assert.deepEqual(seen, ["", "Anmelden", "Anmelden", "로그인"]);

  missing = /fr\.js$/;
  await openHeld();
  await inPage((page) => page.begin({ lang: "fr" }));
  await takeOver();
  const heading = await inPage((page) => page.container().querySelector("h2").textContent);
  assert.equal(heading, "Sign in");
});

test("there is no form first where something is kept, where another screen comes first, or in the account", async () => {
  const keys = [
    ["sessionStorage", `CognitoIdentityServiceProvider.${CLIENT}.LastAuthUser`, {}],
    ["localStorage", `CognitoIdentityServiceProvider.${CLIENT}.LastAuthUser`, { storage: "local" }],
    ["sessionStorage", `cognito-login.challenge.${CLIENT}.1`, {}],
    ["sessionStorage", "nothing", { screen: "sign-up" }],
    ["sessionStorage", "nothing", { "client-id": "" }],
    ["sessionStorage", "nothing", {}, "cognito-account"],
  ];
  for (const [store, key, attributes, tag = "cognito-login"] of keys) {
    await openHeld();
    const [markup, loading] = await inPage(async (page, store, key, attributes, tag) => {
      window[store].setItem(key, "somebody");
      const markup = page.begin(attributes, tag);
      window[store].removeItem(key);
      return [markup, page.element.shadowRoot.querySelector("slot[name=loading]").hidden];
    }, store, key, attributes, tag);
    assert.deepEqual([markup, loading], ["", false], `${key} ${JSON.stringify(attributes)}`);
  }
});

test("a form that nobody has touched follows the page, and one that somebody has does not go", async () => {
  await openHeld();
  const seen = await inPage(async (page) => {
    page.begin({});
    page.element.setAttribute("username-kind", "phone");
    await page.settled();
    const type = page.input("username").type;
    page.type("username", "090");
    page.element.setAttribute("username-kind", "email");
    await page.settled();
    return [type, page.input("username").type, page.input("username").value];
  });
  assert.deepEqual(seen, ["tel", "tel", "090"]);
  await takeOver();
  assert.deepEqual(await inPage((page) => [page.input("username").type, page.input("username").value]), ["email", "090"]);
});

test("the page's own words and the prefilled name are in it", async () => {
  await openHeld();
  const seen = await inPage(async (page) => {
    const messages = { "sign-in.heading": "Welcome", ja: { "sign-in.submit": "入る" } };
    await page.beginInTime({ lang: "ja", username: "me@example.com" }, "cognito-login", { messages });
    return [page.container().querySelector("h2").textContent, page.button("入る").type, page.input("username").value];
  });
  assert.deepEqual(seen, ["Welcome", "submit", "me@example.com"]);
});
