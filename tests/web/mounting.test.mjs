// What elements leave behind that come and go: nothing. Pages of one piece mount a login for each of their routes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { without } from "../browser/browsers.mjs";
import { openSite } from "../browser/opened.mjs";
import { NOBODY, serve, strictPolicy } from "../browser/site.mjs";

const CYCLES = 1000;
const AT_ONCE = 20;

/** In bytes: WebAssembly's memory grows by pages. */
const PAGE = 65_536;

const opened = openSite(() =>
  serve(() => ({ csp: strictPolicy(NOBODY) }), { "mounting_page.js": new URL("mounting_page.js", import.meta.url) }),
);

function devtools(cmd, params = {}) {
  return opened.browser.command("POST", "/goog/cdp/execute", { cmd, params });
}

/** What the page holds once all that is garbage is gone. */
async function held() {
  await devtools("HeapProfiler.enable");
  for (let times = 0; times < 3; times += 1) await devtools("HeapProfiler.collectGarbage");
  const { nodes, jsEventListeners } = await devtools("Memory.getDOMCounters");
  const { usedSize } = await devtools("Runtime.getHeapUsage");
  return { nodes, listeners: jsEventListeners, heap: usedSize, wasm: await opened.browser.run("async () => window.wasmBytes()") };
}

const skip = without("devtools");

test("a thousand elements that came and went, and twenty at once, leave nothing behind", { skip }, async () => {
  await opened.browser.open(opened.site.url + "/");
  const cycle = (times, atOnce) => opened.browser.run("(times, atOnce) => window.cycle(times, atOnce)", times, atOnce);
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

test("elements that go before they have their widget leave nothing behind either", { skip }, async () => {
  await opened.browser.open(opened.site.url + "/");
  // There are two places for widgets, which are left and taken.
  await opened.browser.run("() => window.cycle(3, 2)");
  const pass = (times) => opened.browser.run("(times) => window.pass(times)", times);
  await pass(100);
  const first = await held();
  await pass(200);
  await opened.browser.run("() => window.cycle(3, 2)");
  const last = await held();
  assert.equal(last.wasm, first.wasm, "the WebAssembly's memory");
  // Whether two more places were made, because those before were still being left, is chance; of 200 elements nothing may stay.
  assert.ok(last.nodes <= first.nodes + 50, `nodes: ${first.nodes}, then ${last.nodes}`);
  assert.ok(last.listeners <= first.listeners + 50, `listeners: ${first.listeners}, then ${last.listeners}`);
});

test("an element that comes back in the moment in which its widget is given up has one", async () => {
  await opened.browser.open(opened.site.url + "/");
  const heading = await opened.browser.run(`async () => {
    const element = document.createElement("cognito-login");
    element.setAttribute("user-pool-id", "us-east-1_LocalPool");
    element.setAttribute("client-id", "localclient");
    document.body.append(element);
    const container = element.shadowRoot.querySelector("[part=container]");
    element.remove();
    const given = new Promise((resolve) => {
      container.remove = () => {
        delete container.remove;
        container.remove();
        document.body.append(element);
        resolve();
      };
    });
    await given;
    await element.ready;
    return element.shadowRoot.querySelector("h2").textContent;
  }`);
  assert.equal(heading, "Sign in");
});

test("a page that goes into the browser's cache after the widget could not load has nothing to say", async () => {
  await opened.browser.open(opened.site.url + "/");
  const errors = await opened.browser.run(`async () => {
    const errors = [];
    addEventListener("error", ({ message }) => errors.push(message));
    const element = document.createElement("cognito-login");
    element.setAttribute("user-pool-id", "us-east-1_LocalPool");
    element.setAttribute("client-id", "localclient");
    element.setAttribute("wasm-url", "nowhere.wasm");
    document.body.append(element);
    await element.ready.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve));
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    return errors;
  }`);
  assert.deepEqual(errors, []);
});
