// That there is something in each measurement of our page; how much is not judged.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPool } from "../../tests/browser/pool.mjs";
import { measureLoad } from "./load.mjs";
import { begin, prove } from "./pages/srp.js";
import { choose, POOL } from "./pages.mjs";
import { figures, measureSignIn, readyMade } from "./sign_in.mjs";
import { serve } from "./site.mjs";
import { startBrowser } from "./tab.mjs";

const [ours] = choose("loads", ["ours"]);

let [pool, site, browser, endpoint] = [];

before(async () => {
  pool = await startPool();
  endpoint = `${pool.url}/`;
  site = await serve({ pages: [ours], built: "", endpoint });
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  site?.close();
  pool?.stop();
});

test("a load has every figure, and its steps follow one another", async () => {
  const { bytes, requests, visible, key, task, script, heap, wasm, steps } = await measureLoad(browser, site, ours, "none");
  assert.ok(bytes.raw > bytes.gzip && bytes.gzip > bytes.brotli && bytes.brotli > 50_000, JSON.stringify(bytes));
  // The document, the script and the WebAssembly.
  assert.ok(requests >= 3, String(requests));
  assert.ok(key >= visible, `a key at ${key}, the field at ${visible}`);
  assert.ok(task > script && script > 0, `${task} of all, ${script} of scripts`);
  assert.ok(heap > 0.1 && wasm > 0.5, `${heap} and ${wasm} MB`);
  const times = Object.values(steps).slice(0, -1);
  assert.deepEqual(times, [...times].sort((one, other) => one - other));
});

test("a throttled load takes at least the network's time for what it has to wait for", async () => {
  const { steps } = await measureLoad(browser, site, ours, "slow");
  assert.ok(steps["script here"] - steps["script asked for"] >= 60);
  assert.ok(steps["WebAssembly here"] - steps["WebAssembly asked for"] >= 60);
});

test("a sign-in has every figure, twice: nobody is signed in from the last time", async () => {
  for (let times = 0; times < 2; times += 1) {
    const { fromKey, fromSubmit, requests } = await measureSignIn(browser, site, ours, "none", endpoint);
    assert.equal(requests, 2);
    assert.ok(fromSubmit.task > 0 && fromKey.task > fromSubmit.task);
    assert.ok(fromSubmit.wall > 0 && fromKey.wall > fromSubmit.wall);
  }
});

test("the pool takes the proof of the page with big integers, and that of ready-made values", async () => {
  const { answer } = await readyMade(endpoint);
  const send = (body) => {
    const target = "AWSCognitoIdentityProviderService.RespondToAuthChallenge";
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
    return fetch(endpoint, { method: "POST", headers, body: JSON.stringify(body) });
  };
  assert.ok((await (await send(answer)).json()).AuthenticationResult.AccessToken);
  const other = await readyMade(endpoint);
  const parameters = { SALT: "1", SRP_B: "2", SECRET_BLOCK: "YQ==", USER_ID_FOR_SRP: "nobody" };
  const wrong = await prove(begin(), POOL["user-pool-id"], "wrong", parameters);
  const { PASSWORD_CLAIM_SIGNATURE } = wrong;
  const ChallengeResponses = { ...other.answer.ChallengeResponses, PASSWORD_CLAIM_SIGNATURE };
  assert.equal((await send({ ...other.answer, ChallengeResponses })).status, 400);
});

test("of the long tasks of a sign-in those count that end after its moment, and of the requests the pool's", () => {
  const work = (task) => ({ task, script: 0 });
  const seen = {
    firstKey: 100,
    submit: 500,
    signedIn: 900,
    longTasks: [
      { start: 0, millis: 90 },
      { start: 200, millis: 70 },
      { start: 450, millis: 80 },
      { start: 950, millis: 60 },
    ],
    resources: ["http://pool/", "http://pool/", "http://site/more.js"].map((name) => ({ name, start: 600 })),
  };
  const told = figures({ before: work(10), typed: work(15), after: work(40), seen, endpoint: "http://pool/" });
  assert.deepEqual(told, {
    fromKey: { wall: 800, task: 30, script: 0, longTasks: 150, longest: 80 },
    fromSubmit: { wall: 400, task: 25, script: 0, longTasks: 80, longest: 80 },
    requests: 2,
  });
});
