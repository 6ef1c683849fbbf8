// Where the projects are, and the folder into which they are laid out side by side: one installation serves all of them.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The folders with a package.json, by name: projects that only test, and examples that people copy. */
export const projects = Object.fromEntries(
  ["tests/frameworks", "examples"].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && readdirSync(join(root, folder, entry.name)).includes("package.json"))
      .map(({ name }) => [name, join(root, folder, name)]),
  ),
);

/** Where the installation of all projects is, or is to be. */
export function workshop() {
  const folder = process.env.FRAMEWORKS;
  if (!folder) throw new Error("FRAMEWORKS names the folder of the installation; `cargo xtask test frameworks` sets it");
  return folder;
}

/** What a project would get from the registry, had we published there. It is put in from `dist/` instead, and so is in no lock. */
export const OURS = "cognito-login";

/** What an installation has put into a project's folder, where it has not in ours. */
const INSTALLED = ["node_modules", "package.json"];

/** Lays out the package.json of every project, without our own package. */
export function layOut(folder) {
  for (const [name, source] of Object.entries(projects)) {
    const manifest = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
    delete manifest.dependencies?.[OURS];
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "package.json"), JSON.stringify(manifest, null, 2));
  }
  cpSync(join(root, "tests/frameworks/package.json"), join(folder, "package.json"));
}

/** Empties a project's folder of what an earlier run has left there, and returns where it is. */
export function emptied(name) {
  const folder = join(workshop(), name);
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder)) {
    if (!INSTALLED.includes(entry)) rmSync(join(folder, entry), { recursive: true });
  }
  return folder;
}

/** Copies sources into a project's folder, with other words in place of some of theirs. */
export function copy(source, folder, replaced) {
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    const path = relative(source, join(entry.parentPath, entry.name));
    if (!entry.isFile() || INSTALLED.some((name) => path.startsWith(name))) continue;
    let text = readFileSync(join(source, path), "utf8");
    for (const [word, other] of Object.entries(replaced)) text = text.replaceAll(word, other);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
