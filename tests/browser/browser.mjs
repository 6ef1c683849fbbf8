// A headless browser over WebDriver, with no more of it than the tests need and nothing that one browser alone has.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * The browsers by name: the program that drives one and what it is told, the line in which it says its port, and what a
 * session asks for. A browser that is not here needs an entry and nothing else.
 */
const BROWSERS = {
  chromium: {
    driver: () => [process.env.CHROMEDRIVER ?? "chromedriver", "--port=0"],
    port: /successfully on port (\d+)/,
    capabilities: (width) => ({
      "goog:chromeOptions": {
        args: [
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
        ],
        ...(process.env.CHROME && { binary: process.env.CHROME }),
        // No window is so narrow as a telephone's.
        ...(width && { mobileEmulation: { deviceMetrics: { width, height: 640, pixelRatio: 1, mobile: false, touch: false } } }),
      },
    }),
  },
};

/** In milliseconds; what waits in the page gives up earlier, and says for what. */
const SCRIPT_TIMEOUT = 120_000;

/**
 * Starts a driver and its browser, with pages of that width in pixels and with `capabilities` of the caller's own; both end with `close`,
 * or with this process.
 */
export async function openBrowser({ width, capabilities: more } = {}) {
  const name = process.env.TEST_BROWSER ?? "chromium";
  const browser = BROWSERS[name];
  if (!browser) throw new Error(`TEST_BROWSER: "${name}" is not one of ${Object.keys(BROWSERS).join(", ")}`);
  const driver = await startDriver(browser);
  const call = async (method, path, body) => {
    const response = await fetch(`${driver.url}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(value.message);
    return value;
  };
  const capabilities = { alwaysMatch: { ...browser.capabilities(width), timeouts: { script: SCRIPT_TIMEOUT }, ...more } };
  const { sessionId } = await call("POST", "/session", { capabilities }).catch((error) => {
    driver.stop();
    throw error;
  });
  const session = `/session/${sessionId}`;
  return {
    open: (url) => call("POST", `${session}/url`, { url }),

    /** Any other command of a session, as WebDriver or the driver itself has it, such as `POST` to `/window`. */
    command: (method, path, body) => call(method, session + path, body),

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
      driver.stop();
    },
  };
}

/** Starts a driver on a free port and waits until it says which. */
async function startDriver({ driver, port }) {
  const [program, ...args] = driver();
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  const stop = () => child.kill();
  process.once("exit", stop);
  const found = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`${program} has ended before it said its port`)));
    // Read to the end: a driver must be able to write as long as it lives.
    createInterface(child.stdout).on("line", (line) => {
      const match = line.match(port);
      if (match) resolve(match[1]);
    });
  });
  return { url: `http://127.0.0.1:${found}`, stop };
}
