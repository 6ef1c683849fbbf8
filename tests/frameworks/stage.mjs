// The browser, the pool and the back end of the tests in this folder.
import { after, before } from "node:test";
import { openBrowser } from "../browser/browser.mjs";
import { startPool } from "../browser/pool.mjs";
import { strictPolicy } from "../browser/site.mjs";
import { drive, LOGGING } from "./drive.mjs";
import { backEnd, serve } from "./site.mjs";

/** Opened before the tests of a file, and closed after them. */
export const stage = {
  /** The policy under which the elements must work, for the page of the pool. */
  policy: () => strictPolicy(stage.pool.url),

  /** Serves a project's files and goes through its page. */
  async visit(folders, { csp = stage.policy(), ...expected } = {}) {
    const site = await serve({ folders, csp, me: stage.me });
    try {
      await drive(stage.browser, site.url, expected);
    } finally {
      site.close();
    }
  },
};

before(async () => {
  stage.pool = await startPool();
  stage.me = await backEnd(stage.pool.url);
  stage.browser = await openBrowser({ capabilities: LOGGING });
});

after(async () => {
  await stage.browser?.close();
  stage.pool?.stop();
});
