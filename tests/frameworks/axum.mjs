// The back end in Rust, started as its readers start it.
import { execFileSync, spawn } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { root } from "./folders.mjs";

const NAME = "verify-token-axum";

/** The program that `cargo xtask test` names, or the one that cargo builds. */
function program() {
  if (process.env.VERIFY_TOKEN_AXUM) return process.env.VERIFY_TOKEN_AXUM;
  execFileSync("cargo", ["build", "--quiet", "--locked", `--package=${NAME}`], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  return resolve(root, process.env.CARGO_TARGET_DIR ?? "target", "debug", NAME);
}

/** Starts it on a free port, with these variables. */
export async function startAxum(variables) {
  const child = spawn(program(), { env: { ...process.env, ...variables, PORT: "0" }, stdio: ["ignore", "pipe", "inherit"] });
  const close = () => child.kill();
  process.once("exit", close);
  const url = await new Promise((found, failed) => {
    child.once("error", failed);
    child.once("exit", () => failed(new Error(`${NAME} has ended before it said its address`)));
    createInterface(child.stdout).once("line", found);
  });
  return { url, close };
}
