// The field of a code: one input, which looks like boxes where the code has six digits. Needs `dist/`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openSite } from "../browser/opened.mjs";
import { serveGallery } from "./site.mjs";

const opened = openSite(serveGallery, { width: 320 });

const devtools = (cmd, params = {}) => opened.browser.command("POST", "/goog/cdp/execute", { cmd, params });

/** What is typed, dictated or filled in comes at once. */
const insert = (text) => devtools("Input.insertText", { text });

/** Opens a state with the focus in the empty field. */
async function open(state, lang = "en") {
  await opened.browser.open(`${opened.site.url}/gallery/state.html?state=${state}&lang=${lang}&theme=light`);
  await opened.browser.run(async () => {
    const { dataset } = document.documentElement;
    while (dataset.state !== "ready") await new Promise((resolve) => setTimeout(resolve, 5));
    document.querySelector("cognito-login").shadowRoot.querySelector("input.code").focus();
  });
}

/** What is in the field, whether there are boxes behind it, and how far it is scrolled. */
const look = () =>
  opened.browser.run(async () => {
    const { shadowRoot } = document.querySelector("cognito-login");
    const input = shadowRoot.querySelector("input.code");
    const { backgroundImage, direction } = getComputedStyle(input);
    const isBoxed = backgroundImage !== "none";
    const fields = shadowRoot.querySelectorAll("input.code").length;
    return { value: input.value, isBoxed, ...(isBoxed && { direction }), scrolled: input.scrollLeft, fields };
  });

const boxed = (value) => ({ value, isBoxed: true, direction: "ltr", scrolled: 0, fields: 1 });

const plain = (value) => ({ value, isBoxed: false, scrolled: 0, fields: 1 });

test("six boxes hold six digits, from left to right in every language, with an error too", async () => {
  for (const [state, lang] of [["totp-code", "en"], ["totp-code-wrong", "ar"], ["totp-setup", "ja"], ["email-code", "en"]]) {
    await open(state, lang);
    assert.deepEqual(await look(), boxed(""), state);
    for (const [at, digit] of [..."493817"].entries()) {
      await insert(digit);
      assert.deepEqual(await look(), boxed("493817".slice(0, at + 1)), state);
    }
  }
});

test("a digit with the space after it is as wide as a box, and there are six boxes", async () => {
  await open("totp-code");
  const { stops, background, advance } = await opened.browser.run(async () => {
    const style = getComputedStyle(document.querySelector("cognito-login").shadowRoot.querySelector("input.code"));
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.font = `${style.fontSize} ${style.fontFamily}`;
    return {
      stops: [...style.backgroundImage.matchAll(/([\d.]+)px/g)].map(([, px]) => Number(px)),
      background: parseFloat(style.backgroundSize),
      advance: canvas.measureText("0").width + parseFloat(style.letterSpacing),
    };
  });
  // The gradient is repeated from its first stop to its last.
  const box = stops.at(-1) - stops[0];
  assert.equal(stops[0], 0);
  assert.ok(Math.abs(background - 6 * box) < 0.5, `${background} px for six boxes of ${box} px`);
  assert.ok(Math.abs(advance - box) < 0.5, `${advance} px for a digit, ${box} px for a box`);
});

test("what comes at once is shown as it is read: spaces and dashes go, and wide digits become narrow", async () => {
  for (const typed of ["493 817", "493-817", " 4 9 3 8 1 7\u00a0", "４９３８１７", "４９３ー８１７"]) {
    await open("totp-code");
    await insert(typed);
    assert.deepEqual(await look(), boxed("493817"), typed);
  }
});

test("what is no code of six digits is shown without boxes, and nothing of it is lost", async () => {
  await open("email-code");
  for (const typed of ["49381726", "A1B2C3"]) {
    await insert(typed);
    assert.deepEqual(await look(), plain(typed));
    await opened.browser.run(async () => document.querySelector("cognito-login").shadowRoot.querySelector("input.code").select());
  }
});

test("a code whose length nobody knows has no boxes", async () => {
  for (const state of ["email-code-factor", "sms-code", "confirm-sign-up", "reset-password"]) {
    await open(state);
    await insert("49381726");
    assert.deepEqual(await look(), plain("49381726"), state);
  }
});

test("what an input method composes is its own, and becomes narrow with the next key", async () => {
  await open("totp-code");
  await devtools("Input.imeSetComposition", { text: "４９", selectionStart: 2, selectionEnd: 2 });
  assert.equal((await look()).value, "４９");
  await insert("４９３８１");
  assert.deepEqual(await look(), plain("４９３８１"));
  await insert("7");
  assert.deepEqual(await look(), boxed("493817"));
});
