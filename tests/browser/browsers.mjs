// The browsers in which the tests run, and what only some of them can. No test names a browser: it names what it needs.
import { readdirSync } from "node:fs";

/**
 * The browsers by name. A browser that is not here needs an entry and nothing else.
 * - `driver`: the program that drives one and what it is told, for a port; where `port` is a pattern, the driver chooses the port itself
 *   and says it in a line that matches.
 * - `capabilities`: what a session asks for.
 * - `display`: it has no way to be without a screen, and is given one in memory.
 * - `emulatesWidth`: its pages are as narrow as they are asked to be; else the window is made so small.
 * - `stderr`: what becomes of the driver's complaints, which are seen otherwise.
 * - `can`: what of `ABILITIES` it has.
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
    emulatesWidth: true,
    can: ["devtools", "importsAgain", "layoutShifts", "preloads"],
  },

  firefox: {
    driver: () => [process.env.GECKODRIVER ?? "geckodriver", "--port=0"],
    port: /Listening on 127\.0\.0\.1:(\d+)/,
    capabilities: () => ({
      "moz:firefoxOptions": { args: ["-headless"], ...(process.env.FIREFOX && { binary: process.env.FIREFOX }) },
    }),
    // Complaints of its own, in hundreds of lines.
    stderr: "ignore",
    can: ["preloads"],
  },

  webkit: {
    driver: (port) => [process.env.WEBKITDRIVER ?? "WebKitWebDriver", `--port=${port}`],
    display: true,
    capabilities: () => ({ "webkitgtk:browserOptions": { binary: process.env.WEBKIT ?? miniBrowser(), args: ["--automation"] } }),
    can: ["importsAgain"],
  },
};

/** What a test may need, and why it is skipped where there is none. */
const ABILITIES = {
  devtools: "the browser has no DevTools protocol, which alone composes text as an input method does and counts what a page holds",
  importsAgain: "the browser does not fetch a module again that it could not load, before the page is loaded anew",
  layoutShifts: "the browser does not tell what has moved on a page",
  preloads: "the browser fetches what a script fetches, though a line of the page has begun to",
};

/** The name that `TEST_BROWSER` has. */
const NAME = process.env.TEST_BROWSER ?? "chromium";

/** The browser of the tests. */
export function chosen() {
  const browser = BROWSERS[NAME];
  if (!browser) throw new Error(`TEST_BROWSER: "${NAME}" is not one of ${Object.keys(BROWSERS).join(", ")}`);
  return browser;
}

/** For `skip` of a test: why it is skipped in this browser, or `false`. */
export function without(ability) {
  const reason = ABILITIES[ability];
  if (!reason) throw new Error(`"${ability}" is not one of ${Object.keys(ABILITIES).join(", ")}`);
  return !chosen().can.includes(ability) && reason;
}

/** WebKitGTK's own browser for tests, which it keeps in a folder for each processor and version. */
function miniBrowser() {
  for (const folder of list("/usr/lib")) {
    for (const version of list(`/usr/lib/${folder}`).filter((name) => name.startsWith("webkit2gtk-"))) {
      if (list(`/usr/lib/${folder}/${version}`).includes("MiniBrowser")) return `/usr/lib/${folder}/${version}/MiniBrowser`;
    }
  }
  throw new Error("WebKitGTK's MiniBrowser is not in /usr/lib; the variable WEBKIT may name its file");
}

function list(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
