// What is computed from measurements and how it is written, without measuring anything.
import assert from "node:assert/strict";
import { test } from "node:test";
import { beyondReadyMade, bytesTable, LOAD_SUMMARY, loadTable, signInTable, stepsTable, summaryTable } from "./report.mjs";
import { median, ratio, spread } from "./statistics.mjs";

test("the middle is the middle of the sizes, whatever the order", () => {
  assert.equal(median([30, 9, 100]), 30);
  assert.equal(median([4, 1, 3, 2]), 3);
  assert.ok(Number.isNaN(median([])));
});

test("a spread tells the ends, unless there is but one", () => {
  assert.equal(spread([30, 9, 100]), "30 (9..100)");
  assert.equal(spread([1.26, 1.24], 2), "1.26 (1.24..1.26)");
  assert.equal(spread([0, 0]), "0");
});

test("a ratio is of medians, and is none where ours was not measured", () => {
  assert.equal(ratio([10, 30, 20], [10, 8, 12]), "2.00");
  assert.equal(ratio([10], []), "–");
  assert.equal(ratio([10], [0]), "–");
});

const ours = { name: "ours", title: "Ours" };
const peer = { name: "peer", title: "Peer" };
const floor = { name: "ready-made", title: "Floor" };

function load(visible, more = {}) {
  const bytes = { raw: 1234567, gzip: 2000, brotli: 1000 };
  return { bytes, requests: 3, visible, key: 2 * visible, longTasks: 0, task: 9, script: 4, heap: 1, wasm: 0, shift: 0, ...more };
}

test("bytes are grouped and compared with ours", () => {
  const twice = load(1, { bytes: { raw: 999, gzip: 20, brotli: 2000 } });
  assert.deepEqual(bytesTable([{ page: ours, runs: [load(1)] }, { page: peer, runs: [twice] }]).split("\n"), [
    "| page | requests | raw | gzip -9 | brotli 11 | to ours |",
    "|---|--:|--:|--:|--:|--:|",
    "| Ours | 3 | 1 234 567 | 2 000 | 1 000 | 1.00 |",
    "| Peer | 3 | 999 | 20 | 2 000 | 2.00 |",
  ]);
});

test("a page's row has medians with their ranges", () => {
  const [, , row, other] = loadTable([
    { page: ours, runs: [load(100), load(300), load(200)] },
    { page: peer, runs: [load(50)] },
  ]).split("\n");
  assert.equal(row, "| Ours | 200 (100..300) | 1.00 | – | 400 (200..600) | 0 | 9 | 4 | 1.0 | 0.0 | 0.00 |");
  assert.ok(other.startsWith("| Peer | 50 | 0.25 | – | 100 |"));
});

test("the plain form is a measure too, where it was measured", () => {
  const plain = { name: "plain", title: "Plain" };
  const [, , row] = loadTable([
    { page: ours, runs: [load(90)] },
    { page: plain, runs: [load(60)] },
  ]).split("\n");
  assert.ok(row.startsWith("| Ours | 90 | 1.00 | 1.50 |"), row);
});

test("a summary has every profile beside the other, and once what is the same in all", () => {
  const profile = (title, visible) => ({ title, measured: [{ page: ours, runs: [load(visible), load(visible + 2)] }] });
  assert.deepEqual(summaryTable([profile("fast", 10), profile("slow", 90)], LOAD_SUMMARY).split("\n"), [
    "| page | kB brotli | field visible, ms, fast | field visible, ms, slow | main thread, ms, fast | main thread, ms, slow |",
    "|---|--:|--:|--:|--:|--:|",
    "| Ours | 1.0 | 12 (10..12) | 92 (90..92) | 9 | 9 |",
  ]);
});

test("steps are told of the page that has them, each with what it adds", () => {
  const steps = [{ "script here": 10, "field visible": 30 }, { "script here": 12, "field visible": 40 }];
  const runs = steps.map((steps) => load(1, { steps }));
  assert.deepEqual(stepsTable([{ page: peer, runs: [load(1)] }, { page: ours, runs }]).split("\n"), [
    "| Ours: when | ms | since the line above |",
    "|---|--:|--:|",
    "| script here | 12 (10..12) | 12 |",
    "| field visible | 40 (30..40) | 28 |",
  ]);
  assert.equal(stepsTable([{ page: peer, runs: [load(1)] }]), undefined);
});

function signIn(task) {
  const figures = { wall: 100, task, script: 1, longTasks: 60, longest: 60 };
  return { fromSubmit: figures, fromKey: { ...figures, wall: 900 }, requests: 2 };
}

test("a sign-in is told from the submit and from the first key", () => {
  const measured = [{ page: ours, runs: [signIn(20)] }, { page: peer, runs: [signIn(50)] }];
  assert.equal(signInTable(measured, "fromSubmit").split("\n")[3], "| Peer | 100 | 50 | 2.50 | 1 | 60 | 60 | 2 |");
  assert.equal(signInTable(measured, "fromKey").split("\n")[2], "| Ours | 900 | 20 | 1.00 | 1 | 60 | 60 | 2 |");
});

test("what the requests themselves cost is taken off before ours is compared", () => {
  const measured = [[ours, 20], [peer, 110], [floor, 10]].map(([page, task]) => ({ page, runs: [signIn(task)] }));
  assert.deepEqual(beyondReadyMade(measured).split("\n").slice(2), ["| Ours | 10.0 |  |", "| Peer | 100.0 | 1/10.0 |"]);
  assert.equal(beyondReadyMade(measured.slice(0, 2)), undefined);
});
