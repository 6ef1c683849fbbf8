// The brands of the demo page and the tables of its theme builder, read as files.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { contrast, faint } from "../../demo/contrast.js";
import { readLook, writeLook } from "../../demo/look.js";
import { texts } from "../../demo/texts.js";
import { FONTS, TOKENS } from "../../demo/tokens.js";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");

const brands = readdirSync(new URL("demo/brands/", root))
  .filter((name) => name.endsWith(".css"))
  .map((name) => name.replace(".css", ""));

const look = (name) => {
  const declared = Object.fromEntries([...read(`demo/brands/${name}.css`).matchAll(/(--[\w-]+): ([^;]+);/g)].map(([, ...pair]) => pair));
  return readLook((property) => declared[property] ?? "");
};

test("the page offers each brand that there is, with words of its own", () => {
  const offered = [...read("index.html").matchAll(/<option value="(\w+)">\w+</g)].map(([, name]) => name);
  assert.deepEqual(brands, offered.filter((name) => !["auto", "light", "dark"].includes(name)).sort());
  for (const [lang, words] of Object.entries(texts)) assert.deepEqual(Object.keys(words.brands).sort(), brands, lang);
});

for (const name of brands) {
  test(`${name} is custom properties of the documentation and nothing else`, () => {
    const css = read(`demo/brands/${name}.css`).replace(/^\/\*.*?\*\/\n/, "");
    // Whatever else stood in the file, or another property, would be lost on this way.
    assert.equal(writeLook(look(name)), css);
  });

  test(`${name} keeps the contrast of WCAG 2.2 AA in light and in dark`, () => {
    assert.deepEqual(faint(look(name)), []);
  });

  test(`${name} has a font that the theme builder offers`, () => {
    assert.ok(Object.values(FONTS).includes(look(name).font));
  });
}

test("the builder has each documented custom property, in the order of the documentation", () => {
  const { modules } = JSON.parse(read("npm/custom-elements.json"));
  const [{ cssProperties }] = modules.flatMap(({ declarations }) => declarations ?? []).filter(({ cssProperties }) => cssProperties);
  assert.deepEqual(TOKENS.map(({ name }) => `--cognito-login-${name}`), cssProperties.map(({ name }) => name));
  for (const [lang, { tokens, fonts }] of Object.entries(texts)) {
    assert.deepEqual(Object.keys(tokens), TOKENS.map(({ name }) => name), lang);
    assert.deepEqual(Object.keys(fonts), Object.keys(FONTS), lang);
  }
});

test("the builder begins with the widget's own values", () => {
  const css = read("style/tokens.css") + read("style/notices.css");
  for (const { name, kind, value } of TOKENS) {
    if (kind === "colour") {
      const [light, ...dark] = [...css.matchAll(new RegExp(`--own-${name}: (#\\w+);`, "g"))].map(([, found]) => found);
      assert.deepEqual([light, ...dark], [value.light, value.dark, value.dark], name);
    } else assert.ok(css.includes(`var(--cognito-login-${name}, ${value});`), name);
  }
  assert.deepEqual(faint(readLook(() => "")), [], "contrast");
});

test("a look without changes says nothing, and a colour for both schemes is said once", () => {
  const own = readLook(() => "");
  assert.equal(writeLook(own), "cognito-login,\ncognito-account {\n}\n");
  const changed = { ...own, primary: { light: "#123456", dark: "#123456" }, radius: "0rem" };
  assert.equal(
    writeLook(changed),
    "cognito-login,\ncognito-account {\n  --cognito-login-primary: #123456;\n  --cognito-login-radius: 0rem;\n}\n",
  );
});

test("contrast is that of WCAG", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  // The grey that is known to be just enough for text on white, and the next one.
  assert.ok(contrast("#767676", "#ffffff") >= 4.5);
  assert.ok(contrast("#ffffff", "#777777") < 4.5);
  const { muted, surface } = readLook(() => "");
  const [found] = faint({ ...readLook(() => ""), muted: { ...muted, dark: surface.dark } });
  assert.deepEqual([found.front, found.back, found.scheme, found.found], ["muted", "surface", "dark", 1]);
});
