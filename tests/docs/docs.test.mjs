// The documentation as people meet it: every page in light and dark, wide and as narrow as a small telephone, and where its links lead.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "../browser/browser.mjs";
import { startPool } from "../browser/pool.mjs";
import { has, pages, serveDocs } from "./site.mjs";

/** CSS pixels; the narrow one is what WCAG 2.2 asks for in "Reflow". */
const WIDTHS = [1280, 320];

/** What WebDriver sends for keys. */
const ENTER = "\uE007";
const DOWN = "\uE015";

let pool;
let site;
const browsers = new Map();

before(async () => {
  pool = await startPool();
  site = await serveDocs({ pool: pool.url });
  for (const width of WIDTHS) browsers.set(width, await openBrowser({ width }));
});

after(async () => {
  for (const browser of browsers.values()) await browser.close();
  site?.close();
  pool?.stop();
});

/** What pages have and ask for, by their names. */
const seen = new Map();

test("a page", { concurrency: WIDTHS.length }, async (t) => {
  assert.ok(pages.length > 20, `${pages}`);
  await Promise.all(WIDTHS.map((width) => t.test(`${width} px wide`, (t) => inTurns(t, width))));
});

async function inTurns(t, width) {
  for (const page of pages) await t.test(page, () => holds(page, width));
}

async function holds(page, width) {
  const browser = browsers.get(width);
  for (const scheme of ["light", "dark"]) {
    await prefer(browser, scheme);
    await browser.open(`${site.url}/${page}`);
    const found = await browser.run(look, scheme === "dark");
    seen.set(page, found);
    const where = `${page}, ${width} px, ${scheme}`;
    assert.deepEqual(found.problems, [], where);
    assert.deepEqual(found.violations, [], `${where}: axe-core`);
    assert.deepEqual(found.overflows, [], `${where}: wider than ${width} px`);
    assert.deepEqual(found.elsewhere, [], `${where}: asked of others`);
    assert.equal(found.isDark, scheme === "dark", where);
  }
}

const prefer = (browser, value) =>
  browser.command("POST", "/goog/cdp/execute", {
    cmd: "Emulation.setEmulatedMedia",
    params: { features: [{ name: "prefers-color-scheme", value }] },
  });

/** Runs in the page. */
async function look(coloursAlone) {
  const isPlayground = document.querySelector("#playground") !== null;
  // The first of its words is that the element is there.
  while (isPlayground && !document.querySelector("#events li")) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const details of document.querySelectorAll("details")) details.open = true;
  await import("/axe.js");
  const ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const runOnly = coloursAlone ? { type: "rule", values: ["color-contrast"] } : ALL;
  const { violations } = await axe.run(document, { runOnly, preload: false, resultTypes: ["violations"] });
  const width = document.documentElement.clientWidth;
  const { scrollWidth } = document.scrollingElement;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  return {
    problems: window.problems,
    violations: violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id} ${node.target}: ${node.failureSummary}`)),
    overflows: scrollWidth > width ? [`the page is ${scrollWidth} px wide`] : [],
    elsewhere: loaded.filter((url) => !url.startsWith(`${location.origin}/`)),
    isDark: getComputedStyle(document.body).color.match(/\d+/)[0] > 127,
    ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
    links: [...document.querySelectorAll("article a, .menu a, .top a, .sections a, .neighbours a")].map((link) => link.getAttribute("href")),
  };
}

test("each link within the site leads to what is there", async () => {
  assert.equal(seen.size, pages.length);
  const dead = [];
  for (const [page, { links }] of seen) {
    for (const link of links.filter((link) => !/^https?:/.test(link))) {
      const [path, anchor] = link.split("#");
      const target = path || page;
      const isThere = anchor ? seen.get(target)?.ids.includes(decodeURIComponent(anchor)) : await has(target);
      if (!isThere) dead.push(`${page}: ${link}`);
    }
  }
  assert.deepEqual(dead, []);
});

test("each page is in the menu of each other", () => {
  for (const [page, { links }] of seen) {
    assert.deepEqual(pages.filter((other) => !links.includes(other)), [], page);
  }
});

async function press(browser, keys) {
  const actions = [...keys].flatMap((value) => [
    { type: "keyDown", value },
    { type: "keyUp", value },
  ]);
  await browser.command("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
}

test("an error's code is found by keyboard alone", async () => {
  const browser = browsers.get(1280);
  await browser.open(`${site.url}/index.html`);
  await press(browser, "/flow_not_allowed");
  const titles = await browser.run(async () => {
    const options = () => [...document.querySelectorAll("#found [role=option]")];
    while (options().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    return options().map((option) => option.querySelector("b").textContent);
  });
  assert.deepEqual(titles.slice(0, 2), ["flow_not_allowed", "flow_not_allowed"], `${titles}`);
  await press(browser, DOWN);
  const active = await browser.run(async () => document.querySelector("#search").getAttribute("aria-activedescendant"));
  assert.equal(active, "found-1");
  await press(browser, ENTER);
  const there = await browser.run(async () => {
    while (!document.querySelector(":target")) await new Promise((resolve) => setTimeout(resolve, 5));
    const { top } = document.querySelector(":target").getBoundingClientRect();
    return { path: location.pathname, hash: location.hash, isInSight: top >= 0 && top < innerHeight };
  });
  assert.match(there.path, /^\/(errors|troubleshooting)\.html$/);
  assert.deepEqual([there.hash, there.isInSight], ["#flow_not_allowed", true]);
});

test("a search for nothing says so", async () => {
  const browser = browsers.get(1280);
  await browser.open(`${site.url}/index.html`);
  await press(browser, "/qqqq");
  const told = await browser.run(async () => {
    const none = document.querySelector("#found-none");
    while (none.hidden) await new Promise((resolve) => setTimeout(resolve, 5));
    return none.textContent;
  });
  assert.equal(told, "Nothing has these words.");
});

test("the menu opens on a narrow page, and closes by Escape", async () => {
  const browser = browsers.get(320);
  await browser.open(`${site.url}/errors.html`);
  const isOpen = () => browser.run(async () => document.querySelector("#menu a").checkVisibility());
  assert.equal(await isOpen(), false);
  await browser.run(async () => document.querySelector(".open-menu").focus());
  await press(browser, ENTER);
  assert.equal(await isOpen(), true);
  await press(browser, "\uE00C");
  assert.equal(await isOpen(), false);
});

test("the playground's form is the element's attributes and the markup", async () => {
  const browser = browsers.get(1280);
  await browser.open(`${site.url}/playground.html`);
  const made = await browser.run(async () => {
    const set = (name, value) => {
      const field = document.querySelector(`form [name=${name}]`);
      field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    };
    set("sign-up", "off");
    set("totp-issuer", 'Tide & "Water"');
    set("lang", "de");
    set("username", "");
    const element = document.querySelector("#stage > cognito-login");
    await element.ready;
    while (!element.shadowRoot.querySelector("h2")) await new Promise((resolve) => setTimeout(resolve, 5));
    const attributes = element.getAttributeNames().map((name) => [name, element.getAttribute(name)]);
    return { attributes, markup: document.querySelector("#markup").textContent };
  });
  const { attributes, markup } = made;
  const endpoint = `${pool.url}/`;
  const expected = {
    "user-pool-id": "us-east-1_LocalPool",
    "client-id": "localclient000000000000000",
    endpoint,
    lang: "de",
    "totp-issuer": 'Tide & "Water"',
    "sign-up": "off",
  };
  assert.deepEqual(Object.fromEntries(attributes), expected);
  // In the form's order; the element has them in the order in which they were set.
  const lines = markup.split("\n");
  assert.deepEqual(lines.slice(0, 3), ['<script type="module" src="cognito-login.js"></script>', "", "<cognito-login"]);
  assert.deepEqual(lines.slice(3, -1), [
    '  user-pool-id="us-east-1_LocalPool"',
    '  client-id="localclient000000000000000"',
    `  endpoint="${endpoint}"`,
    '  sign-up="off"',
    '  lang="de"',
    '  totp-issuer="Tide &amp; &quot;Water&quot;"',
  ]);
  assert.equal(lines.at(-1), "></cognito-login>");
});

test("in the playground people sign in, and another element finds their session", async () => {
  const browser = browsers.get(1280);
  await browser.open(`${site.url}/playground.html`);
  const told = await browser.run(async () => {
    const events = () => [...document.querySelectorAll("#events li")].map((item) => item.textContent);
    const until = async (is) => {
      while (!is()) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const person = document.querySelector("#person");
    const one = [...person.options].findIndex(({ dataset }) => dataset.authFlow === "CUSTOM_AUTH");
    person.selectedIndex = one;
    person.dispatchEvent(new Event("change", { bubbles: true }));
    const markup = document.querySelector("#markup").textContent;
    person.selectedIndex = 0;
    person.dispatchEvent(new Event("change", { bubbles: true }));
    const { shadowRoot } = document.querySelector("#stage > cognito-login");
    await until(() => shadowRoot.querySelector("input[type=password]"));
    const password = shadowRoot.querySelector("input[type=password]");
    password.value = "Local-pool-1!";
    password.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    password.form.requestSubmit();
    const signedIn = () => events().filter((text) => text.startsWith("cognito-login-signed-in")).length;
    await until(() => signedIn() === 1);
    // Another element finds the session of the first, and tells the page as after a sign-in.
    const shadow = document.querySelector("form [name=shadow]");
    shadow.value = "none";
    shadow.dispatchEvent(new Event("change", { bubbles: true }));
    await until(() => signedIn() === 2);
    return { markup, events: events(), problems: window.problems };
  });
  assert.match(told.markup, /auth-flow="CUSTOM_AUTH"/);
  assert.ok(told.events.some((text) => text.includes("srp@example.com")), `${told.events}`);
  assert.deepEqual(told.problems, []);
});
