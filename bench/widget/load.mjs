// What it costs until a person can type a name.
import { openTab } from "./tab.mjs";

const MB = 1e6;

/** Loads a page once and tells what it cost. */
export async function measureLoad(browser, site, { name }, profile) {
  await site.bytes();
  const tab = await openTab(browser, site.url, profile);
  try {
    const before = await tab.work();
    await tab.goto(`${site.url}/${name}/`);
    await tab.evaluate("watched.visible");
    for (let tries = 0; !(await tab.evaluate("watched.hasKey(0)")); tries += 1) {
      if (tries === 20) throw new Error(`${name}: the field takes no key`);
      if (tries > 0) await tab.evaluate("watched.focusName()");
      await tab.type("s");
      await tab.evaluate("watched.hasKey(200)");
    }
    await tab.evaluate("watched.settled()");
    const after = await tab.work();
    const seen = await tab.evaluate("watched.report()");
    if (!seen.kept.startsWith("s")) throw new Error(`${name}: the key that was typed first is lost`);
    const heap = await tab.heap();
    return {
      bytes: await site.bytes(),
      requests: seen.resources.length + 1,
      visible: seen.visible,
      key: seen.key,
      longTasks: sum(seen.longTasks),
      longest: longest(seen.longTasks),
      task: after.task - before.task,
      script: after.script - before.script,
      shift: seen.shift ?? 0,
      heap: heap / MB,
      wasm: seen.wasmBytes / MB,
      steps: stepsOf(seen),
    };
  } finally {
    await tab.close();
  }
}

export const sum = (tasks) => tasks.reduce((all, { millis }) => all + millis, 0);
export const longest = (tasks) => Math.max(0, ...tasks.map(({ millis }) => millis));

/** Where the time went of a page that has a WebAssembly: when each thing was there. */
function stepsOf({ resources, documentEnd, instantiated, visible }) {
  const wasm = resources.find(({ name }) => name.endsWith(".wasm"));
  const script = resources.find(({ name }) => name.endsWith(".js"));
  if (!wasm || !script) return undefined;
  return {
    "document here": documentEnd,
    "script asked for": script.start,
    "script here": script.end,
    "WebAssembly asked for": wasm.start,
    "WebAssembly here": wasm.end,
    "WebAssembly compiled": instantiated,
    "field visible": visible,
  };
}
