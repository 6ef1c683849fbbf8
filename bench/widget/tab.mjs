// A tab of its own for each measurement, in which nothing is left of the page before, with Chrome's own measurements.
import { readFile } from "node:fs/promises";
import { openBrowser } from "../../tests/browser/browser.mjs";

const WATCH = await readFile(new URL("watch.js", import.meta.url), "utf8");

/** The networks and processors that pages are measured with. */
export const PROFILES = {
  none: { title: "no throttle" },
  slow: { title: "9 Mbit/s, 60 ms, CPU ÷ 4", network: { latency: 60, down: 9, up: 1.5 }, cpu: 4 },
};

/** Starts a browser that waits for no page to load. */
export function startBrowser() {
  return openBrowser({ capabilities: { pageLoadStrategy: "none" } });
}

/** Opens a tab that is at `url`'s site already, so that no process has to be started any more for what is measured. */
export async function openTab(browser, site, profile, script = "") {
  const before = await browser.command("GET", "/window");
  const { handle } = await browser.command("POST", "/window/new", { type: "tab" });
  await browser.command("POST", "/window", { handle });
  const devtools = (cmd, params = {}) => browser.command("POST", "/goog/cdp/execute", { cmd, params });
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await devtools("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  const goto = async (url) => {
    const { errorText } = await devtools("Page.navigate", { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
  };
  await devtools("Storage.clearDataForOrigin", { origin: site, storageTypes: "all" });
  await goto(`${site}/`);
  await evaluate('new Promise((done) => document.readyState === "complete" ? done() : addEventListener("load", () => done()))');
  await devtools("Network.enable");
  await devtools("Network.setCacheDisabled", { cacheDisabled: true });
  const { network, cpu } = PROFILES[profile];
  if (network) {
    const bytes = (megabits) => (megabits * 1e6) / 8;
    const conditions = { latency: network.latency, downloadThroughput: bytes(network.down), uploadThroughput: bytes(network.up) };
    await devtools("Network.emulateNetworkConditions", { offline: false, ...conditions });
  }
  if (cpu) await devtools("Emulation.setCPUThrottlingRate", { rate: cpu });
  await devtools("Page.addScriptToEvaluateOnNewDocument", { source: `${WATCH}\n${script}` });
  // The processor's time of the main thread, which others on the same machine disturb least.
  await devtools("Performance.enable", { timeDomain: "threadTicks" });

  const key = async (type, more) => devtools("Input.dispatchKeyEvent", { type, ...more });
  const press = async (more) => {
    await key("keyDown", more);
    await key("keyUp", more);
  };
  return {
    goto,
    evaluate,

    /** Types as a person does who types fast. */
    async type(text) {
      for (const letter of text) await press({ text: letter, key: letter });
    },

    enter: () => press({ text: "\r", key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 }),

    /** The main thread's work so far, in milliseconds: all of it but what these measurements asked of it, and scripts alone. */
    async work() {
      const { metrics } = await devtools("Performance.getMetrics");
      const of = (name) => metrics.find((metric) => metric.name === name).value * 1000;
      return { task: of("TaskDuration") - of("DevToolsCommandDuration"), script: of("ScriptDuration") };
    },

    /** Bytes of what scripts hold. */
    async heap() {
      await devtools("HeapProfiler.collectGarbage");
      const { metrics } = await devtools("Performance.getMetrics");
      return metrics.find(({ name }) => name === "JSHeapUsedSize").value;
    },

    async close() {
      await browser.command("DELETE", "/window");
      await browser.command("POST", "/window", { handle: before });
    },
  };
}
