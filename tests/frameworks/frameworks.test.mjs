// The packed package in applications of each framework: compiled by the framework's own checker, built, and driven under a strict policy.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { npmRun, sources } from "./projects.mjs";
import { stage } from "./stage.mjs";

/** Checks the application with an attribute whose value there is not. */
function wronglyChecked(folder) {
  const app = join(folder, "src", readdirSync(join(folder, "src")).find((name) => name.startsWith("App.")));
  writeFileSync(app, readFileSync(app, "utf8").replace("endpoint=", 'theme="blue" endpoint='));
  return npmRun(folder, "check");
}

/** What the widget needs no exception for: Trusted Types. */
const TRUSTED_TYPES = "require-trusted-types-for 'script'; trusted-types 'none'";

/** Where each application is, and what its framework itself needs in place of [`TRUSTED_TYPES`]. */
const FRAMEWORKS = {
  React: { source: "examples/react" },
  // Vue and Svelte set markup by policies of their own.
  // Vue's checker was not brought to refuse a wrong attribute of an element that is none of its own.
  Vue: { source: "examples/vue", trustedTypes: TRUSTED_TYPES.replace("'none'", "vue"), seesAttributes: false },
  Svelte: { source: "tests/frameworks/svelte", trustedTypes: TRUSTED_TYPES.replace("'none'", "svelte-trusted-html") },
  // Solid sets markup as text.
  Solid: { source: "tests/frameworks/solid", trustedTypes: "" },
};

for (const [framework, { source, trustedTypes = TRUSTED_TYPES, seesAttributes = true }] of Object.entries(FRAMEWORKS)) {
  test(`an application of ${framework} signs people in`, async () => {
    const folder = sources(framework.toLowerCase(), stage.pool.url, source);
    await npmRun(folder, "check");
    await npmRun(folder, "build");
    if (seesAttributes) await assert.rejects(wronglyChecked(folder), /"blue"/, "the checker lets a theme pass that there is not");
    const csp = stage.policy().replace(TRUSTED_TYPES, trustedTypes);
    await stage.visit([join(folder, "dist")], { csp, heading: "Welcome", hasProperties: true });
  });
}
