// Which pages are measured, and that they are alike in everything but what they measure.
import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, documentOf, PAGES } from "./pages.mjs";

const names = (pages) => pages.map(({ name }) => name);

test("each benchmark has ours first and a floor last", () => {
  assert.equal(choose("loads", [])[0].name, "ours");
  assert.equal(choose("loads", []).at(-1).name, "plain");
  assert.equal(choose("signsIn", [])[0].name, "ours");
  assert.equal(choose("signsIn", []).at(-1).name, "ready-made");
});

test("pages are chosen by name, and a name of the other benchmark is no mistake", () => {
  assert.deepEqual(names(choose("loads", ["plain", "ours", "bigint"])), ["ours", "plain"]);
});

test("a name that no page has is told, and so is a choice of nothing", () => {
  assert.throws(() => choose("loads", ["our"]), /there is no page our; there are ours, /);
  assert.throws(() => choose("loads", ["bigint"]), /none of bigint is measured here/);
});

test("all pages tell the same pool", () => {
  for (const page of PAGES) {
    const html = documentOf(page, "http://127.0.0.1:9229/", false);
    assert.match(html, /user-pool-id="us-east-1_LocalPool"/);
    assert.match(html, /endpoint="http:\/\/127\.0\.0\.1:9229\/"/);
    assert.equal(html.includes("<cognito-login "), page.name === "ours");
  }
});

test("a style sheet is asked for where there is one", () => {
  assert.equal(documentOf(PAGES[1], "", true).includes("main.css"), true);
  assert.equal(documentOf(PAGES[1], "", false).includes("main.css"), false);
});
