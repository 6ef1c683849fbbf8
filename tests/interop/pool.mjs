// A local pool of a test's own, seen from outside: its program, its HTTP. Nothing here knows how it works inside.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { resolve } from "node:path";
import { test as nodeTest } from "node:test";
import { fileURLToPath } from "node:url";
import { Secret, TOTP } from "otpauth";

export const LOCAL_POOL = "us-east-1_LocalPool";
export const MFA_ON_POOL = "us-east-1_LocalMfaOn";
export const MFA_PICK_POOL = "us-east-1_LocalMfaPick";
export const NAMED_POOL = "us-east-1_LocalNamed";
export const DEVICE_POOL = "us-east-1_LocalDevice";
export const DEVICE_ALWAYS_POOL = "us-east-1_LocalDeviceAlways";
export const CHOICE_POOL = "us-east-1_LocalChoice";
export const CLIENT = "localclient000000000000000";
export const MFA_ON_CLIENT = "localclientmfaon0000000000";
export const MFA_PICK_CLIENT = "localclientmfapick00000000";
export const NAMED_CLIENT = "localclientnamed0000000000";
export const DEVICE_CLIENT = "localclientdevice000000000";
export const DEVICE_ALWAYS_CLIENT = "localclientdevicealways000";
export const CHOICE_CLIENT = "localclientchoice000000000";
export const PASSWORD = "Local-pool-1!";

/** What the service says to a wrong password, to an unknown user, and to whatever must look like them. */
export const INCORRECT = { name: "NotAuthorizedException", message: "Incorrect username or password." };
export const SESSION_INVALID = { name: "NotAuthorizedException", message: "Invalid session for the user." };
export const SESSION_USED = {
  name: "NotAuthorizedException",
  message: "Invalid session for the user, session can only be used once.",
};
export const SESSION_EXPIRED = {
  name: "NotAuthorizedException",
  message: "Invalid session for the user, session is expired.",
};
export const TOTP_USED = {
  name: "ExpiredCodeException",
  message: "Your software token has already been used once.",
};
export const CODE_WRONG = { name: "CodeMismatchException" };

/** A test with a pool that is started for it and stopped after it. Where it fails, it tells what the pool was asked. */
export function test(name, body) {
  nodeTest(name, async (t) => {
    const pool = await Pool.start();
    t.after(() => pool.stop());
    try {
      await body(pool, t);
    } catch (error) {
      t.diagnostic(`the pool's log:\n${pool.log}`);
      throw error;
    }
  });
}

const running = new Set();
process.on("exit", () => running.forEach((pool) => pool.process.kill()));

/** The program that `cargo xtask test` names, or the one that cargo builds. */
function program() {
  if (process.env.LOCAL_POOL) return process.env.LOCAL_POOL;
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const options = { cwd: root, stdio: ["ignore", "ignore", "inherit"] };
  execFileSync("cargo", ["build", "--quiet", "--locked", "--package=local-pool"], options);
  return resolve(root, process.env.CARGO_TARGET_DIR ?? "target", "debug/local-pool");
}

let built;

export class Pool {
  /** What clients asked and were told: `{ operation, request, status, reply }`, oldest first. */
  exchanges = [];
  /** The pool's own lines. */
  log = "";
  /** Changes a request on its way: takes operation and members, changes the members. */
  tamper = null;

  static async start() {
    built ??= program();
    const pool = new Pool();
    pool.process = spawn(built, ["--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
    running.add(pool);
    pool.process.stderr.on("data", (data) => (pool.log += data));
    pool.url = await new Promise((started, failed) => {
      let banner = "";
      pool.process.stdout.on("data", (data) => {
        banner += data;
        const found = banner.match(/(http:\/\/127\.0\.0\.1:\d+)\//);
        if (found) started(found[1]);
      });
      pool.process.on("error", failed);
      pool.process.on("close", () => failed(new Error(`the pool did not start: ${banner}${pool.log}`)));
    });
    return pool;
  }

  async stop() {
    running.delete(this);
    if (this.process.exitCode !== null) return;
    const gone = once(this.process, "exit");
    this.process.kill();
    await gone;
  }

  /** For clients: what replaces `https://cognito-idp.<region>.amazonaws.com/`. */
  get endpoint() {
    return `${this.url}/`;
  }

  issuer(userPoolId = LOCAL_POOL) {
    return `${this.url}/${userPoolId}`;
  }

  /** Sends what a client could have sent, and throws what the pool answers with an error. */
  async call(operation, members) {
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
    };
    const response = await fetch(this.endpoint, { method: "POST", headers, body: JSON.stringify(members) });
    const reply = await response.json();
    if (response.ok) return reply;
    throw Object.assign(new Error(reply.message), { name: reply.__type });
  }

  /** The newest exchange of an operation. */
  last(operation) {
    return this.exchanges.findLast((exchange) => exchange.operation === operation);
  }

  /** Somebody who is there from the start. */
  async seeded(username) {
    const users = await (await fetch(`${this.url}/local/users`)).json();
    return users.find((user) => user.username === username);
  }

  /** Messages to an address or a phone number, newest first. */
  async inbox(to) {
    const response = await fetch(`${this.url}/local/inbox?to=${encodeURIComponent(to)}`);
    return response.json();
  }

  /** The code of the newest message to somebody; the message itself has to show it too. */
  async mailedCode(to) {
    const [mail] = await this.inbox(to);
    assert.ok(mail, `nothing was sent to ${to}`);
    assert.ok(mail.body.includes(mail.code), mail.body);
    return mail.code;
  }

  /** Seconds since 1970 by the pool's clock, which its API tells with every answer. */
  async now() {
    const response = await fetch(this.endpoint, { method: "OPTIONS" });
    return Date.parse(response.headers.get("date")) / 1000;
  }

  async advance(advanceSeconds) {
    const response = await fetch(`${this.url}/local/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ advanceSeconds }),
    });
    assert.equal(response.status, 200);
  }

  /** Moves the pool's clock just past the next boundary of TOTP's steps: no code was used yet, and none is about to age. */
  async nextStep() {
    await this.advance(31 - ((await this.now()) % 30));
  }

  /** The code that an authenticator app shows, so many steps from now. */
  async totp(secret, steps = 0) {
    return codeAt(secret, (await this.now()) + 30 * steps);
  }

  /** A code that is none of those around now. */
  async wrongTotp(secret) {
    const now = await this.now();
    const near = new Set([-3, -2, -1, 0, 1, 2, 3].map((steps) => codeAt(secret, now + 30 * steps)));
    return ["000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777"].find(
      (code) => !near.has(code),
    );
  }
}

function codeAt(secret, unixSeconds) {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: unixSeconds * 1000 });
}

/** An address that nobody else has. */
export function someone() {
  return `${randomUUID()}@example.com`;
}

/** Another text of the same length: a code with its last digit changed. */
export function anotherCode(code) {
  return code.slice(0, -1) + ((Number(code.at(-1)) + 1) % 10);
}

/** The same base64 with one bit flipped. */
export function flipBit(base64) {
  const bytes = Buffer.from(base64, "base64");
  bytes[bytes.length >> 1] ^= 1;
  return bytes.toString("base64");
}

// The clients bring no hook, but all of them call `fetch`: here it is watched, and changed where a test wants that.
const send = globalThis.fetch;
globalThis.fetch = async (url, options) => {
  const target = new Headers(options?.headers).get("x-amz-target");
  const pool = target && [...running].find((pool) => String(url) === pool.endpoint);
  if (!pool) return send(url, options);
  const operation = target.split(".").at(-1);
  const request = JSON.parse(options.body);
  pool.tamper?.(operation, request);
  const response = await send(url, { ...options, body: JSON.stringify(request) });
  // DeleteUser answers without a body.
  const text = await response.clone().text();
  const reply = text === "" ? null : JSON.parse(text);
  pool.exchanges.push({ operation, request, status: response.status, reply });
  return response;
};
