// The manners of the elements as the package ships them, in a headless browser: loading, moving, upgrading, failing.
// Signing in is for the end-to-end tests.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { without } from "../browser/browsers.mjs";
import { openSite } from "../browser/opened.mjs";
import { NOBODY, serve, strictPolicy } from "../browser/site.mjs";

const STRICT = strictPolicy();

/** The lines that the package's README shows, for its own folder. */
const PRELOADS = readFileSync(new URL("../../npm/README.md", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => /^<link rel="(modulepreload|preload)"/.test(line))
  .map((line) => line.replace("/login/", ""))
  .join("\n");

/** The files that the server has not, and what the language files wait for. */
let missing;
let held;
/** The files that it was asked for. */
let asked = [];

const opened = openSite(() =>
  serve((path) => {
    asked.push(path.split("/").at(-1));
    if (path.startsWith("/no-wasm/")) return { csp: STRICT.replace("'wasm-unsafe-eval'", "") };
    if (path.startsWith("/wrong-type/")) return { csp: STRICT, wasmType: "application/octet-stream" };
    const head = path === "/preloaded/" ? PRELOADS : "";
    return { csp: STRICT, missing, held: path.includes("/lang/") ? held : undefined, head };
  }),
);

beforeEach(() => {
  missing = undefined;
  held = undefined;
  asked = [];
});

/** Opens a page and runs a function in it, with `add(attributes, tag, parent)` for a new element. */
async function inPage(path, work, ...args) {
  await opened.browser.open(opened.site.url + path);
  return opened.browser.run(`async (endpoint, ...args) => {
    const add = (attributes = {}, tag = "cognito-login", parent = document.body) => {
      const element = document.createElement(tag);
      const all = { "user-pool-id": "us-east-1_LocalPool", "client-id": "localclient", endpoint };
      for (const [name, value] of Object.entries({ ...all, ...attributes })) element.setAttribute(name, value);
      parent.append(element);
      return element;
    };
    const text = (element) => (element.shadowRoot ?? element).querySelector("[part~=container]").textContent;
    const until = async (holds) => {
      while (!holds()) await new Promise(requestAnimationFrame);
      return true;
    };
    await customElements.whenDefined("cognito-login");
    return (${work})({ add, text, until }, ...args);
  }`, NOBODY, ...args);
}

test("a strict Content-Security-Policy with Trusted Types lets the element through", async () => {
  const seen = await inPage("/", async ({ add }) => {
    const violations = [];
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
    const element = add();
    await element.ready;
    await new Promise((resolve) => setTimeout(resolve, 100));
    const parts = [...element.shadowRoot.children].map((one) => one.getAttribute("part") ?? one.name);
    return { violations, parts, inputs: element.shadowRoot.querySelectorAll("input").length };
  });
  assert.deepEqual(seen.violations, []);
  assert.deepEqual(seen.parts, ["header", "container", "footer"]);
  assert.ok(seen.inputs >= 2);
});

test("what the page put into the slot `loading` is seen until the widget is there", async () => {
  const [before, after] = await inPage("/", async ({ add }) => {
    const element = add();
    const slots = () => [...element.shadowRoot.children].flatMap((one) => (one.localName === "slot" ? [one.name] : []));
    const before = slots();
    await element.ready;
    return [before, slots()];
  });
  assert.deepEqual(before, ["header", "loading", "footer"]);
  assert.deepEqual(after, ["header", "footer"]);
});

test("what the documentation says to preload is fetched once, before the script asks for it", { skip: without("preloads") }, async () => {
  const seen = await inPage("/preloaded/", async ({ add }) => {
    await add().ready;
    const entries = performance.getEntriesByType("resource").toSorted((one, other) => one.startTime - other.startTime);
    return entries.find(({ name }) => name.endsWith(".wasm")).initiatorType;
  });
  assert.notEqual(seen, "fetch");
  // As the server saw it: some browsers also tell of what the script had from the line.
  const files = asked.filter((name) => /\.(js|wasm)$/.test(name)).sort();
  assert.deepEqual(files, ["cognito-login.js", "cognito-login_bg.wasm", "program.js"]);
});

test("any number of elements load the WebAssembly once", async () => {
  const loads = await inPage("/", async ({ add }) => {
    await Promise.all([add().ready, add({ "user-pool-id": "eu-west-1_Other" }).ready, add({}, "cognito-account").ready]);
    return performance.getEntriesByType("resource").filter((entry) => entry.name.endsWith(".wasm")).length;
  });
  assert.equal(loads, 1);
});

test("an element that is moved keeps what was typed", async () => {
  const typed = await inPage("/", async ({ add }) => {
    const element = add();
    await element.ready;
    const input = element.shadowRoot.querySelector("input");
    input.value = "me@example.com";
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    const dialog = document.body.appendChild(document.createElement("dialog"));
    dialog.append(element);
    await new Promise(requestAnimationFrame);
    return element.shadowRoot.querySelector("input").value;
  });
  assert.equal(typed, "me@example.com");
});

test("an element that is removed stops, and starts afresh when it comes back", async () => {
  const [gone, back] = await inPage("/", async ({ add, text }) => {
    const element = add();
    await element.ready;
    element.remove();
    await new Promise(requestAnimationFrame);
    const gone = element.shadowRoot.textContent;
    document.body.append(element);
    await element.ready;
    return [gone, text(element)];
  });
  assert.equal(gone, "");
  assert.notEqual(back, "");
});

test("properties set before the class was there count", async () => {
  await opened.browser.open(`${opened.site.url}/`);
  const seen = await opened.browser.run(async () => {
    // A document without the script: what is made there is not upgraded before it is adopted.
    const element = document.implementation.createHTMLDocument().createElement("cognito-login");
    element.userPoolId = "us-east-1_Early";
    element.messages = { early: "yes" };
    document.body.append(element);
    await customElements.whenDefined("cognito-login");
    customElements.upgrade(element);
    return [element.getAttribute("user-pool-id"), element.messages.early, Object.hasOwn(element, "userPoolId")];
  });
  assert.deepEqual(seen, ["us-east-1_Early", "yes", false]);
});

test("every attribute has a property that reflects it both ways", async () => {
  const wrong = await inPage("/", async () => {
    const element = document.createElement("cognito-login");
    return element.constructor.observedAttributes.filter((name) => {
      const property = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
      element[property] = "x";
      const there = name === "nonce" ? element.nonce : element.getAttribute(name);
      element.setAttribute(name, "y");
      return there !== "x" || element[property] !== "y";
    });
  });
  assert.deepEqual(wrong, []);
});

test("null and undefined take an attribute away", async () => {
  const left = await inPage("/", async ({ add }) => {
    const element = add({ username: "a", theme: "dark" });
    element.username = undefined;
    element.theme = null;
    return [element.hasAttribute("username"), element.hasAttribute("theme")];
  });
  assert.deepEqual(left, [false, false]);
});

test("the language is the element's own, else the nearest, and follows a page that changes it", async () => {
  const seen = await inPage("/", async ({ add, text, until }) => {
    const outer = document.body.appendChild(document.createElement("section"));
    const inside = outer.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
    const far = add({}, "cognito-login", inside);
    const own = add({ lang: "ja" });
    await Promise.all([far.ready, own.ready]);
    await until(() => text(own).includes("サインイン"));
    const before = text(far).includes("サインイン");
    outer.lang = "ja";
    await until(() => text(far).includes("サインイン"));
    return before;
  });
  assert.equal(seen, false);
});

test("where the document names no language, the first of the browser's that the screens speak", async () => {
  const heading = await inPage("/", async ({ add, text, until }) => {
    document.documentElement.removeAttribute("lang");
    Object.defineProperty(navigator, "languages", { value: ["sv-SE", "ja-JP", "en"] });
    const element = add();
    await element.ready;
    await until(() => text(element).includes("サインイン"));
    return element.shadowRoot.querySelector("h2").textContent;
  });
  assert.equal(heading, "サインイン");
});

test("a language is loaded once a page, where it is spoken, and before the first screen is painted", async () => {
  const seen = await inPage("/", async ({ add, text }) => {
    const files = () => performance.getEntriesByType("resource").filter((entry) => entry.name.includes("/lang/"));
    await add().ready;
    const inEnglish = files().length;
    const painted = [];
    const both = [add({ lang: "ja" }), add({ lang: "ja-JP" }, "cognito-account")];
    for (const element of both) {
      const look = () => painted.push(text(element));
      new MutationObserver(look).observe(element.shadowRoot, { subtree: true, childList: true, characterData: true });
    }
    await Promise.all(both.map((element) => element.ready));
    return [inEnglish, files().map((entry) => new URL(entry.name).pathname), painted.filter((one) => /[a-z]{3}/i.test(one))];
  });
  assert.deepEqual(seen, [0, ["/lang/ja.js"], []]);
});

test("where a language cannot be loaded it is English, and the page's author is told", async () => {
  missing = /ja\.js$/;
  const seen = await inPage("/", async ({ add, until }) => {
    const events = [];
    document.addEventListener("cognito-login-error", (event) => events.push(event.detail));
    const element = add({ lang: "ja" });
    await element.ready;
    await until(() => events.length > 0);
    const heading = element.shadowRoot.querySelector("h2");
    return { events, heading: heading.textContent, lang: heading.closest("[lang]").lang };
  });
  const [{ message, ...detail }, ...more] = seen.events;
  assert.deepEqual(detail, { code: "language_failed", screen: "", retryable: true });
  assert.match(message, /language ja.*lang\/ja\.js/);
  assert.deepEqual([more, seen.heading, seen.lang], [[], "Sign in", "en"]);
});

test("a language that could not be loaded is tried again by the next element", { skip: without("importsAgain") }, async () => {
  missing = /ja\.js$/;
  await inPage("/", async ({ add }) => add({ lang: "ja" }).ready);
  missing = undefined;
  const heading = await opened.browser.run(async () => {
    const element = document.querySelector("cognito-login").cloneNode();
    document.body.append(element);
    await element.ready;
    return element.shadowRoot.querySelector("h2").textContent;
  });
  assert.equal(heading, "サインイン");
});

test("where the calling codes cannot be loaded, phone numbers are typed with +", async () => {
  missing = /calling-codes\.js$/;
  const without = await inPage("/", async ({ add, until }) => {
    const [warnings, errors] = [[], []];
    console.warn = (warning) => warnings.push(warning);
    document.addEventListener("cognito-login-error", (event) => errors.push(event.detail));
    const element = add({ "username-kind": "phone" });
    await element.ready;
    await until(() => warnings.length > 0);
    const input = element.shadowRoot.querySelector("input[type=tel]");
    input.value = "+1 415 555 0100";
    await new Promise(requestAnimationFrame);
    return { hidden: element.shadowRoot.querySelector("select").hidden, typed: input.value, warnings, errors };
  });
  const [warning, ...more] = without.warnings;
  assert.match(warning, /with \+ alone.*calling-codes\.js/);
  assert.deepEqual({ ...without, warnings: more }, { hidden: true, typed: "+1 415 555 0100", warnings: [], errors: [] });
});

test("calling codes that could not be loaded are tried again by the next field", { skip: without("importsAgain") }, async () => {
  missing = /calling-codes\.js$/;
  await inPage("/", async ({ add, until }) => {
    const warnings = [];
    console.warn = (warning) => warnings.push(warning);
    add({ "username-kind": "phone" });
    await until(() => warnings.length > 0);
  });
  missing = undefined;
  const shown = await opened.browser.run(async () => {
    const element = document.querySelector("cognito-login");
    await element.show("forgot-password");
    while (!element.shadowRoot.querySelector("select:not([hidden], :empty)")) await new Promise(requestAnimationFrame);
    return true;
  });
  assert.equal(shown, true);
});

test("while a language is on its way, what else changes is shown in the one before", async () => {
  let release;
  held = new Promise((resolve) => (release = resolve));
  const before = await inPage("/", async ({ add, text, until }) => {
    const element = (window.element = add());
    await element.ready;
    element.lang = "ja";
    element.theme = "dark";
    await until(() => element.shadowRoot.querySelector("[data-theme=dark]"));
    return text(element).includes("Sign in");
  });
  assert.equal(before, true);
  release();
  const after = await opened.browser.run(async () => {
    const heading = () => window.element.shadowRoot.querySelector("h2").textContent;
    while (heading() !== "サインイン") await new Promise(requestAnimationFrame);
    return window.element.shadowRoot.querySelector("[data-theme=dark] h2").textContent;
  });
  assert.equal(after, "サインイン");
});

test("the page's own texts replace ours, in every language or in one, and may change at any time", async () => {
  const seen = await inPage("/", async ({ add, until }) => {
    const element = add();
    const heading = () => element.shadowRoot.querySelector("h2").textContent;
    element.messages = { "sign-in.heading": "Welcome" };
    await element.ready;
    const first = heading();
    element.messages = { "sign-in.heading": "Hello", ja: { "sign-in.heading": "ようこそ" }, "en-GB": { "sign-in.heading": "Hullo" } };
    await until(() => heading() === "Hello");
    element.lang = "en-GB";
    await until(() => heading() === "Hullo");
    element.lang = "ja";
    await until(() => heading() === "ようこそ");
    const submit = element.shadowRoot.querySelector("button[type=submit]").textContent;
    element.messages = undefined;
    await until(() => heading() === "サインイン");
    return [first, submit];
  });
  assert.deepEqual(seen, ["Welcome", "サインイン"]);
});

test("a page may bring a language that is not in the package", async () => {
  const seen = await inPage("/", async ({ add }) => {
    const element = add({ lang: "nl-BE" });
    element.messages = { nl: { "sign-in.heading": "Inloggen" }, ja: { "sign-in.submit": "入る" } };
    await element.ready;
    return ["h2", "button[type=submit]"].map((selector) => element.shadowRoot.querySelector(selector).textContent);
  });
  assert.deepEqual(seen, ["Inloggen", "Sign in"]);
});

test("where nothing could be loaded the person is told in the page's language, or in its words", async () => {
  const alerts = await inPage("/no-wasm/", async ({ add }) => {
    const elements = [add({ lang: "ja" }), add({ lang: "ja" }), add({ lang: "sv" })];
    elements[1].messages = { "load-failed": "Down", ja: { "load-failed": "休止中" } };
    await Promise.allSettled(elements.map((element) => element.ready));
    return elements.map((element) => element.shadowRoot.querySelector("[role=alert]").textContent);
  });
  const [japanese, own, english] = alerts;
  assert.match(japanese, /読み込めませんでした/);
  assert.equal(own, "休止中");
  assert.match(english, /could not be loaded/);
});

test("the light DOM on request", async () => {
  const seen = await inPage("/", async ({ add }) => {
    const element = add({ shadow: "none" });
    await element.ready;
    return [element.shadowRoot === null, element.querySelectorAll("[part~=container] input").length >= 2];
  });
  assert.deepEqual(seen, [true, true]);
});

test("methods wait for the widget", async () => {
  const outcome = await inPage("/", async ({ add }) => {
    const element = add();
    // Nobody is signed in, so this rejects; but not because something is undefined.
    const tokens = await element.getTokens().then(() => "tokens", (error) => String(error?.name ?? error));
    await element.reset();
    return tokens;
  });
  assert.notEqual(outcome, "tokens");
  assert.notEqual(outcome, "TypeError");
});

test("a screen that cannot be shown is refused with a reason", async () => {
  const refusals = await inPage("/", async ({ add }) => {
    const element = add();
    const code = (error) => [error instanceof Error, error.code];
    const refusals = [];
    for (const screen of ["totp-setup", "no-such-screen"]) refusals.push(await element.show(screen).then(() => "shown", code));
    await element.show("sign-in");
    return refusals;
  });
  assert.deepEqual(refusals, [[true, "screen_unavailable"], [true, "screen_unknown"]]);
});

test("a wrong media type of the WebAssembly costs time and nothing else", async () => {
  const inputs = await inPage("/wrong-type/", async ({ add }) => {
    const element = add();
    await element.ready;
    return element.shadowRoot.querySelectorAll("input").length;
  });
  assert.ok(inputs >= 2);
});

test("a policy without 'wasm-unsafe-eval' is told to the page, to its author and to the person", async () => {
  const seen = await inPage("/no-wasm/", async ({ add }) => {
    const events = [];
    document.addEventListener("cognito-login-error", (event) => events.push(event.detail));
    const element = add();
    const reason = await element.ready.catch((error) => error.message);
    return { events, reason, alert: element.shadowRoot.querySelector("[role=alert]").textContent };
  });
  assert.match(seen.reason, /wasm-unsafe-eval/);
  assert.match(seen.alert, /could not be loaded/);
  const [{ message, ...detail }, ...more] = seen.events;
  assert.deepEqual(detail, { code: "load_failed", screen: "", retryable: true });
  assert.equal(message, seen.reason);
  assert.deepEqual(more, []);
});

test("an element that could not load tries again when it is connected again", async () => {
  missing = /\.wasm$/;
  const failed = await inPage("/", async ({ add }) => {
    window.element = add();
    return window.element.ready.then(() => "", (error) => error.message);
  });
  assert.match(failed, /cognito-login_bg\.wasm/);
  missing = undefined;
  const alerts = await opened.browser.run(async () => {
    const { element } = window;
    element.remove();
    document.body.append(element);
    await element.ready;
    return [...element.shadowRoot.children].filter((one) => one.role === "alert").length;
  });
  assert.equal(alerts, 0);
});
