// The application in Yew, with the back end in Rust: the crate's own component, without the elements.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser } from "../browser/browser.mjs";
import { startPool } from "../browser/pool.mjs";
import { strictPolicy } from "../browser/site.mjs";
import { startAxum } from "./axum.mjs";
import { complaints, LOGGING, PERSON, run } from "./drive.mjs";
import { sources } from "./projects.mjs";
import { serve } from "./site.mjs";

let pool, backEnd, browser, site;

/** Serves a folder with the application, and what the back end in Rust answers. */
const serveWith = (folder) => serve({ folders: [folder, process.env.YEW_APP], csp: strictPolicy(pool.url), me });

/** Hands a request over to the back end. */
async function me({ headers: { authorization } }, response) {
  const answer = await fetch(`${backEnd.url}api/me`, { headers: { authorization } });
  response.writeHead(answer.status).end(await answer.text());
}

before(async () => {
  if (!process.env.YEW_APP) throw new Error("YEW_APP names the folder with the application; `cargo xtask test frameworks` sets it");
  pool = await startPool();
  backEnd = await startAxum({ ISSUER: `${pool.url}/us-east-1_LocalPool` });
  site = await serveWith(sources("yew", pool.url, "examples/yew"));
  browser = await openBrowser({ width: 320, capabilities: LOGGING });
});

after(async () => {
  await browser?.close();
  site?.close();
  backEnd?.close();
  pool?.stop();
});

test("people sign in, are still signed in after a reload, and sign out", async () => {
  await browser.open(site.url);
  const seen = await run(browser, signIn, PERSON);
  assert.equal(seen.before, "Welcome");
  assert.equal(seen.wrong, "Incorrect email or password.");
  assert.equal(seen.greeting, "Hello, srp@example.com");
  // The component has its looks, and nothing is wider than a phone.
  assert.equal(seen.radius, "10px");
  assert.equal(seen.overflow, 0);
  await browser.open(site.url);
  assert.deepEqual(await run(browser, signOut), { greeting: "Hello, srp@example.com", after: "Welcome", stored: 0 });
  assert.deepEqual((await complaints(browser)).filter((message) => !message.includes("status of 400")), []);
});

test("what is wrong with the settings stands in the component's place", async () => {
  const folder = sources("yew", pool.url, "examples/yew");
  const wrong = await serveWith(folder);
  try {
    const page = join(folder, "index.html");
    writeFileSync(page, readFileSync(page, "utf8").replace("us-east-1_LocalPool", "LocalPool"));
    await browser.open(wrong.url);
    assert.match(await run(browser, alert), /user-pool-id: "LocalPool" is not a user pool id/);
  } finally {
    wrong.close();
  }
});

/** Runs in the page, like those below. */
async function signIn({ username, password }) {
  const until = async (what, condition) => {
    for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
      const found = condition();
      if (found) return found;
    }
    throw new Error(`in vain: ${what}; the page has ${document.body.innerText}`);
  };
  const text = (selector) => document.querySelector(selector)?.textContent;
  const submit = (values) => {
    for (const [name, value] of Object.entries(values)) {
      const input = document.querySelector(`input[name=${name}]`);
      input.value = value;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    document.querySelector("[type=submit]").click();
  };
  await until("a form", () => document.querySelector("input[name=password]"));
  const before = text("h1");
  const radius = getComputedStyle(document.querySelector("input[name=password]")).borderRadius;
  const overflow = document.documentElement.scrollWidth - innerWidth;
  submit({ username, password: "not this one" });
  const wrong = await until("a refusal", () => text("[role=alert]"));
  submit({ username, password });
  const greeting = await until("a greeting", () => text("h1").startsWith("Hello") && text("h1"));
  return { before, radius, overflow, wrong, greeting };
}

async function signOut() {
  const until = async (what, condition) => {
    for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
      const found = condition();
      if (found) return found;
    }
    throw new Error(`in vain: ${what}; the page has ${document.body.innerText}`);
  };
  const heading = () => document.querySelector("h1")?.textContent;
  await until("a greeting", () => heading()?.startsWith("Hello"));
  const greeting = heading();
  const button = await until("a button", () => [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Sign out"));
  button.click();
  await until("the form", () => document.querySelector("input[name=password]"));
  return { greeting, after: heading(), stored: sessionStorage.length };
}

async function alert() {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const alert = document.querySelector("[role=alert]")?.textContent;
    if (alert) return alert;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`in vain: an alert; the page has ${document.body.innerText}`);
}
