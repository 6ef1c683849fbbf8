// The browser and the page of the tests in this folder. The page is a new one for each test.
import { readFileSync } from "node:fs";
import { openSite } from "../browser/opened.mjs";
import { NOBODY, serve, strictPolicy } from "../browser/site.mjs";

const manifest = JSON.parse(readFileSync(new URL("../../dist/custom-elements.json", import.meta.url), "utf8"));
const declarations = manifest.modules.flatMap((module) => module.declarations);
const events = [...new Set(declarations.flatMap((one) => one.events ?? []).map((event) => event.name))];

const scripts = ["page.js", "service.js", "turns.js"].map((name) => [name, new URL(name, import.meta.url)]);
const opened = openSite(() => serve(() => ({ csp: strictPolicy(NOBODY) }), Object.fromEntries(scripts)));

/** Opens the page and runs an async function in it, with what page.js gives to tests; returns what it resolves to. */
export async function inPage(work, ...args) {
  await opened.browser.open(`${opened.site.url}/`);
  return opened.browser.run(`async (endpoint, events, ...args) => {
    await customElements.whenDefined("cognito-login");
    return (${work})(testing(endpoint, events), ...args);
  }`, NOBODY, events, ...args);
}

/** The detail of an error event as far as these tests know the service: nobody has answered. */
export function ofError({ code, message, screen, retryable }) {
  return { code, message, screen, retryable };
}
