// What the element observes and what is written about it, in three places, must not drift apart.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { ATTRIBUTES, CognitoAccountElement, CognitoLoginElement, PROPERTIES } from "../../src/element/element.js";

const read = (path) => readFileSync(new URL(`../../npm/${path}`, import.meta.url), "utf8");
const types = read("cognito-login.d.ts");
const readme = read("README.md");
const classes = JSON.parse(read("custom-elements.json")).modules.flatMap((module) => module.declarations);
const camelCase = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
// HTMLElement brings these two.
const own = ATTRIBUTES.filter((name) => name !== "lang" && name !== "nonce");

/** What matches a pattern's only group, in order. */
const all = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);

const interfaceOf = (name) => types.match(new RegExp(`export interface ${name} {\n([^]*?)\n}`))[1];

test("the manifest has both elements, with every attribute and property", () => {
  assert.deepEqual(classes.map((one) => one.tagName), ["cognito-login", "cognito-account"]);
  for (const one of classes) {
    assert.deepEqual(one.attributes.map((attribute) => attribute.name), ATTRIBUTES);
    const fields = one.members.filter((member) => member.kind === "field").map((member) => member.name);
    assert.deepEqual(fields, [...ATTRIBUTES.map(camelCase), ...PROPERTIES, "ready"]);
  }
});

test("the manifest has every public method", () => {
  const inherited = Object.getOwnPropertyNames(Object.getPrototypeOf(CognitoLoginElement.prototype));
  const callbacks = /Callback$|^constructor$/;
  const accessors = [...own.map(camelCase), ...PROPERTIES];
  const methods = inherited.filter((name) => !callbacks.test(name) && !accessors.includes(name));
  for (const one of classes) {
    const described = one.members.filter((member) => member.kind === "method").map((member) => member.name);
    assert.deepEqual(described, methods);
  }
});

test("the types have every attribute, in markup and as a property", () => {
  assert.deepEqual(all(interfaceOf("CognitoLoginAttributes"), /^ {2}"?([a-z-]+)"?\?:/gm), [...ATTRIBUTES]);
  assert.deepEqual(all(types, /^ {2}get (\w+)\(\)/gm), own.map(camelCase));
  assert.deepEqual(all(types, /^ {2}set (\w+)\(/gm), own.map(camelCase));
});

test("the types have every property that is no attribute", () => {
  for (const name of PROPERTIES) assert.match(types, new RegExp(`^  ${name}: `, "m"));
  const jsx = all(interfaceOf("CognitoLoginProperties"), /^ {2}(\w+)\?:/gm);
  assert.deepEqual(jsx, [...ATTRIBUTES.filter((name) => name.includes("-")).map(camelCase), ...PROPERTIES]);
});

test("the types and the manifest have the same events", () => {
  const typed = all(interfaceOf("CognitoLoginEventMap"), /^ {2}"([a-z-]+)":/gm);
  for (const one of classes) assert.deepEqual(one.events.map((event) => event.name), typed);
  assert.deepEqual(all(readme, /^\| `(cognito-login-[a-z-]+)` \|/gm), typed);
});

test("the README has every attribute once, and every property", () => {
  const documented = readme.slice(readme.indexOf("## Attributes"), readme.indexOf("## Methods"));
  assert.deepEqual(all(documented, /^\| `([a-z-]+)` \|/gm).sort(), [...ATTRIBUTES].sort());
  for (const name of PROPERTIES) assert.ok(documented.includes(`\`${name}\``), name);
});

const source = new URL("../../src/ui/", import.meta.url);
const sources = readdirSync(source, { recursive: true })
  .filter((path) => path.endsWith(".rs"))
  .map((path) => readFileSync(new URL(path, source), "utf8"));

test("the manifest and the README have the parts that the screens have", () => {
  // `part="…"` in markup, and the pairs of class and part in buttons.rs.
  const drawn = sources.flatMap((text) => all(text, /(?:part="|, ")([a-z- ]+)"[ >)]/g).flatMap((names) => names.split(" ")));
  for (const one of classes) {
    const described = one.cssParts.map((part) => part.name);
    assert.deepEqual(described.filter((name) => name !== "container").sort(), [...new Set(drawn)].sort());
    for (const name of described) assert.ok(readme.includes(`\`${name}\``), name);
  }
});

test("the manifest and the README have the custom properties that the style sheet reads", () => {
  const tokens = readFileSync(new URL("../../style/tokens.css", import.meta.url), "utf8");
  const read = new Set(all(tokens, /var\((--cognito-login-[a-z-]+)/g));
  for (const one of classes) {
    const described = one.cssProperties.map((property) => property.name);
    assert.deepEqual(described.sort(), [...read].sort());
    for (const name of described) assert.ok(readme.includes(`\`${name}\``), name);
  }
});

test("both classes observe the attributes", () => {
  assert.deepEqual(CognitoLoginElement.observedAttributes, ATTRIBUTES);
  assert.deepEqual(CognitoAccountElement.observedAttributes, ATTRIBUTES);
});
