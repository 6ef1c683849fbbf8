// The code of the pages about moving is what they say it is: checked against the package's types, and against the other library's where
// its types are at hand.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pages = join(root, "docs/site");

/** Whose types are here, by the name above the code. */
const KNOWN = ["cognito-login", "amazon-cognito-identity-js"];

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

let project;

before(() => {
  project = mkdtempSync(join(tmpdir(), "migration-"));
  mkdirSync(join(project, "node_modules/@types"), { recursive: true });
  symlinkSync(join(root, "dist"), join(project, "node_modules/cognito-login"));
  for (const name of ["@types/react", "amazon-cognito-identity-js"]) {
    symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name));
  }
});

after(() => rmSync(project, { recursive: true }));

/** The code of a page that is compared, as files that can be checked. */
function samples(page) {
  const text = readFileSync(join(pages, page), "utf8");
  const blocks = [...text.matchAll(/^```(\w+) (?:before|after)=(.*)\n([^]*?)^```$/gm)];
  return blocks.map(([, language, name, code]) => ({ name, code: language === "html" ? code.match(/<script[^>]*>([^]*)<\/script>/)[1] : code }));
}

test("the code that is compared compiles", () => {
  const found = readdirSync(pages)
    .filter((page) => page.startsWith("from-"))
    .flatMap(samples);
  for (const name of KNOWN) assert.ok(found.some((sample) => sample.name === name), name);
  const checked = found.filter(({ name }) => KNOWN.includes(name));
  checked.forEach(({ code }, number) => writeFileSync(join(project, `sample-${number}.jsx`), code));
  writeFileSync(join(project, "around.d.ts"), AROUND);
  const compilerOptions = {
    allowJs: true,
    checkJs: true,
    strict: false,
    noEmit: true,
    skipLibCheck: true,
    moduleDetection: "force",
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    lib: ["es2022", "dom", "dom.iterable"],
    jsx: "react-jsx",
    types: [],
    preserveSymlinks: true,
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*"] }));
  try {
    execFileSync(join(root, "node_modules/.bin/tsc"), ["--project", "tsconfig.json"], { cwd: project, encoding: "utf8" });
  } catch ({ stdout }) {
    assert.fail(`${stdout}`);
  }
});
