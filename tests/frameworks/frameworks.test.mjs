// The packed package in applications of each framework: compiled by the framework's own checker, built, and driven under a strict policy.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { npmRun, ownPackage, sources } from "./projects.mjs";
import { stage } from "./stage.mjs";

/** An attribute whose value there is not. */
const WRONG_VALUE = { right: "<cognito-login", wrong: '<cognito-login theme="blue"', complaint: /"blue"/ };

/** A listener that takes another event than it gets. */
const WRONG_EVENT = { right: "(cognito-login-signed-in)", wrong: "(cognito-login-screen)", complaint: /CognitoLoginScreenChange/ };

/** Checks the application with a mistake where it has the element. */
function wronglyChecked(folder, { right, wrong }) {
  const files = readdirSync(join(folder, "src")).map((name) => join(folder, "src", name));
  const file = files.find((file) => readFileSync(file, "utf8").includes(right));
  assert.ok(file, `no file has ${right}`);
  writeFileSync(file, readFileSync(file, "utf8").replace(right, wrong));
  return npmRun(folder, "check");
}

/** What the widget needs no exception for: Trusted Types. */
const TRUSTED_TYPES = "require-trusted-types-for 'script'; trusted-types 'none'";

/**
 * Where each application is, what its framework itself needs in place of [`TRUSTED_TYPES`], which mistake its checker must see, and
 * whether it looks for the package in its own folder.
 */
const FRAMEWORKS = {
  React: { source: "examples/react" },
  // Vue and Svelte set markup by policies of their own.
  Vue: { source: "examples/vue", trustedTypes: TRUSTED_TYPES.replace("'none'", "vue") },
  Svelte: { source: "tests/frameworks/svelte", trustedTypes: TRUSTED_TYPES.replace("'none'", "svelte-trusted-html") },
  // Solid sets markup as text.
  Solid: { source: "tests/frameworks/solid", trustedTypes: "" },
  // Angular checks no attribute of an element that is none of its own.
  // It copies files into its site from below its own folder alone.
  Angular: { source: "tests/frameworks/angular", mistake: WRONG_EVENT, hasOwn: true },
};

for (const [framework, { source, trustedTypes = TRUSTED_TYPES, mistake = WRONG_VALUE, hasOwn = false }] of Object.entries(FRAMEWORKS)) {
  test(`an application of ${framework} signs people in`, async () => {
    const folder = sources(framework.toLowerCase(), stage.pool.url, source);
    if (hasOwn) ownPackage(folder);
    await npmRun(folder, "check");
    await npmRun(folder, "build");
    await assert.rejects(wronglyChecked(folder, mistake), mistake.complaint, "the checker lets a mistake pass");
    const csp = stage.policy().replace(TRUSTED_TYPES, trustedTypes);
    await stage.visit([join(folder, "dist")], { csp, heading: "Welcome", hasProperties: true });
  });
}
