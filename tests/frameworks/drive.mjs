// A person on the page of a project. All pages have the same buttons, and greet whoever has signed in by what the back end says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./folders.mjs";

/** Of the local pool (crates/local-pool/src/seed.rs). */
export const PERSON = { username: "srp@example.com", password: "Local-pool-1!" };

const GERMAN = JSON.parse(readFileSync(join(root, "src/i18n/texts/de.json"), "utf8"));

/** What a browser needs for [`complaints`]. */
export const LOGGING = { "goog:loggingPrefs": { browser: "ALL" } };

/** What the browser holds against a page: failed requests, a policy that was violated, errors that nobody caught. */
export async function complaints(browser) {
  const entries = await browser.command("POST", "/se/log", { type: "browser" });
  return entries.filter(({ level }) => level === "SEVERE").map(({ message }) => message);
}

/** Runs a function in the page; where it fails, the browser's complaints are told too. */
export async function run(browser, work, ...args) {
  try {
    return await browser.run(work, ...args);
  } catch (error) {
    throw new Error([error.message, ...(await complaints(browser))].join("\n"));
  }
}

/** Goes through all that a page must be able to do. `heading` is what the page calls the sign-in in English. */
export async function drive(browser, url, { heading = "Sign in", hasProperties = false } = {}) {
  await browser.open(url);
  const seen = await run(browser, visit, { ...PERSON, heading, german: GERMAN["sign-in.heading"] });
  assert.ok(seen.files.length > 0, "no file was loaded for German");
  assert.match(seen.greeting, /^Hello, srp@example\.com \(.+\)$/);
  assert.equal(seen.tokenParts, 3);
  if (hasProperties) assert.deepEqual(seen.clientMetadata, { campaign: "spring" });
  assert.equal(seen.gone, true);
  assert.equal(seen.again, "signed-in");
  assert.deepEqual(await complaints(browser), []);
}

/** Runs in the page. */
async function visit({ username, password, heading, german }) {
  const until = async (what, condition) => {
    const end = Date.now() + 30_000;
    for (;;) {
      const found = condition();
      if (found) return found;
      if (Date.now() > end) throw new Error(`in vain: ${what}; the page has ${document.body.innerText} ${login()?.shadowRoot?.textContent}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const login = () => document.querySelector("cognito-login");
  const find = (selector) => login()?.shadowRoot?.querySelector(selector);
  const scripts = () => performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.includes(".js"));
  const headed = (text) => until(text, () => find("h2")?.textContent.trim() === text);

  await until("an element", login);
  await login().ready;
  await headed(heading);
  const before = scripts();
  document.querySelector("#german").click();
  await headed(german);
  const files = scripts().filter((name) => !before.includes(name));

  const { clientMetadata } = login();
  for (const [name, value] of Object.entries({ username, password })) {
    const input = find(`input[name=${name}]`);
    input.value = value;
    input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }
  find("[type=submit]").click();
  const greeting = await until("a greeting", () => document.querySelector("output").textContent);
  const { idToken } = await login().getTokens();

  document.querySelector("#toggle").click();
  const gone = await until("removal", () => !login());
  document.querySelector("#toggle").click();
  await until("an element again", login);
  const again = await until("its screen", () => find("section")?.dataset.screen);
  return { files, clientMetadata, greeting, tokenParts: idToken.split(".").length, gone, again };
}
