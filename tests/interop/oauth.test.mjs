// Independent clients against the pool's OAuth endpoints: oauth4webapi, which is certified for OpenID Connect, and Amplify's redirects.
import assert from "node:assert/strict";
import { fetchAuthSession, getCurrentUser, signInWithRedirect } from "@aws-amplify/auth";
import { sharedInMemoryStorage } from "@aws-amplify/core";
import * as oauth from "oauth4webapi";
import { configure } from "./amplify.mjs";
import { LOCAL_POOL, test } from "./pool.mjs";

const CLIENT = "localclientfederation00000";
const CALLBACK = "http://127.0.0.1:8080/";
const USERNAME = "Google_100000000000000000001";

/** The pool is on this machine, without TLS. */
const insecure = { [oauth.allowInsecureRequests]: true };
const client = { client_id: CLIENT };
const auth = oauth.None();

/** A browser without a window: follows the links of the provider's page, and tells where it ends. */
async function choose(url, text) {
  const page = await fetch(url, { redirect: "manual" });
  assert.equal(page.status, 200);
  const html = await page.text();
  const [before] = html.split(`>${text}<`);
  const href = before.slice(before.lastIndexOf('href="') + 6).split('"')[0].replaceAll("&amp;", "&");
  const answer = await fetch(new URL(href, url), { redirect: "manual" });
  assert.equal(answer.status, 302);
  return new URL(answer.headers.get("location"));
}

async function discover(pool) {
  const issuer = new URL(pool.issuer(LOCAL_POOL));
  const response = await oauth.discoveryRequest(issuer, insecure);
  return oauth.processDiscoveryResponse(issuer, response);
}

/** What a page sends people with. */
async function begin(server, more = {}) {
  const way = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
  };
  const url = new URL(server.authorization_endpoint);
  const parameters = {
    client_id: CLIENT,
    redirect_uri: CALLBACK,
    response_type: "code",
    scope: "openid email profile",
    identity_provider: "Google",
    state: way.state,
    nonce: way.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(way.verifier),
    code_challenge_method: "S256",
    ...more,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { ...way, url };
}

async function exchange(server, way, callback) {
  const parameters = oauth.validateAuthResponse(server, client, callback, way.state);
  return oauth.authorizationCodeGrantRequest(server, client, auth, parameters, CALLBACK, way.verifier, insecure);
}

test("oauth4webapi: discovery, code with PKCE and nonce, signature, userInfo, refresh, revocation", async (pool) => {
  const server = await discover(pool);
  const way = await begin(server);
  const callback = await choose(way.url, "Continue as Jane Doe");
  const response = await exchange(server, way, callback);
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: way.nonce,
    requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(server, response, insecure);
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  assert.equal(claims["cognito:username"], USERNAME);
  assert.equal(claims.identities[0].providerName, "Google");

  const info = await oauth.userInfoRequest(server, client, tokens.access_token, insecure);
  const told = await oauth.processUserInfoResponse(server, client, claims.sub, info);
  assert.deepEqual([told.email, told.email_verified, told.username], ["jane@google.example.com", "true", USERNAME]);

  const refresh = await oauth.refreshTokenGrantRequest(server, client, auth, tokens.refresh_token, insecure);
  const renewed = await oauth.processRefreshTokenResponse(server, client, refresh);
  assert.equal(oauth.getValidatedIdTokenClaims(renewed).sub, claims.sub);

  const revoked = await oauth.revocationRequest(server, client, auth, tokens.refresh_token, insecure);
  await oauth.processRevocationResponse(revoked);
  const again = await oauth.refreshTokenGrantRequest(server, client, auth, tokens.refresh_token, insecure);
  await assert.rejects(oauth.processRefreshTokenResponse(server, client, again), { error: "invalid_grant" });
});

test("oauth4webapi: a wrong verifier, a code that comes twice, a cancelled and a wrong request", async (pool) => {
  const server = await discover(pool);
  const way = await begin(server);
  const callback = await choose(way.url, "Continue as Jane Doe");
  const wrong = { ...way, verifier: oauth.generateRandomCodeVerifier() };
  const refused = async (response) =>
    assert.rejects(oauth.processAuthorizationCodeResponse(server, client, response), { error: "invalid_grant" });
  await refused(await exchange(server, wrong, callback));
  await refused(await exchange(server, way, callback));

  const cancelled = await choose((await begin(server)).url, "Cancel");
  assert.throws(() => oauth.validateAuthResponse(server, client, cancelled, oauth.skipStateCheck), { error: "access_denied" });

  const { url } = await begin(server, { redirect_uri: "https://evil.example/" });
  const page = await fetch(url, { redirect: "manual" });
  assert.deepEqual([page.status, page.headers.get("location")], [400, null]);
});

test("amplify: signs in by redirect and refreshes", async (pool) => {
  const domain = new URL(pool.url).host;
  const loginWith = {
    oauth: {
      domain,
      scopes: ["openid", "email", "profile", "aws.cognito.signin.user.admin"],
      redirectSignIn: [CALLBACK],
      redirectSignOut: [CALLBACK],
      responseType: "code",
    },
  };
  await configure(pool, LOCAL_POOL, CLIENT, { loginWith });
  // Amplify takes a domain for one with TLS.
  const { fetch } = globalThis;
  const plain = (url) => String(url).replace(`https://${domain}`, pool.url);
  globalThis.fetch = (url, options) => fetch(plain(url), options);
  // What it asks of a browser on the way.
  const location = new URL(CALLBACK);
  const history = { replaceState: (_, __, url) => (location.href = url) };
  globalThis.window = Object.assign(new EventTarget(), { location, history });
  try {
    await signInWithRedirect({
      provider: "Google",
      options: {
        authSessionOpener: async (url) => ({ type: "success", url: String(await choose(plain(url), "Continue as Jane Doe")) }),
      },
    });
    assert.equal((await getCurrentUser()).username, USERNAME);
    const before = (await fetchAuthSession()).tokens.accessToken;
    assert.match(before.payload.scope, /aws\.cognito\.signin\.user\.admin/);
    const after = (await fetchAuthSession({ forceRefresh: true })).tokens.accessToken;
    assert.equal(after.payload.origin_jti, before.payload.origin_jti);
  } finally {
    globalThis.fetch = fetch;
    delete globalThis.window;
    await sharedInMemoryStorage.clear();
  }
});
