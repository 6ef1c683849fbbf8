// The page in which the computations are timed. It is isolated from those of others, for which browsers give it a clock with small steps.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import { openBrowser } from "../../tests/browser/browser.mjs";

/** Pairs of runs for which the page is asked at once: a second or so, after which it answers. */
const BATCH = 10;

const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript", wasm: "application/wasm" };

const HEADERS = {
  "cache-control": "no-store",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-opener-policy": "same-origin",
};

const DOCUMENT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Times</title>
<script type="module">
import init, * as program from "./constant-time.js";
window.ready = init({ module_or_path: "constant-time_bg.wasm" }).then(() => program);
</script></html>`;

/** Opens the page in a browser. `folder` has the WebAssembly. */
export async function openPage(folder) {
  const server = await serve(folder);
  const browser = await openBrowser().catch((error) => {
    server.close();
    throw error;
  });
  const close = async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  };
  try {
    await browser.open(`http://127.0.0.1:${server.address().port}/`);
    const { product } = await browser.command("POST", "/goog/cdp/execute", { cmd: "Browser.getVersion", params: {} });
    const page = await browser.run(async () => {
      const { cases, head, pairs } = await window.ready;
      return { isolated: crossOriginIsolated, cases: cases(), head: head(), pairs: pairs() };
    });
    return { product: product.replace("Headless", "").replace("/", " "), ...page, step: () => clockStep(browser), row, close };
  } catch (error) {
    await close();
    throw error;
  }

  /** The row of the computation of that index, of so many pairs of runs. */
  async function row(index, pairs) {
    await browser.run(
      async (index, pairs) => {
        const { Series } = await window.ready;
        window.series = new Series(index, pairs);
      },
      index,
      pairs,
    );
    while (!(await browser.run(async (batch) => window.series.run(batch), BATCH)));
    return browser.run(async () => {
      const row = window.series.row();
      window.series.free();
      return row;
    });
  }
}

/** The smallest step of the page's clock, in milliseconds. */
function clockStep(browser) {
  return browser.run(async () => {
    let least = Number.POSITIVE_INFINITY;
    for (let steps = 0; steps < 100; steps += 1) {
      const before = performance.now();
      let now = before;
      while (now === before) now = performance.now();
      least = Math.min(least, now - before);
    }
    return least;
  });
}

async function serve(folder) {
  const server = createServer(async (request, response) => {
    const name = new URL(request.url, "http://localhost").pathname.slice(1);
    const url = new URL(name, pathToFileURL(`${folder}/`));
    const file = name === "" ? DOCUMENT : await readFile(url).catch(() => undefined);
    for (const [header, value] of Object.entries(HEADERS)) response.setHeader(header, value);
    if (!file) return response.writeHead(404).end();
    response.setHeader("content-type", TYPES[name.split(".").at(-1)] ?? TYPES.html).end(file);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
