// @aws-amplify/auth, unchanged, against the local pool: what a page of today uses.
import assert from "node:assert/strict";
import {
  confirmSignIn,
  confirmSignUp,
  fetchAuthSession,
  fetchMFAPreference,
  fetchUserAttributes,
  getCurrentUser,
  setUpTOTP,
  signIn,
  signOut,
  signUp,
  updateMFAPreference,
  verifyTOTPSetup,
} from "@aws-amplify/auth";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { configure, stepOf } from "./amplify.mjs";
import {
  CLIENT,
  CODE_WRONG,
  INCORRECT,
  MFA_ON_CLIENT,
  MFA_ON_POOL,
  PASSWORD,
  SESSION_INVALID,
  TOTP_USED,
  anotherCode,
  flipBit,
  someone,
  test,
} from "./pool.mjs";

const custom = { options: { authFlowType: "CUSTOM_WITH_SRP" } };

async function confirmed(pool) {
  const username = someone();
  const { nextStep, userId } = await signUp({
    username,
    password: PASSWORD,
    options: { userAttributes: { email: username } },
  });
  assert.equal(nextStep.signUpStep, "CONFIRM_SIGN_UP");
  assert.match(userId, /^[0-9a-f-]{36}$/);
  await assert.rejects(
    confirmSignUp({ username, confirmationCode: anotherCode(await pool.mailedCode(username)) }),
    CODE_WRONG,
  );
  await confirmSignUp({ username, confirmationCode: await pool.mailedCode(username) });
  return username;
}

test("amplify, SRP: right password, wrong password, unknown user, changed proof", async (pool) => {
  await configure(pool);
  for (const username of ["srp@example.com", "nobody@example.com"]) {
    await assert.rejects(signIn({ username, password: "Wrong-pass-1!" }), INCORRECT);
  }
  for (const what of ["PASSWORD_CLAIM_SIGNATURE", "PASSWORD_CLAIM_SECRET_BLOCK"]) {
    pool.tamper = (operation, { ChallengeResponses }) => {
      if (operation === "RespondToAuthChallenge") ChallengeResponses[what] = flipBit(ChallengeResponses[what]);
    };
    await assert.rejects(signIn({ username: "srp@example.com", password: PASSWORD }), INCORRECT);
  }
  pool.tamper = null;
  await assert.rejects(getCurrentUser());
  assert.equal(stepOf(await signIn({ username: "srp@example.com", password: PASSWORD })), "DONE");
  const { tokens } = await fetchAuthSession();
  const keys = createRemoteJWKSet(new URL(`${pool.issuer()}/.well-known/jwks.json`));
  const { payload } = await jwtVerify(String(tokens.idToken), keys, { issuer: pool.issuer(), audience: CLIENT });
  await jwtVerify(String(tokens.accessToken), keys, { issuer: pool.issuer() });
  assert.equal((await getCurrentUser()).userId, payload.sub);
  assert.deepEqual(await fetchUserAttributes(), {
    email: "srp@example.com",
    email_verified: "true",
    sub: payload.sub,
  });
});

test("amplify: sign-up, refresh, signing out here and everywhere", async (pool) => {
  await configure(pool);
  const username = await confirmed(pool);
  await signIn({ username, password: PASSWORD });
  const before = (await fetchAuthSession()).tokens;
  const after = (await fetchAuthSession({ forceRefresh: true })).tokens;
  assert.equal(pool.last("GetTokensFromRefreshToken").status, 200);
  assert.notEqual(after.accessToken.payload.jti, before.accessToken.payload.jti);
  assert.equal(after.accessToken.payload.origin_jti, before.accessToken.payload.origin_jti);

  const revoked = { name: "NotAuthorizedException", message: "Access Token has been revoked" };
  await signOut();
  assert.equal(pool.last("RevokeToken").status, 200);
  await assert.rejects(pool.call("GetUser", { AccessToken: String(after.accessToken) }), revoked);

  await signIn({ username, password: PASSWORD });
  const { accessToken } = (await fetchAuthSession()).tokens;
  await signOut({ global: true });
  assert.equal(pool.last("GlobalSignOut").status, 200);
  await assert.rejects(pool.call("GetUser", { AccessToken: String(accessToken) }), revoked);
});

test("amplify, e-mail code: wrong, then right; three times wrong; an invented session", async (pool) => {
  await configure(pool);
  const username = "email-code@example.com";
  const begin = async () => {
    const output = await signIn({ username, password: PASSWORD, ...custom });
    assert.equal(stepOf(output), "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE");
    assert.equal(output.nextStep.additionalInfo.type, "EMAIL_CODE");
    return pool.mailedCode(username);
  };
  let code = await begin();
  const wrong = () => confirmSignIn({ challengeResponse: anotherCode(code) });
  for (let i = 0; i < 2; i++) assert.equal(stepOf(await wrong()), "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE");
  await assert.rejects(wrong(), { name: "NotAuthorizedException" });

  code = await begin();
  assert.equal(stepOf(await wrong()), "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE");
  pool.tamper = (_, request) => (request.Session = "x".repeat(request.Session.length));
  await assert.rejects(confirmSignIn({ challengeResponse: code }), SESSION_INVALID);
  pool.tamper = null;
  assert.equal(stepOf(await confirmSignIn({ challengeResponse: code })), "DONE");
  assert.equal((await fetchAuthSession()).tokens.idToken.payload.email, username);
});

test("amplify, authenticator app: set up when signed in, then asked for, also before the e-mail code", async (pool) => {
  await configure(pool);
  const username = await confirmed(pool);
  await signIn({ username, password: PASSWORD });
  const { sharedSecret } = await setUpTOTP();
  await assert.rejects(verifyTOTPSetup({ code: await pool.wrongTotp(sharedSecret) }), {
    name: "EnableSoftwareTokenMFAException",
  });
  const used = await pool.totp(sharedSecret);
  await verifyTOTPSetup({ code: used });
  await updateMFAPreference({ totp: "PREFERRED" });
  assert.deepEqual(await fetchMFAPreference(), { enabled: ["TOTP"], preferred: "TOTP" });
  await signOut();

  assert.equal(stepOf(await signIn({ username, password: PASSWORD })), "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
  await assert.rejects(confirmSignIn({ challengeResponse: used }), TOTP_USED);
  await assert.rejects(confirmSignIn({ challengeResponse: await pool.wrongTotp(sharedSecret) }), CODE_WRONG);
  await pool.nextStep();
  assert.equal(stepOf(await confirmSignIn({ challengeResponse: await pool.totp(sharedSecret) })), "DONE");
  await signOut();

  const mails = (await pool.inbox(username)).length;
  await pool.nextStep();
  assert.equal(stepOf(await signIn({ username, password: PASSWORD, ...custom })), "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
  assert.equal((await pool.inbox(username)).length, mails);
  const output = await confirmSignIn({ challengeResponse: await pool.totp(sharedSecret) });
  assert.equal(stepOf(output), "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE");
  assert.equal(stepOf(await confirmSignIn({ challengeResponse: await pool.mailedCode(username) })), "DONE");
});

test("amplify, MFA_SETUP: a wrong code, then the right one", async (pool) => {
  await configure(pool, MFA_ON_POOL, MFA_ON_CLIENT);
  const output = await signIn({ username: "totp-setup@example.com", password: PASSWORD });
  assert.equal(stepOf(output), "CONTINUE_SIGN_IN_WITH_TOTP_SETUP");
  const { sharedSecret } = output.nextStep.totpSetupDetails;
  await assert.rejects(confirmSignIn({ challengeResponse: await pool.wrongTotp(sharedSecret) }), {
    name: "EnableSoftwareTokenMFAException",
  });
  assert.equal(stepOf(await confirmSignIn({ challengeResponse: await pool.totp(sharedSecret) })), "DONE");
  assert.deepEqual((await fetchMFAPreference()).enabled, ["TOTP"]);
});

test("amplify, text message: wrong, then right; turned off by who is signed in", async (pool) => {
  await configure(pool);
  const { email: username, phoneNumber } = await pool.seeded("sms@example.com");
  const output = await signIn({ username, password: PASSWORD });
  assert.equal(stepOf(output), "CONFIRM_SIGN_IN_WITH_SMS_CODE");
  assert.deepEqual(output.nextStep.codeDeliveryDetails, {
    deliveryMedium: "SMS",
    destination: `+*******${phoneNumber.slice(-4)}`,
  });
  const code = await pool.mailedCode(phoneNumber);
  await assert.rejects(confirmSignIn({ challengeResponse: anotherCode(code) }), CODE_WRONG);
  assert.equal(stepOf(await confirmSignIn({ challengeResponse: code })), "DONE");
  assert.deepEqual(await fetchMFAPreference(), { enabled: ["SMS"], preferred: "SMS" });
  await updateMFAPreference({ sms: "DISABLED" });
  await signOut();
  assert.equal(stepOf(await signIn({ username, password: PASSWORD })), "DONE");
});
