// One site and one browser for all tests of a file.
import { after, before } from "node:test";
import { openBrowser } from "./browser.mjs";

/**
 * Calls `serve` for the site and opens a browser, with those options of `openBrowser`, before the first test of a file, and closes both
 * after the last. What is returned has `site` and `browser` from the first test on.
 */
export function openSite(serve, options) {
  const opened = {};
  before(async () => {
    opened.site = await serve();
    opened.browser = await openBrowser(options);
  });
  after(async () => {
    await opened.browser?.close();
    opened.site?.close();
  });
  return opened;
}
