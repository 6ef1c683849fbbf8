// Every state of the gallery, as people meet it who see it in other colours, larger, without motion or not at all, and as password
// managers do. Needs `dist/`.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "../browser/browser.mjs";
import * as look from "./access/look.mjs";
import { isWriting, readSections, section, writeSections } from "./access/snapshots.mjs";
import { linesOf } from "./access/tree.mjs";
import { serveGallery } from "./site.mjs";
import { groups } from "./states.mjs";

/** CSS pixels: a window of 1280 at a zoom of 400 % (1.4.10). */
const WIDTH = 320;

const BROWSERS = 2;

/** Notices that are about what is in a field. */
const ABOUT_FIELD = /^(name|password|new_password|code|answer|attribute)_missing$|^(name|email|phone_number)_invalid$|^wrong_|^code_(expired|used)$|^username_exists$|^invalid_password$/;

const CHANGED = (name) => `tests/gallery/snapshots/${name}.txt has another tree; SNAPSHOTS=write writes it anew, to be read`;

let site;
const free = [];

before(async () => {
  site = await serveGallery();
  for (let number = 0; number < BROWSERS; number++) free.push(await openBrowser({ width: WIDTH }));
});

after(async () => {
  for (const browser of free) await browser.close();
  site?.close();
});

test("a screen", { concurrency: BROWSERS }, async (t) => {
  await Promise.all(groups.map((group) => t.test(group.name, (t) => holds(t, group))));
});

async function holds(t, { name, states }) {
  const browser = free.pop();
  try {
    const kept = await readSections(name);
    const found = new Map();
    const earlier = new Map();
    for (const state of states) {
      await t.test(state.id, async () => {
        const lines = await open(browser, state);
        found.set(state.id, section(lines, earlier));
        earlier.set(state.id, lines);
        if (!isWriting) assert.equal(found.get(state.id), kept.get(state.id), CHANGED(name));
        await holdsFor(browser, state);
      });
    }
    if (isWriting) await writeSections(name, found);
    else assert.deepEqual([...kept.keys()], [...found.keys()], CHANGED(name));
  } finally {
    free.push(browser);
  }
}

/** Opens a state, and returns what a screen reader has of it. */
async function open(browser, state) {
  await devtools(browser, "Emulation.setEmulatedMedia");
  await browser.open(`${site.url}/gallery/state.html?state=${state.id}&lang=en&theme=light`);
  const shown = await browser.run(async () => {
    const { dataset } = document.documentElement;
    while (!["ready", "failed"].includes(dataset.state)) await new Promise((resolve) => setTimeout(resolve, 5));
    // The countries come in a file of their own.
    const { shadowRoot } = document.querySelector("cognito-login, cognito-account");
    const country = shadowRoot.querySelector("select:not([hidden])");
    while (country && !country.length) await new Promise((resolve) => setTimeout(resolve, 5));
    return dataset.state;
  });
  assert.equal(shown, "ready");
  return linesOf((await devtools(browser, "Accessibility.getFullAXTree")).nodes);
}

async function holdsFor(browser, state) {
  const isAboutField = ABOUT_FIELD.test(state.notice ?? "");
  assert.deepEqual(await browser.run(look.form), [], "form");
  assert.deepEqual(await browser.run(look.targets), [], "targets");
  assert.deepEqual(await browser.run(look.errors, isAboutField), [], "errors");
  assert.deepEqual(await browser.run(look.spacing), [], "text spacing");
  await media(browser, "forced-colors", "active");
  assert.deepEqual(await browser.run(look.forcedColours), [], "forced colours");
  await media(browser, "prefers-reduced-motion", "reduce");
  assert.deepEqual(await browser.run(look.motion), [], "reduced motion");
}

const devtools = (browser, cmd, params = {}) => browser.command("POST", "/goog/cdp/execute", { cmd, params });

const media = (browser, name, value) => devtools(browser, "Emulation.setEmulatedMedia", { features: [{ name, value }] });
