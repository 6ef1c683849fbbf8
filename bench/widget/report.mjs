// What is said of the measurements: medians, ranges, and how much it is of ours.
import { median, ratio, spread } from "./statistics.mjs";
import { table } from "./table.mjs";

/** Bytes with a blank at the thousands. */
const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, " ");

/** The values of one figure in all runs of a page. */
const values = (runs, of) => runs.map(of);

/** The runs of a page, if it was measured. */
const runsOf = (measured, name) => measured.find(({ page }) => page.name === name)?.runs ?? [];

/** Those that the others are compared with. */
const ours = (measured) => runsOf(measured, "ours");

/**
 * What pages download.
 * @param {{ page: { title: string, name: string }, runs: object[] }[]} measured
 */
export function bytesTable(measured) {
  const of = ({ bytes }) => bytes.brotli;
  return table(
    ["page", "requests", "raw", "gzip -9", "brotli 11", "to ours"],
    measured.map(({ page, runs }) => {
      const { raw, gzip, brotli } = runs[0].bytes;
      const requests = median(values(runs, (run) => run.requests));
      return [page.title, requests, ...[raw, gzip, brotli].map(grouped), ratio(values(runs, of), values(ours(measured), of))];
    }),
  );
}

/** What it costs until a name can be typed. */
export function loadTable(measured) {
  const [visible, more] = [
    ["page", "field visible, ms", "to ours", "to the plain form", "key taken, ms"],
    ["long tasks, ms", "main thread, ms", "of it scripts", "heap, MB", "wasm, MB", "shift"],
  ];
  const visibleOf = (runs) => values(runs, (run) => run.visible);
  return table(
    [...visible, ...more],
    measured.map(({ page, runs }) => [
      page.title,
      spread(visibleOf(runs)),
      ratio(visibleOf(runs), visibleOf(ours(measured))),
      ratio(visibleOf(runs), visibleOf(runsOf(measured, "plain"))),
      spread(values(runs, (run) => run.key)),
      spread(values(runs, (run) => run.longTasks)),
      spread(values(runs, (run) => run.task)),
      spread(values(runs, (run) => run.script)),
      median(values(runs, (run) => run.heap)).toFixed(1),
      median(values(runs, (run) => run.wasm)).toFixed(1),
      median(values(runs, (run) => run.shift)).toFixed(2),
    ]),
  );
}

/** When each step to the first field was done, of the pages that have a WebAssembly: median and range. */
export function stepsTable(measured) {
  const [first] = measured.filter(({ runs }) => runs.every(({ steps }) => steps));
  if (!first) return undefined;
  const names = Object.keys(first.runs[0].steps);
  let before = 0;
  const rows = names.map((name) => {
    const all = values(first.runs, ({ steps }) => steps[name]);
    const added = median(all) - before;
    before = median(all);
    return [name, spread(all), added.toFixed(0)];
  });
  return table([`${first.page.title}: when`, "ms", "since the line above"], rows);
}

/** What a sign-in costs from one of its moments on: `fromSubmit` or `fromKey`. */
export function signInTable(measured, moment) {
  const of = (name) => (run) => run[moment][name];
  return table(
    ["page", "wall, ms", "main thread, ms", "to ours", "of it scripts", "long tasks, ms", "longest", "requests"],
    measured.map(({ page, runs }) => [
      page.title,
      spread(values(runs, of("wall"))),
      spread(values(runs, of("task"))),
      ratio(values(runs, of("task")), values(ours(measured), of("task"))),
      spread(values(runs, of("script"))),
      spread(values(runs, of("longTasks"))),
      spread(values(runs, of("longest"))),
      median(values(runs, (run) => run.requests)),
    ]),
  );
}

/** The main thread's work after the submit beyond that of the page with ready-made values, and how it compares with the peers'. */
export function beyondReadyMade(measured) {
  const work = (name) => {
    const found = measured.find(({ page }) => page.name === name);
    return found && median(values(found.runs, (run) => run.fromSubmit.task));
  };
  const floor = work("ready-made");
  if (floor === undefined) return undefined;
  const others = measured.filter(({ page }) => page.name !== "ready-made");
  const own = work("ours") - floor;
  return table(
    ["page", "main thread beyond the ready-made values, ms", "ours is"],
    others.map(({ page }) => {
      const more = work(page.name) - floor;
      return [page.title, more.toFixed(1), page.name === "ours" || !Number.isFinite(own) ? "" : `1/${(more / own).toFixed(1)}`];
    }),
  );
}

/**
 * All in one table, for people in a hurry.
 * @param {{ title: string, measured: { page: object, runs: object[] }[] }[]} profiles
 */
export function summaryTable(profiles, figures) {
  const [{ measured }] = profiles;
  const head = Object.entries(figures).flatMap(([name, { once }]) => (once ? [name] : profiles.map(({ title }) => `${name}, ${title}`)));
  const rows = measured.map(({ page }) => {
    const cells = Object.values(figures).flatMap(({ once, of, digits }) =>
      (once ? profiles.slice(0, 1) : profiles).map(({ measured }) => spread(values(runsOf(measured, page.name), of), digits)),
    );
    return [page.title, ...cells];
  });
  return table(["page", ...head], rows);
}

/** What the summary of a load tells, by profile but for what no profile changes. */
export const LOAD_SUMMARY = {
  "kB brotli": { once: true, of: ({ bytes }) => bytes.brotli / 1000, digits: 1 },
  "field visible, ms": { of: (run) => run.visible },
  "main thread, ms": { of: (run) => run.task },
};

/** What the summary of a sign-in tells. */
export const SIGN_IN_SUMMARY = {
  "wall, ms": { of: ({ fromSubmit }) => fromSubmit.wall },
  "main thread, ms": { of: ({ fromSubmit }) => fromSubmit.task },
  "longest task, ms": { of: ({ fromSubmit }) => fromSubmit.longest },
};
