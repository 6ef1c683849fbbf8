// What the search finds, and how the playground writes markup; without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { markup } from "../../docs/site/markup.js";
import { find } from "../../docs/site/search.js";

const entry = (title, page, text = "") => ({ url: `${page}#${title}`, title, page, text });
const titles = (entries, query) => find(entries, query).map(({ title }) => title);

test("all words must be there, in a title, a page or the text", () => {
  const entries = [entry("Tokens", "Security", "where the refresh token lies"), entry("Tokens", "Wire"), entry("Refresh", "Wire")];
  assert.deepEqual(find(entries, "refresh  SECURITY").map(({ url }) => url), ["Security#Tokens"]);
  assert.deepEqual(titles(entries, "refresh nothing"), []);
});

test("a title counts more than a text, and the whole title most", () => {
  const entries = [entry("Elsewhere", "P", "theme"), entry("Your theme", "P"), entry("theme", "P"), entry("themes", "P")];
  assert.deepEqual(titles(entries, "theme"), ["theme", "themes", "Your theme", "Elsewhere"]);
});

test("the excerpt shows the word that was found", () => {
  const [{ excerpt }] = find([entry("T", "P", `${"before ".repeat(60)}needle after`)], "needle");
  assert.ok(excerpt.startsWith("… before") && excerpt.includes("needle after") && excerpt.length < 150, excerpt);
});

test("markup holds any value", () => {
  const written = markup("cognito-account", [["totp-issuer", '<a> & "b"']]);
  assert.ok(written.endsWith('<cognito-account\n  totp-issuer="<a> &amp; &quot;b&quot;"\n></cognito-account>'), written);
});
