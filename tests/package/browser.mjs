// A headless Chromium over WebDriver, and a server for pages made of `dist/`. No more of either than these tests need.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const dist = new URL("../../dist/", import.meta.url);

/** The page of every test: the package's script and nothing else. */
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Test</title>
<script type="module" src="cognito-login.js"></script><body></body></html>`;

/**
 * Serves `dist/`. `policy(path)` says how a request is answered: `{ csp, wasmType, missing, held }`, where `missing`
 * matches the files that are not there, and an answer waits for the promise `held`.
 * @returns {Promise<{ url: string, close(): void }>}
 */
export async function serve(policy) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    const { csp, wasmType = "application/wasm", missing, held } = policy(path);
    const [name] = path.match(/(lang\/)?[^/]*$/);
    const isWasm = name.endsWith(".wasm");
    await held;
    if (csp) response.setHeader("content-security-policy", csp);
    response.setHeader("cache-control", "no-store");
    if (name === "") return response.setHeader("content-type", "text/html").end(PAGE);
    const file = missing?.test(name) ? undefined : await readFile(new URL(name, dist)).catch(() => undefined);
    if (!file) return response.writeHead(404).end();
    response.setHeader("content-type", isWasm ? wasmType : "text/javascript").end(file);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Starts the driver and one browser; both end with `close`. */
export async function openBrowser() {
  const driver = spawn(process.env.CHROMEDRIVER ?? "chromedriver", ["--port=0"], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise((resolve, reject) => {
    driver.once("error", reject);
    driver.once("exit", () => reject(new Error("chromedriver has ended before it said its port")));
    let said = "";
    driver.stdout.on("data", (data) => {
      said += data;
      const match = said.match(/successfully on port (\d+)/);
      if (match) resolve(match[1]);
    });
  });
  const call = async (method, path, body) => {
    const url = `http://127.0.0.1:${port}${path}`;
    const response = await fetch(url, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(value.message);
    return value;
  };
  const settings = JSON.parse(await readFile(fileURLToPath(new URL("../../webdriver.json", import.meta.url)), "utf8"));
  if (process.env.CHROME) settings["goog:chromeOptions"].binary = process.env.CHROME;
  const { sessionId } = await call("POST", "/session", { capabilities: { alwaysMatch: settings } }).catch((error) => {
    driver.kill();
    throw error;
  });
  const session = `/session/${sessionId}`;
  return {
    open: (url) => call("POST", `${session}/url`, { url }),

    /** Runs an async function in the page and returns what it resolves to. */
    async run(work, ...args) {
      const script = `const done = arguments[arguments.length - 1];
        (${work})(...[...arguments].slice(0, -1)).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value, error } = await call("POST", `${session}/execute/async`, { script, args });
      if (error) throw new Error(error);
      return value;
    },

    async close() {
      await call("DELETE", session).catch(() => {});
      driver.kill();
    },
  };
}
