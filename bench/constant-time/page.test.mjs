// That there is a row for each computation in the browser too; no time is judged.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPage } from "./page.mjs";

let page;

before(async () => {
  page = await openPage(process.env.CONSTANT_TIME_PAGE);
});

after(() => page?.close());

test("the page is isolated, so that its clock has small steps", async () => {
  assert.equal(page.isolated, true);
  const step = await page.step();
  assert.ok(step > 0 && step < 0.05, `steps of ${step} ms`);
});

test("each computation has its row with a time, and the one that branches is the last", async () => {
  const columns = (row) => row.split("|").length;
  const rows = [];
  for (let index = 0; index < page.cases; index += 1) rows.push(await page.row(index, 3));
  for (const row of rows) {
    assert.equal(columns(row), columns(page.head.split("\n")[0]), row);
    assert.ok(Number(row.split("|")[3]) > 0, row);
  }
  assert.match(rows.at(-1), /^\| a branch on each bit of x, one password \|/);
});

test("the slices are as many as natively", async () => {
  const slices = [];
  for (let index = 0; index < page.cases; index += 1) {
    const [, name, number] = (await page.row(index, 1)).split("|").map((cell) => cell.trim());
    if (name.includes("in slices")) slices.push(`${name.split(" ")[0]}: ${number}`);
  }
  assert.deepEqual(slices, ["A: 6", "A: 6", "A: 6", "proof: 21", "proof: 21", "proof: 21"]);
});
