// `cargo xtask bench widget` and `sign-in`: builds the pages, measures them in turns, and prints tables in Markdown.
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { measureLoad } from "./load.mjs";
import { choose } from "./pages.mjs";
import { startPool } from "../../tests/browser/pool.mjs";
import * as report from "./report.mjs";
import { measureSignIn } from "./sign_in.mjs";
import { serve } from "./site.mjs";
import { PROFILES, startBrowser } from "./tab.mjs";

/** What asks nobody. */
const NO_POOL = { url: "http://127.0.0.1:9", stop() {} };

const BENCHMARKS = {
  widget: {
    pages: "loads",
    pool: async () => NO_POOL,
    measure: measureLoad,
    print(measured, title) {
      say(`Until a name can be typed, ${title}`, report.loadTable(measured));
      say(`Where the time goes, ${title}`, report.stepsTable(measured));
    },
    printOnce(profiles) {
      say("What pages download", report.bytesTable(profiles[0].measured));
      say("Until a name can be typed", report.summaryTable(profiles, report.LOAD_SUMMARY));
    },
  },
  "sign-in": {
    pages: "signsIn",
    pool: startPool,
    measure: measureSignIn,
    print(measured, title) {
      say(`A sign-in from the submit, ${title}`, report.signInTable(measured, "fromSubmit"));
      say(`Beyond the requests, ${title}`, report.beyondReadyMade(measured));
      say(`A sign-in from the first key, ${title}`, report.signInTable(measured, "fromKey"));
    },
    printOnce: (profiles) => say("A sign-in from the submit", report.summaryTable(profiles, report.SIGN_IN_SUMMARY)),
  },
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "7" },
    profile: { type: "string", default: Object.keys(PROFILES).join(",") },
    only: { type: "string", default: "" },
    built: { type: "string", default: fileURLToPath(new URL("../../target/bench-pages", import.meta.url)) },
  },
});
const list = (text) => text.split(",").filter(Boolean);
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs takes a whole number from 1 on, not ${values.runs}`);
for (const name of list(values.profile)) {
  if (!PROFILES[name]) throw new Error(`there is no profile ${name}; there are ${Object.keys(PROFILES).join(", ")}`);
}
for (const name of positionals) await run(BENCHMARKS[name]);

async function run(benchmark) {
  const pages = choose(benchmark.pages, list(values.only));
  console.error("Building the pages");
  await build(
    pages.filter(({ packaged }) => !packaged).map(({ name }) => name),
    values.built,
  );
  const pool = await benchmark.pool();
  const endpoint = `${pool.url}/`;
  const site = await serve({ pages, built: values.built, endpoint });
  const browser = await startBrowser();
  const { product } = await browser.command("POST", "/goog/cdp/execute", { cmd: "Browser.getVersion", params: {} });
  const load = [loadavg()[0]];
  try {
    const profiles = [];
    for (const profile of list(values.profile)) {
      const { title } = PROFILES[profile];
      const measured = pages.map((page) => ({ page, runs: [] }));
      // One more round than is counted: in the first one all files come from the disk.
      for (let round = 0; round <= runs; round += 1) {
        console.error(`${title}: round ${round} of ${runs}`);
        for (const { page, runs } of measured) {
          const one = await benchmark.measure(browser, site, page, profile, endpoint);
          if (round > 0) runs.push(one);
        }
      }
      load.push(loadavg()[0]);
      benchmark.print(measured, title);
      profiles.push({ title, measured });
    }
    benchmark.printOnce(profiles);
    console.log(caption(product, load));
  } finally {
    await browser.close();
    site.close();
    pool.stop();
  }
}

function say(title, text) {
  if (text) console.log(`\n### ${title}\n\n${text}`);
}

/** When and where this was measured. */
function caption(product, load) {
  const [{ model }, { length }] = [cpus()[0], cpus()];
  const date = new Date().toISOString().slice(0, 10);
  // `ScriptDuration` of the DevTools protocol.
  const scripts = "Scripts without what continues promises; the rest of the main thread's work is in the column before.";
  const machine = `${length} cores (${model}), ${product.replace("Headless", "").replace("/", " ")}, Node ${process.versions.node}`;
  const busy = load.map((one) => one.toFixed(1)).join(", ");
  return `\n${date}, ${machine}; medians (least..most) of ${runs} runs in turns; load ${busy}. ${scripts}\n`;
}
