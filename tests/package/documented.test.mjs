// What is written about the elements and what they are. The lists are generated (tests/generated); what is here compares
// them with the class, the screens and the style sheet.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { CognitoAccountElement, CognitoLoginElement } from "../../dist/cognito-login.js";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const classes = JSON.parse(read("npm/custom-elements.json")).modules.flatMap((module) => module.declarations);

/** What matches a pattern's only group, in order. */
const all = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);

test("both classes observe the attributes of the manifest", () => {
  const [login, account] = classes.map((one) => one.attributes.map((attribute) => attribute.name));
  assert.deepEqual(CognitoLoginElement.observedAttributes, login);
  assert.deepEqual(CognitoAccountElement.observedAttributes, account);
});

test("the classes have the members of the manifest and no other", () => {
  const inherited = Object.getOwnPropertyNames(Object.getPrototypeOf(CognitoLoginElement.prototype));
  const present = inherited.filter((name) => !/Callback$|^constructor$/.test(name));
  // `ready` is each element's own; HTMLElement brings the other two.
  const elsewhere = ["ready", "lang", "nonce"];
  for (const one of classes) {
    const described = one.members.map((member) => member.name).filter((name) => !elsewhere.includes(name));
    assert.deepEqual(described.sort(), present.sort());
  }
});

const folder = new URL("../../src/ui/", import.meta.url);
const sources = readdirSync(folder, { recursive: true })
  .filter((path) => path.endsWith(".rs"))
  .map((path) => readFileSync(new URL(path, folder), "utf8"));

test("the manifest has the parts that the screens have", () => {
  // `part="…"` in markup; where markup has `{part}`, the last of the words that it comes with.
  const pattern = (text) => (text.includes("{part}") ? /(?:part="|, ")([a-z- ]+)"[ >)]/g : /part="([a-z- ]+)"/g);
  const drawn = sources.flatMap((text) => all(text, pattern(text)).flatMap((names) => names.split(" ")));
  for (const one of classes) {
    const described = one.cssParts.map((part) => part.name);
    assert.deepEqual(described.filter((name) => name !== "container").sort(), [...new Set(drawn)].sort());
  }
});

test("the manifest has the custom properties that the style sheet reads", () => {
  const used = new Set(all(read("style/tokens.css") + read("style/notices.css"), /var\((--cognito-login-[a-z-]+)/g));
  for (const one of classes) {
    const described = one.cssProperties.map((property) => property.name);
    assert.deepEqual(described.sort(), [...used].sort());
  }
});

test("the policies that pages are told to send keep other sites from framing, and forms and addresses where they are", () => {
  for (const path of ["SECURITY.md", "npm/README.md", "README.md"]) {
    for (const directive of ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]) {
      assert.ok(read(path).includes(directive), `${path}: ${directive}`);
    }
    assert.match(read(path), /`frame-ancestors`[^.]*<meta|<meta>` browsers ignore\s+`frame-ancestors`|`frame-ancestors` works in a header alone/, path);
  }
});

test("the component of Angular that the README shows is the one that tests/frameworks drives", () => {
  const [, shown] = read("npm/README.md").match(/^\*\*In Angular\*\*[^`]*```ts\n([^]*?)^```$/m);
  const names = { "us-east-1_LocalPool": "eu-west-1_AbCdEfGhI", localclient000000000000000: "1example23456789" };
  let driven = read("tests/frameworks/angular/src/login.ts").replace(/^ *endpoint=.*\n/m, "");
  for (const [local, example] of Object.entries(names)) driven = driven.replace(local, example);
  assert.equal(shown, driven);
  const [assets] = read("npm/README.md").match(/^"assets": .*$/m);
  assert.ok(read("tests/frameworks/angular/angular.json").includes(assets), assets);
});
