// The half of `cargo xtask bench constant-time` that is in the browser: prints the table that the native program prints.
import { cpus, loadavg } from "node:os";
import { openPage } from "./page.mjs";

const page = await openPage(process.env.CONSTANT_TIME_PAGE);
try {
  if (!page.isolated) throw new Error("the page is not isolated from those of others, so the steps of its clock are too large");
  const pairs = Number(process.argv[2] ?? page.pairs);
  const step = await page.step();
  console.log(page.head);
  for (let index = 0; index < page.cases; index += 1) console.log(await page.row(index, pairs));
  const [{ model }, { length }] = [cpus()[0], cpus()];
  const date = new Date().toISOString().slice(0, 10);
  const clock = `a clock with steps of ${Math.round(step * 1000)} µs`;
  console.log(`\n${date}, ${length} cores (${model}), ${page.product}, ${clock}; ${pairs} pairs of runs; load ${loadavg()[0].toFixed(1)}`);
} finally {
  await page.close();
}
