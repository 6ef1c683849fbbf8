// @aws-amplify/auth, unchanged: USER_AUTH, where the person chooses the first factor.
import assert from "node:assert/strict";
import { autoSignIn, confirmSignIn, confirmSignUp, signIn, signOut, signUp } from "@aws-amplify/auth";
import { configure, stepOf } from "./amplify.mjs";
import { CHOICE_CLIENT, CHOICE_POOL, CODE_WRONG, INCORRECT, PASSWORD, anotherCode, test } from "./pool.mjs";

const USERNAME = "choose-factor@example.com";
const PHONE_NUMBER = "+15550100125";
const options = { authFlowType: "USER_AUTH" };

test("amplify, USER_AUTH: the choice, then a code by e-mail, by text message, and the password", async (pool) => {
  await configure(pool, CHOICE_POOL, CHOICE_CLIENT);
  const ways = [
    ["EMAIL_OTP", "CONFIRM_SIGN_IN_WITH_EMAIL_CODE", USERNAME],
    ["SMS_OTP", "CONFIRM_SIGN_IN_WITH_SMS_CODE", PHONE_NUMBER],
  ];
  for (const [way, step, to] of ways) {
    const output = await signIn({ username: USERNAME, options });
    assert.equal(stepOf(output), "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION");
    assert.deepEqual(output.nextStep.availableChallenges, ["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP", "SMS_OTP"]);
    assert.equal(stepOf(await confirmSignIn({ challengeResponse: way })), step);
    const code = await pool.mailedCode(to);
    await assert.rejects(confirmSignIn({ challengeResponse: anotherCode(code) }), CODE_WRONG);
    assert.equal(stepOf(await confirmSignIn({ challengeResponse: code })), "DONE");
    await signOut();
  }
  for (const way of ["PASSWORD_SRP", "PASSWORD"]) {
    await signIn({ username: USERNAME, options });
    assert.equal(stepOf(await confirmSignIn({ challengeResponse: way })), "CONFIRM_SIGN_IN_WITH_PASSWORD");
    assert.equal(stepOf(await confirmSignIn({ challengeResponse: PASSWORD })), "DONE");
    await signOut();
  }
});

test("amplify, USER_AUTH: what is preferred comes at once", async (pool) => {
  await configure(pool, CHOICE_POOL, CHOICE_CLIENT);
  const prefer = (preferredChallenge) => ({ ...options, preferredChallenge });
  for (const way of ["PASSWORD_SRP", "PASSWORD"]) {
    const wrong = signIn({ username: USERNAME, password: "Not-the-password-1!", options: prefer(way) });
    await assert.rejects(wrong, INCORRECT);
    assert.equal(stepOf(await signIn({ username: USERNAME, password: PASSWORD, options: prefer(way) })), "DONE");
    await signOut();
  }
  const output = await signIn({ username: USERNAME, options: prefer("EMAIL_OTP") });
  assert.equal(stepOf(output), "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
  assert.equal(stepOf(await confirmSignIn({ challengeResponse: await pool.mailedCode(USERNAME) })), "DONE");
});

test("amplify, USER_AUTH: who has just confirmed a sign-up needs no second code", async (pool) => {
  await configure(pool, CHOICE_POOL, CHOICE_CLIENT);
  const username = "new@example.com";
  const autoSignInOptions = { authFlowType: "USER_AUTH" };
  await signUp({
    username,
    password: PASSWORD,
    options: { userAttributes: { email: username }, autoSignIn: autoSignInOptions },
  });
  const confirmed = await confirmSignUp({ username, confirmationCode: await pool.mailedCode(username) });
  assert.equal(confirmed.nextStep.signUpStep, "COMPLETE_AUTO_SIGN_IN");
  assert.equal(stepOf(await autoSignIn()), "DONE");
});
