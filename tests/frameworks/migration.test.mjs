// The pages about moving from another library: their code is what they say it is, by that library's types and ours, and a session that the
// library has begun goes on with the element.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { complaints, PERSON, run } from "./drive.mjs";
import { root } from "./folders.mjs";
import { npmRun, sources } from "./projects.mjs";
import { serve } from "./site.mjs";
import { stage } from "./stage.mjs";
import { takeOver } from "./visits.mjs";

const PAGES = join(root, "docs/site");

/** Whose code there is, by the name above it. */
const NAMES = ["cognito-login", "amazon-cognito-identity-js", "aws-amplify", "aws-amplify and @aws-amplify/ui-react"];

/** What the reader's page has. */
const AROUND = `import "cognito-login";
import type { CognitoUserPool } from "amazon-cognito-identity-js";
declare global {
  const pool: CognitoUserPool;
  const signOutButton: HTMLButtonElement;
  function greet(idToken: string): void;
  function showError(message: string): void;
  function askForCode(): Promise<string>;
  function askForPassword(): Promise<string>;
}
`;

/** The code of a page that is compared, as files that can be checked. */
function samples(page) {
  const text = readFileSync(join(PAGES, page), "utf8");
  const blocks = [...text.matchAll(/^```(\w+) (?:before|after)=(.*)\n([^]*?)^```$/gm)];
  return blocks.map(([, language, name, code]) => ({ name, code: language === "html" ? code.match(/<script[^>]*>([^]*)<\/script>/)[1] : code }));
}

test("the code that is compared compiles, and a mistake in it does not", async () => {
  const found = readdirSync(PAGES)
    .filter((page) => page.startsWith("from-"))
    .flatMap(samples);
  assert.deepEqual([...new Set(found.map(({ name }) => name))].sort(), [...NAMES].sort());
  const folder = join(sources("migration", stage.pool.url, "tests/frameworks/migration"), "samples");
  mkdirSync(folder);
  writeFileSync(join(folder, "around.d.ts"), AROUND);
  const files = found.map(({ code }, number) => [join(folder, `sample-${number}.jsx`), code]);
  for (const [file, code] of files) writeFileSync(file, code);
  await npmRun(join(folder, ".."), "check");

  // A name that each library does not have.
  const names = ["getCurrentUser", "fetchAuthSession", "signUpAttributes", "putVocabularies", "clientId"];
  for (const [file, code] of files) writeFileSync(file, names.reduce((code, name) => code.replace(name, `no_${name}`), code));
  const said = await npmRun(join(folder, ".."), "check").then(() => "", ({ message }) => message);
  for (const name of names) assert.ok(said.includes(`'no_${name}'`), `nothing was said of no_${name}:\n${said}`);
});

test("a session of amazon-cognito-identity-js goes on with the element, and ends for both", async () => {
  const folder = sources("migration", stage.pool.url, "tests/frameworks/migration");
  await npmRun(folder, "build");
  const site = await serve({ folders: [join(folder, "dist")], csp: stage.policy(), me: stage.me });
  try {
    for (const hasEnded of [false, true]) {
      await stage.browser.open(site.url);
      const seen = await run(stage.browser, takeOver, { ...PERSON, endpoint: `${stage.pool.url}/`, hasEnded });
      assert.deepEqual(seen.screens, ["signed-in"], "somebody was asked to sign in");
      assert.equal(seen.email, PERSON.username);
      assert.equal(seen.isSame, !hasEnded);
      assert.ok(new Date(seen.expiresAt) > new Date(), `the tokens have ended: ${seen.expiresAt}`);
      // The library finds what the element has stored.
      assert.equal(seen.found, seen.idToken);
      assert.equal(seen.isFoundLater, false);
      assert.deepEqual(seen.left, []);
      assert.deepEqual(await complaints(stage.browser), []);
    }
  } finally {
    site.close();
  }
});
