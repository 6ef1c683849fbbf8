// @aws-amplify/auth, unchanged: remembered devices.
import assert from "node:assert/strict";
import { confirmSignIn, fetchAuthSession, fetchDevices, forgetDevice, rememberDevice, signIn, signOut } from "@aws-amplify/auth";
import { configure, stepOf } from "./amplify.mjs";
import { DEVICE_CLIENT, DEVICE_POOL, PASSWORD, test } from "./pool.mjs";

// Node 20 has none; Amplify names the device by it.
globalThis.navigator ??= { userAgent: "a test" };

const username = "device@example.com";

async function signInWithApp(pool) {
  assert.equal(stepOf(await signIn({ username, password: PASSWORD })), "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
  await pool.nextStep();
  const { totpSecret } = await pool.seeded(username);
  assert.equal(stepOf(await confirmSignIn({ challengeResponse: await pool.totp(totpSecret) })), "DONE");
}

test("amplify, a device is remembered, signs in without a code, refreshes, and is forgotten", async (pool) => {
  await configure(pool, DEVICE_POOL, DEVICE_CLIENT);
  await signInWithApp(pool);
  await rememberDevice();
  const { tokens } = await fetchAuthSession({ forceRefresh: true });
  assert.equal(tokens.accessToken.payload.device_key, pool.last("ConfirmDevice").request.DeviceKey);
  await signOut();

  assert.equal(stepOf(await signIn({ username, password: PASSWORD })), "DONE");
  assert.equal(pool.last("RespondToAuthChallenge").request.ChallengeName, "DEVICE_PASSWORD_VERIFIER");
  const devices = await fetchDevices();
  assert.equal(devices.length, 1);
  assert.equal(devices[0].id, tokens.accessToken.payload.device_key);

  await forgetDevice();
  assert.deepEqual(await fetchDevices(), []);
  await signOut();
  await signInWithApp(pool);
});
