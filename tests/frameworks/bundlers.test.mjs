// The packed package in a plain page of each bundler, as its documentation says to configure it, under a strict policy.
import { join } from "node:path";
import { test } from "node:test";
import { npmRun, sources } from "./projects.mjs";
import { stage } from "./stage.mjs";

for (const bundler of ["vite", "webpack", "rollup", "esbuild"]) {
  test(`a page bundled by ${bundler} signs people in`, async () => {
    const folder = sources(bundler, stage.pool.url, "tests/frameworks/page", `tests/frameworks/${bundler}`);
    await npmRun(folder, "build");
    // webpack loads its chunks by script elements, for which it has a policy of its own.
    const csp = bundler === "webpack" ? stage.policy().replace("trusted-types 'none'", "trusted-types webpack") : stage.policy();
    // Vite writes the page itself; with the others it is a file of the author's beside what they write.
    await stage.visit([join(folder, "dist"), folder], { csp });
  });
}
