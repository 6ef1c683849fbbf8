// The back ends among the examples, in Node and in Rust: who is let in, and who is not. They answer alike.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPool } from "../browser/pool.mjs";
import { startAxum } from "./axum.mjs";
import { backEnd, serve } from "./site.mjs";
import { playPool } from "./tokens.mjs";

let pool;
const backEnds = {};

before(async () => {
  pool = await playPool();
  backEnds.node = await serve({ folders: [], me: await backEnd(pool.endpoint) });
  backEnds.axum = await startAxum({ ISSUER: pool.issuer });
});

after(() => {
  for (const backEnd of Object.values(backEnds)) backEnd.close();
  pool?.close();
});

/** What a back end says to a token. */
async function ask({ url }, token) {
  const response = await fetch(`${url}api/me`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  return { status: response.status, body: await response.text(), challenge: response.headers.get("www-authenticate") };
}

const LET_IN = { status: 200, body: '{"email":"srp@example.com"}', challenge: null };
const REFUSED = { status: 401, body: "", challenge: "Bearer" };

for (const name of ["node", "axum"]) {
  test(`the back end in ${name} lets in whoever has a good token, and nobody else`, async () => {
    assert.deepEqual(await ask(backEnds[name], pool.good), LET_IN);
    assert.deepEqual(await ask(backEnds[name]), REFUSED);
    for (const [what, token] of Object.entries(pool.bad)) assert.deepEqual(await ask(backEnds[name], token), REFUSED, what);
    // Nothing of that has made it forget the key.
    assert.deepEqual(await ask(backEnds[name], pool.good), LET_IN);
  });
}

test("the back end in Rust refuses a token without an end", async () => {
  assert.deepEqual(await ask(backEnds.axum, pool.endless), REFUSED);
});

test("the back end in Rust says when it cannot tell, and finds the keys of a real pool", async () => {
  const local = await startPool();
  const [id, client] = ["us-east-1_LocalDevice", "localclientdevice000000000"];
  const variables = { USER_POOL_ID: id, CLIENT_ID: client };
  const [lost, found] = await Promise.all([
    startAxum({ ...variables, ISSUER: `${local.url}/us-east-1_Nobody` }),
    startAxum({ ...variables, ISSUER: `${local.url}/${id}` }),
  ]);
  try {
    const { AuthenticationResult: tokens } = await signIn(local.url, client, "device-password@example.com", "Local-pool-1!");
    assert.deepEqual(await ask(found, tokens.IdToken), { ...LET_IN, body: '{"email":"device-password@example.com"}' });
    assert.deepEqual(await ask(found, tokens.AccessToken), REFUSED);
    assert.deepEqual(await ask(lost, tokens.IdToken), { ...REFUSED, status: 503, challenge: null });
  } finally {
    for (const { close } of [lost, found]) close();
    local.stop();
  }
});

/** The reply to a sign-in by the password alone. */
async function signIn(endpoint, client, username, password) {
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
  };
  const body = { AuthFlow: "USER_PASSWORD_AUTH", ClientId: client, AuthParameters: { USERNAME: username, PASSWORD: password } };
  const response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(body) });
  assert.equal(response.status, 200);
  return response.json();
}
