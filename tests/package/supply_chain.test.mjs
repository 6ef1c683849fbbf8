// What the package says of its own files and of what they were made of. Needs `dist/`.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "dist");
const json = (name) => JSON.parse(readFileSync(join(dist, name), "utf8"));
const bill = json("sbom.cdx.json");

test("every file that a page loads has its hash, and no other file has one", () => {
  const loaded = readdirSync(dist, { recursive: true }).filter((name) => /\.(js|wasm)$/.test(name));
  const hash = (name) => createHash("sha384").update(readFileSync(join(dist, name))).digest("base64");
  const expected = loaded.map((name) => [name.replaceAll("\\", "/"), `sha384-${hash(name)}`]);
  assert.ok(expected.length >= 3);
  assert.deepEqual(json("integrity.json"), Object.fromEntries(expected));
});

/** The crates of Cargo.lock: `name@version` and the hash of the archive. */
const lock = Object.fromEntries(
  readFileSync(join(root, "Cargo.lock"), "utf8")
    .split("[[package]]")
    .map((text) => ["name", "version", "checksum"].map((key) => text.match(`\n${key} = "(.+)"`)?.[1]))
    .filter(([name, , checksum]) => name && checksum)
    .map(([name, version, checksum]) => [`${name}@${version}`, checksum]),
);

test("the bill of materials has each crate as Cargo.lock has it", () => {
  const crates = bill.components.filter((one) => one.purl);
  assert.ok(crates.length > 50);
  for (const one of crates) {
    assert.equal(one.purl, `pkg:cargo/${one["bom-ref"]}`);
    assert.deepEqual(one.hashes, [{ alg: "SHA-256", content: lock[one["bom-ref"]] }]);
  }
});

test("the bill of materials has what is in the WebAssembly and nothing of the tools", () => {
  const names = new Set(bill.components.map((one) => one.name));
  for (const name of ["cognito-protocol", "sha2", "std", "talc", "wasm-bindgen", "yew", "zeroize"]) {
    assert.ok(names.has(name), name);
  }
  // Procedural macros, build scripts, the pool, the triggers, the tests.
  for (const name of ["syn", "proc-macro2", "yew-macro", "wasm-bindgen-macro", "tokio", "local-pool", "xtask", "cyclonedx-bom"]) {
    assert.ok(!names.has(name), name);
  }
});

test("only the repository's own crates and the standard library come from no registry", () => {
  const own = bill.components.filter((one) => !one.purl).map((one) => one.name);
  assert.deepEqual(own.sort(), ["cognito-login", "cognito-login-wasm", "cognito-protocol", "one-time-code", "std"]);
});

test("whatever something depends on is in the bill of materials, and hangs together", () => {
  const needs = new Map(bill.dependencies.map((one) => [one.ref, one.dependsOn]));
  const reached = new Set();
  const follow = (ref) => {
    if (reached.has(ref)) return;
    reached.add(ref);
    (needs.get(ref) ?? []).forEach(follow);
  };
  follow(bill.metadata.component["bom-ref"]);
  const listed = [bill.metadata.component, ...bill.components].map((one) => one["bom-ref"]);
  assert.deepEqual([...reached].sort(), listed.sort());
});

test("the bill of materials is of this version and names no machine and no time", () => {
  assert.equal(bill.metadata.component.purl, `pkg:npm/cognito-login@${json("package.json").version}`);
  assert.equal(bill.metadata.timestamp, undefined);
  assert.equal(bill.serialNumber, undefined);
  assert.ok(!JSON.stringify(bill).includes(root));
});
