// A headless browser over WebDriver, with no more of it than the tests need and nothing that one browser alone has.
import { chosen } from "./browsers.mjs";
import { startDriver } from "./driver.mjs";

/** In milliseconds; what waits in the page gives up earlier, and says for what. */
const SCRIPT_TIMEOUT = 120_000;

/** What a test may change for the page or compare with it, of what a driver that runs scripts beside the page has a second time. */
const BUILT_IN = ["Date", "Error", "Intl", "JSON", "Math", "Object", "Promise", "WebAssembly"];

/** Of a window, in pixels. */
const HEIGHT = 640;

/**
 * Starts a driver and its browser, with pages of that width in pixels and with `capabilities` of the caller's own; both end with `close`,
 * or with this process.
 */
export async function openBrowser({ width, capabilities: more } = {}) {
  const browser = chosen();
  const driver = await startDriver(browser);
  const call = async (method, path, body) => {
    const headers = body && { "content-type": "application/json" };
    const response = await fetch(`${driver.url}${path}`, { method, headers, body: body && JSON.stringify(body) });
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
  const opened = {
    open: (url) => call("POST", `${session}/url`, { url }),

    /** Any other command of a session, as WebDriver or the driver itself has it, such as `POST` to `/window`. */
    command: (method, path, body) => call(method, session + path, body),

    /** Runs an async function in the page and returns what it resolves to. */
    async run(work, ...args) {
      const script = `const { ${BUILT_IN.join(", ")} } = window;
        const done = arguments[arguments.length - 1];
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
  if (width && !browser.emulatesWidth) await narrow(opened, width);
  return opened;
}

/** Makes the window so narrow that its pages have that width; around them it has a frame of its own. */
async function narrow(browser, width) {
  const inner = () => browser.run("async () => [outerWidth - innerWidth, innerWidth]");
  const [frame] = await inner();
  await browser.command("POST", "/window/rect", { width: width + frame, height: HEIGHT });
  const [, found] = await inner();
  if (found === width) return;
  await browser.close();
  throw new Error(`pages of ${width} pixels were asked for, and this browser makes its windows no narrower than ${found}`);
}
