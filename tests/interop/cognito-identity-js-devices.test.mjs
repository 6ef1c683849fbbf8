// amazon-cognito-identity-js, unchanged: remembered devices.
import assert from "node:assert/strict";
import { CognitoRefreshToken } from "amazon-cognito-identity-js";
import { authenticate, done, sendTotp, step, user, userPool } from "./cognito-identity-js.mjs";
import { DEVICE_ALWAYS_CLIENT, DEVICE_ALWAYS_POOL, DEVICE_CLIENT, DEVICE_POOL, PASSWORD, test } from "./pool.mjs";

const NAME = "device@example.com";

/** Signs in by password and app; what came of it, with whether the person is to be asked. */
async function signInWithApp(pool, Pool, name) {
  const signedIn = user(Pool, name);
  assert.equal((await authenticate(signedIn, name, PASSWORD)).name, "totpRequired");
  await pool.nextStep();
  const { totpSecret } = await pool.seeded(name);
  const { name: step, values } = await sendTotp(signedIn, await pool.totp(totpSecret));
  assert.equal(step, "onSuccess");
  return { signedIn, isNecessary: values[1] };
}

const refresh = (signedIn) => {
  const token = new CognitoRefreshToken({ RefreshToken: signedIn.getSignInUserSession().getRefreshToken().getToken() });
  return done((callback) => signedIn.refreshSession(token, callback));
};

test("cij, a device that is remembered at the person's wish signs in without a code", async (pool) => {
  const Pool = userPool(pool, { UserPoolId: DEVICE_POOL, ClientId: DEVICE_CLIENT });
  const { signedIn, isNecessary } = await signInWithApp(pool, Pool, NAME);
  assert.equal(isNecessary, true);
  assert.equal(await step((callbacks) => signedIn.setDeviceStatusRemembered(callbacks)).then(({ name }) => name), "onSuccess");
  await refresh(signedIn);

  const again = user(Pool, NAME);
  assert.equal((await authenticate(again, NAME, PASSWORD)).name, "onSuccess");
  assert.equal(pool.last("RespondToAuthChallenge").request.ChallengeName, "DEVICE_PASSWORD_VERIFIER");
  const { values } = await step((callbacks) => again.listDevices(10, null, callbacks));
  assert.equal(values[0].Devices.length, 1);

  await step((callbacks) => again.forgetDevice(callbacks));
  await assert.rejects(refresh(again), { message: "Invalid Refresh Token." });
  assert.equal((await authenticate(user(Pool, NAME), NAME, PASSWORD)).name, "totpRequired");
});

test("cij, a device that is not remembered asks for the code, and refreshes", async (pool) => {
  const Pool = userPool(pool, { UserPoolId: DEVICE_POOL, ClientId: DEVICE_CLIENT });
  const { signedIn } = await signInWithApp(pool, Pool, NAME);
  await step((callbacks) => signedIn.setDeviceStatusNotRemembered(callbacks));
  await refresh(signedIn);
  await signInWithApp(pool, Pool, NAME);
});

test("cij, a pool that always remembers, and a device that is gone", async (pool) => {
  const Pool = userPool(pool, { UserPoolId: DEVICE_ALWAYS_POOL, ClientId: DEVICE_ALWAYS_CLIENT });
  const name = "device-always@example.com";
  const { signedIn, isNecessary } = await signInWithApp(pool, Pool, name);
  assert.notEqual(isNecessary, true);
  assert.equal((await authenticate(user(Pool, name), name, PASSWORD)).name, "onSuccess");

  // Somebody else forgets it: the client proves the password once more without it.
  const session = signedIn.getSignInUserSession();
  const { DeviceKey } = pool.last("ConfirmDevice").request;
  const body = { AccessToken: session.getAccessToken().getJwtToken(), DeviceKey };
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "AWSCognitoIdentityProviderService.ForgetDevice",
  };
  assert.equal((await fetch(pool.endpoint, { method: "POST", headers, body: JSON.stringify(body) })).status, 200);
  await signInWithApp(pool, Pool, name);
  assert.notEqual(pool.last("ConfirmDevice").request.DeviceKey, DeviceKey);
});
