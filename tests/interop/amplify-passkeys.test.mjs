// @aws-amplify/auth, unchanged: passkeys, with a stand-in for the browser's authenticator.
import assert from "node:assert/strict";
import {
  associateWebAuthnCredential,
  confirmSignIn,
  deleteWebAuthnCredential,
  listWebAuthnCredentials,
  signIn,
  signOut,
} from "@aws-amplify/auth";
import { configure, stepOf } from "./amplify.mjs";
import { install } from "./authenticator.mjs";
import { CHOICE_CLIENT, CHOICE_POOL, INCORRECT, PASSWORD, test } from "./pool.mjs";

const USERNAME = "choose-factor@example.com";
const prefer = (preferredChallenge) => ({ authFlowType: "USER_AUTH", preferredChallenge });
const withPassword = () => signIn({ username: USERNAME, password: PASSWORD, options: prefer("PASSWORD") });

test("amplify registers a passkey, lists it, signs in with it and deletes it", async (pool) => {
  const authenticator = install("http://localhost:8080");
  await configure(pool, CHOICE_POOL, CHOICE_CLIENT);
  assert.equal(stepOf(await withPassword()), "DONE");
  assert.deepEqual((await listWebAuthnCredentials()).credentials, []);
  // StartWebAuthnRegistration and CompleteWebAuthnRegistration.
  await associateWebAuthnCredential();
  assert.equal(authenticator.asked.at(-1).rp.id, "localhost");
  const { credentials } = await listWebAuthnCredentials();
  assert.equal(credentials.length, 1);
  const [{ credentialId, relyingPartyId, authenticatorTransports, createdAt }] = credentials;
  assert.deepEqual([relyingPartyId, authenticatorTransports], ["localhost", ["internal"]]);
  assert.ok(Math.abs(createdAt / 1000 - (await pool.now())) < 60, String(createdAt));
  await signOut();

  assert.equal(stepOf(await signIn({ username: USERNAME, options: prefer("WEB_AUTHN") })), "DONE");
  await signOut();
  const output = await signIn({ username: USERNAME, options: { authFlowType: "USER_AUTH" } });
  assert.ok(output.nextStep.availableChallenges.includes("WEB_AUTHN"));
  assert.equal(stepOf(await confirmSignIn({ challengeResponse: "WEB_AUTHN" })), "DONE");

  await deleteWebAuthnCredential({ credentialId });
  assert.deepEqual((await listWebAuthnCredentials()).credentials, []);
});

test("amplify hears of a page that is not the relying party's", async (pool) => {
  install("https://shop.example");
  await configure(pool, CHOICE_POOL, CHOICE_CLIENT);
  await withPassword();
  await assert.rejects(associateWebAuthnCredential(), { name: "WebAuthnOriginNotAllowedException" });
  install("http://localhost:8080");
  await associateWebAuthnCredential();
  navigator.credentials.origin = "https://shop.example";
  await signOut();
  await assert.rejects(signIn({ username: USERNAME, options: prefer("WEB_AUTHN") }), INCORRECT);
});
