// Chromium's own password manager, switched on, by what it counts. Without a window nobody can press its "Save", so that what is seen is
// what comes before: it finds the form and asks its store for it, and knows the user name by its token, not by a guess. Needs `dist/`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chosen } from "../browser/browsers.mjs";
import { openSite } from "../browser/opened.mjs";
import { serveGallery } from "./site.mjs";

/** Of `PasswordManager.UsernameDetectionMethod`: by the attribute `autocomplete`. */
const BY_TOKEN = 3;

const PATIENCE = 20_000;

const capabilities = chosen().capabilities();
capabilities["goog:chromeOptions"].prefs = { credentials_enable_service: true, profile: { password_manager_enabled: true } };
const opened = openSite(serveGallery, { capabilities });

const devtools = (cmd, params = {}) => opened.browser.command("POST", "/goog/cdp/execute", { cmd, params });

/** How often something was counted since the browser began, by what it was. */
async function counted(name) {
  const { histograms } = await devtools("Browser.getHistograms", { query: `PasswordManager.${name}` });
  const found = histograms.find((histogram) => histogram.name === `PasswordManager.${name}`);
  return new Map(found?.buckets.map(({ low, count }) => [low, count]));
}

/** Waits until something was counted more often than that. */
async function countedMore(name, bucket, than) {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const found = await counted(name);
    if ((found.get(bucket) ?? 0) > than) return found;
    assert.ok(performance.now() < end, `waited in vain for ${name}: ${JSON.stringify([...found])}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Puts the focus into a field that can be seen, and returns whether there is one. */
const focused = (name) =>
  opened.browser.run(async (name) => {
    const { dataset } = document.documentElement;
    while (dataset.state !== "ready") await new Promise((resolve) => setTimeout(resolve, 5));
    const element = document.querySelector("cognito-login, cognito-account");
    const input = (element.shadowRoot ?? element).querySelector(`input[name="${name}"]:not([hidden])`);
    input?.focus();
    return Boolean(input);
  }, name);

const FORMS = [
  ["sign-in", "password"],
  ["sign-up", "password"],
  ["reset-password", "new-password"],
  ["new-password", "new-password"],
  ["change-password", "new-password"],
];

for (const [state, password, shadow] of ["open", "none"].flatMap((shadow) => FORMS.map((form) => [...form, shadow]))) {
  test(`the form of ${state} is one that it knows, where shadow is ${shadow}`, async () => {
    const before = (await counted("UsernameDetectionMethod")).get(BY_TOKEN) ?? 0;
    await opened.browser.open(`${opened.site.url}/gallery/state.html?state=${state}&lang=en&theme=light&shadow=${shadow}`);
    if (await focused("username")) await devtools("Input.insertText", { text: "me@example.com" });
    await focused(password);
    await devtools("Input.insertText", { text: "Tidewater 2026!" });
    const found = await countedMore("UsernameDetectionMethod", BY_TOKEN, before);
    assert.deepEqual([...found.keys()], [BY_TOKEN], "a user name that it had to guess, or found none");
    assert.ok((await counted("PasswordStoreBackend.FillMatchingLoginsAsync.Success")).get(1) > 0, "it asked its store");
  });
}
