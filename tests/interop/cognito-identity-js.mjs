// amazon-cognito-identity-js, unchanged, with its callbacks as promises: what its tests share.
import assert from "node:assert/strict";
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from "amazon-cognito-identity-js";
import { CLIENT, LOCAL_POOL, PASSWORD, someone } from "./pool.mjs";

/** A browser's storage. */
function storage() {
  const items = new Map();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, String(value)),
    removeItem: (key) => items.delete(key),
    clear: () => items.clear(),
  };
}

export function userPool(pool, { UserPoolId = LOCAL_POOL, ClientId = CLIENT } = {}) {
  return new CognitoUserPool({ UserPoolId, ClientId, endpoint: pool.endpoint, Storage: storage() });
}

export function user(Pool, Username, flow) {
  const user = new CognitoUser({ Username, Pool, Storage: Pool.storage });
  if (flow) user.setAuthenticationFlowType(flow);
  return user;
}

/** Runs a method that answers through an object of callbacks: which one was called, and with what. */
export function step(run) {
  return new Promise((resolve, reject) => {
    const names = [
      "onSuccess",
      "customChallenge",
      "totpRequired",
      "mfaSetup",
      "associateSecretCode",
      "mfaRequired",
      "newPasswordRequired",
      "selectMFAType",
      "inputVerificationCode",
    ];
    const callbacks = names.map((name) => [name, (...values) => resolve({ name, values })]);
    run({ ...Object.fromEntries(callbacks), onFailure: reject });
  });
}

/** Runs a method that answers through a callback with the error first. */
export function done(run) {
  return new Promise((resolve, reject) => run((error, value) => (error ? reject(error) : resolve(value))));
}

export function authenticate(user, Username, Password) {
  return step((callbacks) => user.authenticateUser(new AuthenticationDetails({ Username, Password }), callbacks));
}

/** A sign-in that ends with the password. */
export async function signIn(Pool, username, password = PASSWORD) {
  const signedIn = user(Pool, username);
  assert.equal((await authenticate(signedIn, username, password)).name, "onSuccess");
  return signedIn;
}

/** Signs somebody up and confirms with the mailed code; returns the name. */
export async function confirmed(pool, Pool, password = PASSWORD) {
  const email = someone();
  await done((callback) => Pool.signUp(email, password, [], [], callback));
  const code = await pool.mailedCode(email);
  await done((callback) => user(Pool, email).confirmRegistration(code, false, callback));
  return email;
}

/** Sets up an authenticator app for somebody who is signed in; returns its secret and the code that was used for it. */
export async function enrol(pool, signedIn) {
  const secret = (await step((callbacks) => signedIn.associateSoftwareToken(callbacks))).values[0];
  const code = await pool.totp(secret);
  const { values } = await step((callbacks) => signedIn.verifySoftwareToken(code, "a phone", callbacks));
  assert.equal(values[0].Status, "SUCCESS");
  const on = { Enabled: true, PreferredMfa: true };
  assert.equal(await done((callback) => signedIn.setUserMfaPreference(null, on, callback)), "SUCCESS");
  return { secret, code };
}

export const sendTotp = (user, code) => step((callbacks) => user.sendMFACode(code, callbacks, "SOFTWARE_TOKEN_MFA"));
export const sendAnswer = (user, code) => step((callbacks) => user.sendCustomChallengeAnswer(code, callbacks));
export const sendSms = (user, code) => step((callbacks) => user.sendMFACode(code, callbacks));
