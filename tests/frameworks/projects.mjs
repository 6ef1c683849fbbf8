// Projects laid out and built as their authors would, by the scripts of their package.json.
import { execFile } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { copy, emptied, root, workshop } from "./folders.mjs";

/** The local pool's usual address, which the sources name. */
const USUAL = "http://127.0.0.1:9229/";

/** Lays out the sources of these folders for a pool at `endpoint`, in the project's folder of that name, which it returns. */
export function sources(name, endpoint, ...folders) {
  const target = emptied(name);
  for (const folder of folders) copy(join(root, folder), target, { [USUAL]: `${endpoint}/` });
  return target;
}

/** Runs a script of a project's package.json; where it fails, the test's message is what it said. */
export async function npmRun(folder, script) {
  try {
    await promisify(execFile)("npm", ["run", script], { cwd: folder, env: environment(), encoding: "utf8" });
  } catch (error) {
    throw new Error(`npm run ${script}\n${error.stdout}${error.stderr}`);
  }
}

/** What a project's tools would tell their makers, they keep to themselves. */
export const environment = () => ({ ...process.env, NEXT_TELEMETRY_DISABLED: "1" });

/** The packed package, as it is installed. */
export const installed = () => join(workshop(), "node_modules/cognito-login");

/** Gives a project the package in its own folder, where it would be, were the project alone. */
export function ownPackage(folder) {
  const place = join(folder, "node_modules/cognito-login");
  rmSync(place, { force: true });
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(installed(), place);
}
