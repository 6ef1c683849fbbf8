// The program that drives a browser, and the screen in memory that some browsers need.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

/** How often a driver is started that cannot have the port that was free a moment before. */
const TRIES = 3;

/** Starts the driver of a browser and waits until it takes calls. */
export async function startDriver(browser) {
  const screen = browser.display && (await startScreen());
  const driver = await start(browser, { ...process.env, ...(screen && { DISPLAY: screen.name }) }).catch((error) => {
    screen?.stop();
    throw error;
  });
  const stop = () => {
    driver.stop();
    screen?.stop();
  };
  return { url: driver.url, stop };
}

async function start(browser, env) {
  if (browser.port) {
    const [program, ...args] = browser.driver(0);
    const { line: [, port], stop } = await startSaying(program, args, browser.port, { env, stderr: browser.stderr });
    return { url: `http://127.0.0.1:${port}`, stop };
  }
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const [program, ...args] = browser.driver(port);
    try {
      return await startAnswering(program, args, `http://127.0.0.1:${port}`, env);
    } catch (error) {
      if (tries === TRIES || error.code === "ENOENT") throw error;
    }
  }
}

/** A screen that nobody sees, with a number that no other one has. */
async function startScreen() {
  const args = ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"];
  const { line: [number], stop } = await startSaying("Xvfb", args, /^\d+$/, { stderr: "ignore" });
  return { name: `:${number}`, stop };
}

/** Starts a program that says in a line what it has chosen, and returns the match of that line. */
async function startSaying(program, args, pattern, { env, stderr = "inherit" }) {
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", stderr] });
  const stop = ending(child);
  const line = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`${program} has ended before it said what it has chosen`)));
    // Read to the end: a driver must be able to write as long as it lives.
    createInterface(child.stdout).on("line", (line) => {
      const match = line.match(pattern);
      if (match) resolve(match);
    });
  });
  return { line, stop };
}

/** Starts a driver that says nothing, and waits until it answers. */
async function startAnswering(program, args, url, env) {
  const child = spawn(program, args, { env, stdio: ["ignore", "ignore", "ignore"] });
  const stop = ending(child);
  const ended = new Promise((_, reject) => {
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`${program} has ended before it took a call`)));
  });
  const answers = async () => {
    while (child.exitCode === null && !child.signalCode) {
      const answer = await fetch(`${url}/status`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await Promise.race([answers(), ended]);
  return { url, stop };
}

/** What ends a program, which ends with this process too. */
function ending(child) {
  const stop = () => child.kill();
  process.once("exit", stop);
  return () => {
    process.off("exit", stop);
    stop();
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
