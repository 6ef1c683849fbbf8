// What elements leave behind that come and go: nothing. Pages of one piece mount a login for each of their routes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "../browser/browser.mjs";
import { NOBODY, serve, strictPolicy } from "../browser/site.mjs";

const CYCLES = 1000;
const AT_ONCE = 20;

/** In bytes: WebAssembly's memory grows by pages. */
const PAGE = 65_536;

let browser;
let server;

before(async () => {
  server = await serve(() => ({ csp: strictPolicy(NOBODY) }), { "mounting_page.js": new URL("mounting_page.js", import.meta.url) });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
});

function chromium(cmd, params = {}) {
  return browser.command("POST", "/goog/cdp/execute", { cmd, params });
}

/** What the page holds once all that is garbage is gone. */
async function held() {
  await chromium("HeapProfiler.enable");
  for (let times = 0; times < 3; times += 1) await chromium("HeapProfiler.collectGarbage");
  const { nodes, jsEventListeners } = await chromium("Memory.getDOMCounters");
  const { usedSize } = await chromium("Runtime.getHeapUsage");
  return { nodes, listeners: jsEventListeners, heap: usedSize, wasm: await browser.run("async () => window.wasmBytes()") };
}

const skip = (process.env.TEST_BROWSER ?? "chromium") !== "chromium" && "only Chromium tells what a page holds";

test("a thousand elements that came and went, and twenty at once, leave nothing behind", { skip }, async () => {
  await browser.open(server.url + "/");
  const cycle = (times, atOnce) => browser.run("(times, atOnce) => window.cycle(times, atOnce)", times, atOnce);
  // What is made once, also by the browser where it sees what is called often, and what the most elements at once take.
  await cycle(3, AT_ONCE);
  await cycle(400, 1);
  const first = await held();
  await cycle(CYCLES, 1);
  const between = await held();
  assert.equal(between.wasm, first.wasm, "the WebAssembly's memory");
  await cycle(3, AT_ONCE);
  const last = await held();
  // How many of the twenty compute at the same time is chance.
  assert.ok(last.wasm <= first.wasm + 2 * PAGE, `the WebAssembly's memory: ${first.wasm}, then ${last.wasm}`);
  assert.ok(last.nodes <= first.nodes + 50, `nodes: ${first.nodes}, then ${last.nodes}`);
  assert.ok(last.listeners <= first.listeners + 5, `listeners: ${first.listeners}, then ${last.listeners}`);
  // Less than what could be forgotten of one; the browser itself keeps a little of what it has compiled.
  assert.ok(last.heap <= first.heap + CYCLES * 300, `bytes of the heap: ${first.heap}, then ${last.heap}`);
});
