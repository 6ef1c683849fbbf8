// The npm package as its users meet it: packed, installed, imported, compiled against. Needs `dist/`.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { directionOf } from "../../src/element/language.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "dist");
const project = mkdtempSync(join(tmpdir(), "cognito-login-"));
const installed = join(project, "node_modules/cognito-login");
const read = (...path) => readFileSync(join(...path), "utf8");
/** The tags of the languages beside English. */
const LANGUAGES = readdirSync(join(root, "src/i18n/texts")).map((name) => name.replace(".json", "")).filter((tag) => tag !== "en").sort();
/** What every page loads: the entry, with which it shows the form, and what comes with the WebAssembly. */
const SCRIPTS = ["cognito-login.js", "program.js"];

/** Runs a program; where it fails, the test's message is what the program said. */
function run(program, args, folder) {
  try {
    return execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    throw new Error(`${program} ${args.join(" ")}\n${error.stdout}${error.stderr}`);
  }
}

before(() => {
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "a-page", private: true, type: "module" }));
  const archive = run("npm", ["pack", "--silent", "--pack-destination", project], dist).trim();
  run("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", `./${archive}`], project);
});

after(() => rmSync(project, { recursive: true }));

test("the packed package has every promised file and no other", () => {
  const listed = run("find", [".", "-type", "f"], installed);
  assert.deepEqual(listed.trim().split("\n").sort(), [
    "./LICENSE-APACHE",
    "./LICENSE-MIT",
    "./README.md",
    "./TEXTS.md",
    "./calling-codes.js",
    "./cognito-login.d.ts",
    "./cognito-login.js",
    "./cognito-login_bg.wasm",
    "./custom-elements.json",
    "./integrity.json",
    ...LANGUAGES.map((tag) => `./lang/${tag}.js`),
    "./lease.js",
    "./package.json",
    "./passkeys.js",
    "./program.js",
    "./sbom.cdx.json",
    "./storage-mirror.js",
  ]);
});

test("its version is the version of the Rust package", () => {
  const cargo = read(root, "Cargo.toml").match(/^version = "(.+)"$/m);
  assert.equal(JSON.parse(read(installed, "package.json")).version, cargo[1]);
});

test("the projects that people copy ask for this version", () => {
  const { version } = JSON.parse(read(installed, "package.json"));
  const manifests = ["examples", "tests/frameworks"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name, "package.json")),
  );
  const asked = manifests
    .filter((path) => existsSync(join(root, path)))
    .map((path) => [path, JSON.parse(read(root, path)).dependencies["cognito-login"]])
    .filter(([, range]) => range);
  assert.ok(asked.length > 5, `${asked}`);
  for (const [path, range] of asked) assert.equal(range, `^${version}`, path);
});

/** The bytes of a file as they are sent. */
function brotli(name) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return brotliCompressSync(readFileSync(join(installed, name)), { params }).length;
}

test("a page shows the form after no more than so many bytes", () => {
  const bytes = brotli("cognito-login.js");
  assert.ok(bytes < 6_000, `${bytes} bytes`);
});

test("a page loads no more than so many bytes", () => {
  // Only the standard library that came with Rust, which `cargo xtask package` falls back to, keeps the texts of panics.
  const small = !readFileSync(join(installed, "cognito-login_bg.wasm")).includes("called `Option::unwrap()`");
  // Raise it only for what is worth the bytes, and say so in the change.
  const budget = small ? 170_500 : 183_500;
  const bytes = [...SCRIPTS, "cognito-login_bg.wasm"].reduce((sum, name) => sum + brotli(name), 0);
  assert.ok(bytes < budget, `${bytes} bytes of ${budget}`);
});

test("the files name no folder of the machine that built them", () => {
  const folders = [homedir(), root, process.env.CARGO_HOME].filter(Boolean);
  const names = [...SCRIPTS, "calling-codes.js", "passkeys.js", "storage-mirror.js", "lease.js", "cognito-login_bg.wasm"];
  for (const name of names) {
    const content = readFileSync(join(installed, name), "latin1");
    for (const folder of folders) assert.ok(!content.includes(folder), `${name} has ${folder}`);
  }
});

test("a server that renders pages can import it", () => {
  const code = `
    const { CognitoLoginElement, define } = await import("cognito-login");
    define();
    console.log(CognitoLoginElement.observedAttributes.length > 0);`;
  assert.equal(run("node", ["--input-type=module", "--eval", code], project), "true\n");
});

test("the script leaves the address of the WebAssembly to bundlers and names no other host", () => {
  assert.ok(read(installed, "cognito-login.js").includes('new URL("./cognito-login_bg.wasm",import.meta.url)'));
  for (const name of SCRIPTS) assert.doesNotMatch(read(installed, name), /https?:\/\//);
});

test("the script leaves the other languages to bundlers, each a file of its own", async () => {
  const script = read(installed, "cognito-login.js");
  const english = Object.keys(JSON.parse(read(root, "src/i18n/texts/en.json"))).sort();
  assert.ok(LANGUAGES.length > 0);
  for (const tag of LANGUAGES) {
    assert.ok(script.includes(`import("./lang/${tag}.js")`), tag);
    const { default: texts } = await import(pathToFileURL(join(installed, "lang", `${tag}.js`)).href);
    assert.deepEqual(Object.keys(texts).sort(), english, tag);
  }
});

test("the direction of each language is the one that is known of it", () => {
  for (const tag of ["en", ...LANGUAGES]) {
    const locale = new Intl.Locale(tag);
    const { direction } = locale.getTextInfo?.() ?? locale.textInfo;
    assert.equal(directionOf(tag), direction, tag);
  }
});

test("the script leaves the calling codes to bundlers, a file of its own", () => {
  assert.match(read(installed, "program.js"), /import\("\.\/calling-codes\.js"\)/);
  for (const name of SCRIPTS) assert.doesNotMatch(read(installed, name), /US AG AI AS/);
  assert.match(read(installed, "calling-codes.js"), /US AG AI AS/);
});

test("the script leaves to bundlers what few pages need, each a file of its own", () => {
  const files = [
    ["storage-mirror.js", /randomPasswordKey/],
    ["lease.js", /cognito-login\.lease/],
    ["passkeys.js", /parseRequestOptionsFromJSON/],
  ];
  for (const [name, something] of files) {
    assert.ok(read(installed, "program.js").includes(`import("./${name}")`), name);
    for (const script of SCRIPTS) assert.doesNotMatch(read(installed, script), something);
    assert.match(read(installed, name), something);
  }
});

test("the script has nothing that a strict Content-Security-Policy or Trusted Types refuse", () => {
  for (const name of SCRIPTS) assert.doesNotMatch(read(installed, name), /\beval\(|new Function|document\.write/);
  // Not looked for in the glue: Yew can set markup, but only where it is asked to, and element.test.mjs sees that it is not.
  for (const name of readdirSync(join(root, "src/element")).filter((name) => name.endsWith(".js"))) {
    const element = read(root, "src/element", name).replace(/^ *\/\/.*$/gm, "");
    assert.doesNotMatch(element, /innerHTML|outerHTML|insertAdjacentHTML/, name);
  }
});

const compilerOptions = {
  strict: true,
  noEmit: true,
  target: "es2022",
  module: "esnext",
  moduleResolution: "bundler",
  lib: ["es2022", "dom", "dom.iterable"],
  types: [],
};

/** Compiles one file in the project; not even libraries are let off. */
function compile(file, options) {
  cpSync(join(root, "tests/package", file), join(project, file));
  const settings = { compilerOptions: { ...compilerOptions, ...options }, files: [file] };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(settings));
  run(join(root, "node_modules/.bin/tsc"), ["--project", "tsconfig.json"], project);
}

test("the types compile where there is no React", () => {
  compile("usage.ts", {});
});

test("the types compile in the manner of Node's own resolution", () => {
  compile("usage.ts", { module: "nodenext", moduleResolution: "nodenext" });
});

test("JSX of React knows the elements", () => {
  mkdirSync(join(project, "node_modules/@types"), { recursive: true });
  symlinkSync(join(root, "node_modules/@types/react"), join(project, "node_modules/@types/react"));
  compile("react.tsx", { jsx: "react-jsx" });
});
