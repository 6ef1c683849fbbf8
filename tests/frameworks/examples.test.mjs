// The examples that are no application of a framework, laid out as people would copy them.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { complaints, drive, PERSON, run } from "./drive.mjs";
import { installed, npmRun, sources } from "./projects.mjs";
import { serve } from "./site.mjs";
import { stage } from "./stage.mjs";
import { answerDialog, signInBesideAmplify } from "./visits.mjs";

/** An example whose site has the package's files in a folder. */
function plain(name) {
  const folder = sources(name, stage.pool.url, `examples/${name}`);
  cpSync(installed(), join(folder, "cognito-login"), { recursive: true });
  return folder;
}

/** Serves an example and visits it, which nobody may complain about. */
async function visit(options, work, ...args) {
  const site = await serve({ me: stage.me, ...options });
  try {
    await stage.browser.open(site.url);
    const seen = await run(stage.browser, work, ...args);
    assert.deepEqual(await complaints(stage.browser), []);
    return seen;
  } finally {
    site.close();
  }
}

test("the plain page signs people in", async () => {
  await stage.visit([plain("plain-html")], { csp: "" });
});

test("the page with the strict policy signs people in, from its own server", async () => {
  const { answer } = await import(pathToFileURL(join(plain("strict-csp"), "server.mjs")));
  const site = await serve({ folders: [], me: stage.me, answer });
  try {
    const policy = (await fetch(site.url)).headers.get("content-security-policy");
    assert.match(policy, /require-trusted-types-for 'script'; trusted-types 'none'/);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
    await drive(stage.browser, site.url);
  } finally {
    site.close();
  }
});

test("the page with a screen of its own answers the pool's challenge, also after a wrong answer", async () => {
  const options = { folders: [plain("own-challenge")], csp: stage.policy() };
  const seen = await visit(options, answerDialog, { ...PERSON, username: "email-code@example.com", inbox: stage.pool.url });
  assert.equal(seen.greeting, "Hello, email-code@example.com");
  assert.deepEqual(seen.wasWrong, [false, true]);
});

test("the element and Amplify have one session", async () => {
  const folder = sources("shared-session", stage.pool.url, "examples/shared-session");
  await npmRun(folder, "build");
  const seen = await visit({ folders: [join(folder, "dist")], csp: stage.policy() }, signInBesideAmplify, PERSON);
  assert.equal(seen.greeting, "Hello, srp@example.com");
  assert.equal(seen.screen, "sign-in");
});
