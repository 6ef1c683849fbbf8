// The examples that are no application of a framework, laid out as people would copy them.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { cpSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { complaints, drive, PERSON, run } from "./drive.mjs";
import { installed, npmRun, sources } from "./projects.mjs";
import { serve } from "./site.mjs";
import { stage } from "./stage.mjs";
import { answerDialog, signInBesideAmplify, signInTwice } from "./visits.mjs";

/** An example whose site has the package's files in a folder. */
function plain(name) {
  const folder = sources(name, stage.pool.url, `examples/${name}`);
  cpSync(installed(), join(folder, "cognito-login"), { recursive: true });
  return folder;
}

/** Serves an example and visits it, which nobody may complain about. */
async function visit(options, work, ...args) {
  const site = await serve({ me: stage.me, ...options });
  try {
    await stage.browser.open(site.url);
    const seen = await run(stage.browser, work, ...args);
    assert.deepEqual(await complaints(stage.browser), []);
    return seen;
  } finally {
    site.close();
  }
}

test("the plain page signs people in", async () => {
  await stage.visit([plain("plain-html")], { csp: "" });
});

test("the page with the strict policy signs people in, from its own server", async () => {
  const { answer } = await import(pathToFileURL(join(plain("strict-csp"), "server.mjs")));
  const site = await serve({ folders: [], me: stage.me, answer });
  try {
    const policy = (await fetch(site.url)).headers.get("content-security-policy");
    assert.match(policy, /require-trusted-types-for 'script'; trusted-types 'none'/);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
    await drive(stage.browser, site.url);
  } finally {
    site.close();
  }
});

test("the page with a screen of its own answers the pool's challenge, also after a wrong answer", async () => {
  const options = { folders: [plain("own-challenge")], csp: stage.policy() };
  const seen = await visit(options, answerDialog, { ...PERSON, username: "email-code@example.com", inbox: stage.pool.url });
  assert.equal(seen.greeting, "Hello, email-code@example.com");
  assert.deepEqual(seen.wasWrong, [false, true]);
});

test("the element and Amplify have one session", async () => {
  const folder = sources("shared-session", stage.pool.url, "examples/shared-session");
  await npmRun(folder, "build");
  const seen = await visit({ folders: [join(folder, "dist")], csp: stage.policy() }, signInBesideAmplify, PERSON);
  assert.equal(seen.greeting, "Hello, srp@example.com");
  assert.equal(seen.screen, "sign-in");
});

/** Of the local pool (crates/local-pool/src/seed.rs). */
const SECRET = { clientId: "localclientsecret000000000", clientSecret: "localclientsecretlocalclientsecretlocalclientsecret" };

/** Serves the example with a client's secret; its origin is known once it is served. */
async function withSecret() {
  process.env.CLIENT_SECRET = SECRET.clientSecret;
  const { site } = await import(pathToFileURL(join(plain("secret-hash"), "server.mjs")));
  let answer;
  const served = await serve({ folders: [], me: stage.me, answer: (...exchange) => answer(...exchange) });
  answer = site(new URL(served.url).origin);
  return served;
}

test("the page of a client with a secret signs people in, by the hashes of its own back end", async () => {
  const site = await withSecret();
  try {
    const policy = (await fetch(site.url)).headers.get("content-security-policy");
    assert.match(policy, /require-trusted-types-for 'script'; trusted-types 'none'/);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
    await stage.browser.open(site.url);
    const seen = await run(stage.browser, signInTwice, PERSON);
    assert.deepEqual(seen.greetings, ["Hello, srp@example.com", "Hello, srp@example.com"]);
    assert.equal(seen.client, SECRET.clientId);
    assert.deepEqual(await complaints(stage.browser), []);
  } finally {
    site.close();
  }
});

/** The status of a path that nobody has made shorter on the way. */
const rawStatus = (url, path) =>
  new Promise((resolve, reject) => get(url, { path: `/${path}` }, (answer) => resolve(answer.resume().statusCode)).on("error", reject));

test("the back end with the secret answers its own pages, in small pieces, and so often", async () => {
  const site = await withSecret();
  const { origin } = new URL(site.url);
  const good = { origin, "content-type": "application/json" };
  const ask = (headers, body, method = "POST") => fetch(`${origin}/secret-hash`, { method, headers: { ...good, ...headers }, body });
  const status = async (...request) => (await ask(...request)).status;
  try {
    const username = "me@example.com";
    const hash = createHmac("sha256", SECRET.clientSecret).update(username + SECRET.clientId).digest("base64");
    const answer = await ask({}, JSON.stringify({ username }));
    assert.deepEqual(await answer.json(), { secretHash: hash });
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.equal(answer.headers.get("access-control-allow-origin"), null);

    const body = JSON.stringify({ username });
    assert.equal(await status({}, undefined, "GET"), 405);
    assert.equal(await status({ origin: "https://example.com" }, body), 403);
    assert.equal(await status({ origin: "null" }, body), 403);
    assert.equal(await status({ "content-type": "text/plain" }, body), 415);
    assert.equal(await status({}, JSON.stringify({ username: "a".repeat(2000) })), 413);
    for (const wrong of ["", "null", "{", "[]", '{"username":5}', '{"username":""}', `{"username":"${"a".repeat(129)}"}`]) {
      assert.equal(await status({}, wrong), 400, wrong);
    }
    for (const path of ["server.mjs", "secret-hash.mjs", "cognito-login/../server.mjs", "cognito-login/%2e%2e/server.mjs"]) {
      assert.equal(await rawStatus(`${origin}/`, path), 404, path);
    }

    const many = await Promise.all(Array.from({ length: 70 }, () => status({}, body)));
    // A minute may end meanwhile, and then another thirty are answered.
    assert.ok(many.includes(200) && many.includes(429), `${many}`);
    assert.deepEqual([...new Set(many)].sort(), [200, 429]);
  } finally {
    site.close();
  }
});
