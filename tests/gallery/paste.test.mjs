// Ctrl+C and Ctrl+V, key by key, into every field of every screen in which people write. Needs `dist/`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openSite } from "../browser/opened.mjs";
import { serveGallery } from "./site.mjs";
import { groups } from "./states.mjs";

/** The key as WebDriver calls it. */
const CONTROL = "\uE009";

/** Where states differ in their fields. The first of every screen is looked at as well. */
const MORE = ["sign-in-phone", "sign-up-attributes"];

/** What is pasted by the field's name, and what stands in the field then. Whoever copies a code takes what is around it along. */
const PASTED = {
  username: ["ann@example.com", "ann@example.com"],
  email: ["ann@example.com", "ann@example.com"],
  password: [" Tide 水 – water! ", " Tide 水 – water! "],
  "new-password": [" Tide 水 – water! ", " Tide 水 – water! "],
  code: [" 493 8-17\n", "493817"],
  phone_number: ["+44 20 7946-0018", "+44 20 7946-0018"],
  answer: [" forty-two ", " forty-two "],
  name: ["Ann Ōta", "Ann Ōta"],
  "custom:team": ["North-East", "North-East"],
};

/** Where people choose, not write. */
const CHOSEN = ["radio", "date"];

const opened = openSite(serveGallery);

async function press(key) {
  const strokes = [["keyDown", CONTROL], ["keyDown", key], ["keyUp", key], ["keyUp", CONTROL]];
  const actions = strokes.map(([type, value]) => ({ type, value }));
  await opened.browser.command("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
}

/** Opens a state, and returns the names of the fields in which people write. */
async function open(state) {
  await opened.browser.open(`${opened.site.url}/gallery/state.html?state=${state}&lang=en&theme=light`);
  return opened.browser.run(async (chosen) => {
    const { dataset } = document.documentElement;
    while (dataset.state !== "ready") await new Promise((resolve) => setTimeout(resolve, 5));
    const { shadowRoot } = document.querySelector("cognito-login, cognito-account");
    const fields = [...shadowRoot.querySelectorAll("input:not([hidden])")];
    return fields.filter(({ type }) => !chosen.includes(type)).map(({ name }) => name);
  }, CHOSEN);
}

/** Copies a text as from another place on the page, and leaves the focus in the field of that name. */
async function copy(text, name) {
  await opened.browser.run(async (text) => {
    const source = document.body.appendChild(document.createElement("textarea"));
    source.value = text;
    source.select();
  }, text);
  await press("c");
  await opened.browser.run(async (name) => {
    document.querySelector("body > textarea").remove();
    document.querySelector("cognito-login, cognito-account").shadowRoot.querySelector(`input[name="${name}"]`).focus();
  }, name);
}

const value = (name) =>
  opened.browser.run(async (name) => {
    const { shadowRoot } = document.querySelector("cognito-login, cognito-account");
    return shadowRoot.querySelector(`input[name="${name}"]`).value;
  }, name);

test("whatever is pasted by the keyboard arrives, in every field of every screen", async () => {
  const met = new Set();
  for (const state of [...groups.map(({ states: [{ id }] }) => id), ...MORE]) {
    for (const name of await open(state)) {
      const where = `${name} in ${state}`;
      assert.ok(PASTED[name], `what is to be pasted into ${where}?`);
      const [text, shown] = PASTED[name];
      await copy(text, name);
      await press("v");
      assert.equal(await value(name), shown, where);
      met.add(name);
    }
  }
  assert.deepEqual([...met].sort(), Object.keys(PASTED).sort());
});
