// Installs what the projects name, as package-lock.json has it, and our package as `npm pack` makes it of `dist/`. An installation of
// the same lock is kept.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { layOut, OURS, root, workshop } from "./folders.mjs";

const folder = workshop();
const lock = readFileSync(join(root, "tests/frameworks/package-lock.json"), "utf8");
const stamp = join(folder, "node_modules/.installed-lock.json");
const run = (program, args, cwd) => execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

layOut(folder);
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lock) {
  cpSync(join(root, "tests/frameworks/package-lock.json"), join(folder, "package-lock.json"));
  // Nothing is run that comes with a package.
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder);
  writeFileSync(stamp, lock);
}

const installed = join(folder, "node_modules", OURS);
rmSync(installed, { recursive: true, force: true });
mkdirSync(installed);
const archive = run("npm", ["pack", "--silent", "--pack-destination", folder], join(root, "dist")).trim();
run("tar", ["-xzf", archive, "-C", installed, "--strip-components=1"], folder);
rmSync(join(folder, archive));
