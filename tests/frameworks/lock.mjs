// Writes package-lock.json anew after a change of a project's package.json: `node tests/frameworks/lock.mjs`.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { layOut, root } from "./folders.mjs";

const folder = mkdtempSync(join(tmpdir(), "frameworks-"));
layOut(folder);
// The lock names no registry: whoever installs has one.
const options = ["--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved", "--no-audit", "--no-fund"];
execFileSync("npm", ["install", ...options], { cwd: folder, stdio: "inherit" });
cpSync(join(folder, "package-lock.json"), join(root, "tests/frameworks/package-lock.json"));
rmSync(folder, { recursive: true });
