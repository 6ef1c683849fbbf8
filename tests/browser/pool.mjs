// A local pool on a free port.
import { execFileSync, spawn } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Starts the program that `LOCAL_POOL` names, or the one that cargo builds; it ends with `stop`, or with this process. */
export async function startPool() {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  if (!process.env.LOCAL_POOL) {
    const build = ["build", "--quiet", "--locked", "--package=local-pool"];
    execFileSync("cargo", build, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  }
  const program = process.env.LOCAL_POOL ?? resolve(root, process.env.CARGO_TARGET_DIR ?? "target", "debug/local-pool");
  const child = spawn(program, ["--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  const stop = () => child.kill();
  process.once("exit", stop);
  const url = await new Promise((found, failed) => {
    child.once("error", failed);
    child.once("exit", () => failed(new Error(`${program} has ended before it said its address`)));
    createInterface(child.stdout).on("line", (line) => {
      const [, address] = line.match(/(http:\/\/127\.0\.0\.1:\d+)\//) ?? [];
      if (address) found(address);
    });
  });
  return { url, stop };
}
