// A server for pages made of `dist/`, which is what ships.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const dist = new URL("../../dist/", import.meta.url);

/** Nothing listens there; browsers refuse the port at once. */
export const NOBODY = "http://127.0.0.1:9/";

/** The strictest policy under which the elements must work, for a page whose pool is at `endpoints`. */
export function strictPolicy(...endpoints) {
  return (
    `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src ${["'self'", ...endpoints].join(" ")}; ` +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
  );
}

/** The page of every test: the package's script, what the tests bring with them, and nothing else. */
function page(scripts, head = "") {
  const tags = ["cognito-login.js", ...scripts].map((name) => `<script type="module" src="${name}"></script>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Test</title>\n${head}${tags.join("\n")}<body></body></html>`;
}

/**
 * Serves `dist/`, with `scripts` of the tests' own beside it, each under its name.
 * @param {(path: string) => { csp?: string, wasmType?: string, missing?: RegExp, held?: Promise<void>, head?: string }} answer how a
 *   request is answered; `missing` matches the files that are not there, the answer waits for `held`, and `head` comes into the page
 * @param {Record<string, URL>} scripts
 * @returns {Promise<{ url: string, close(): void }>}
 */
export async function serve(answer, scripts = {}) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    const { csp, wasmType = "application/wasm", missing, held, head } = answer(path);
    const [name] = path.match(/(lang\/)?[^/]*$/);
    const isWasm = name.endsWith(".wasm");
    await held;
    if (csp) response.setHeader("content-security-policy", csp);
    response.setHeader("cache-control", "no-store");
    if (name === "") return response.setHeader("content-type", "text/html").end(page(Object.keys(scripts), head));
    const url = scripts[name] ?? new URL(name, dist);
    const file = missing?.test(name) ? undefined : await readFile(url).catch(() => undefined);
    if (!file) return response.writeHead(404).end();
    response.setHeader("content-type", isWasm ? wasmType : "text/javascript").end(file);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
