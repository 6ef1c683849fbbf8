// The packed package in a page that Next.js renders on a server: a production build, started, under the policy of its own proxy.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { drive } from "./drive.mjs";
import { environment, npmRun, sources } from "./projects.mjs";
import { stage } from "./stage.mjs";

test("a page rendered by Next.js signs people in", async () => {
  const folder = sources("next", stage.pool.url, "tests/frameworks/next");
  await npmRun(folder, "build");
  const server = await start(folder);
  try {
    const html = await (await fetch(server.url)).text();
    assert.match(html, /<cognito-login [^>]*user-pool-id="us-east-1_LocalPool"/);
    await drive(stage.browser, server.url, { heading: "Welcome", hasProperties: true });
  } finally {
    server.stop();
  }
});

/** Starts what was built on a free port, and waits until it says which. */
async function start(folder) {
  const options = { cwd: folder, env: environment(), stdio: ["ignore", "pipe", "inherit"], detached: true };
  const child = spawn("npm", ["run", "start", "--", "--port=0", "--hostname=127.0.0.1"], options);
  // The program is npm's child, so the whole group ends.
  const stop = () => {
    // Once: there may be no such group any more when this process ends.
    process.off("exit", stop);
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid);
  };
  process.once("exit", stop);
  const url = await new Promise((found, failed) => {
    child.once("error", failed);
    child.once("exit", () => failed(new Error("next start has ended before it said its address")));
    createInterface(child.stdout).on("line", (line) => {
      const [address] = line.match(/http:\/\/127\.0\.0\.1:\d+/) ?? [];
      if (address) found(`${address}/`);
    });
  });
  return { url, stop };
}
