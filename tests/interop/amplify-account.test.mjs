// @aws-amplify/auth, unchanged: second factors by e-mail, passwords, attributes, and the end of an account.
import assert from "node:assert/strict";
import {
  confirmResetPassword,
  confirmSignIn,
  confirmUserAttribute,
  deleteUser,
  deleteUserAttributes,
  fetchMFAPreference,
  fetchUserAttributes,
  resetPassword,
  sendUserAttributeVerificationCode,
  signIn,
  signOut,
  updateMFAPreference,
  updatePassword,
  updateUserAttributes,
} from "@aws-amplify/auth";
import { configure, stepOf } from "./amplify.mjs";
import {
  CODE_WRONG,
  INCORRECT,
  MFA_PICK_CLIENT,
  MFA_PICK_POOL,
  NAMED_CLIENT,
  NAMED_POOL,
  PASSWORD,
  anotherCode,
  test,
} from "./pool.mjs";

const NEW = "Another-1!";

test("amplify, code by e-mail as second factor: wrong, then right; turned off and on", async (pool) => {
  await configure(pool);
  const username = "email-otp@example.com";
  const output = await signIn({ username, password: PASSWORD });
  assert.equal(stepOf(output), "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
  assert.deepEqual(output.nextStep.codeDeliveryDetails, { deliveryMedium: "EMAIL", destination: "e***@e***" });
  const code = await pool.mailedCode(username);
  assert.match(code, /^\d{8}$/);
  await assert.rejects(confirmSignIn({ challengeResponse: anotherCode(code) }), CODE_WRONG);
  assert.equal(stepOf(await confirmSignIn({ challengeResponse: code })), "DONE");
  assert.deepEqual(await fetchMFAPreference(), { enabled: ["EMAIL"], preferred: "EMAIL" });
  await updateMFAPreference({ email: "DISABLED" });
  assert.equal((await fetchMFAPreference()).enabled, undefined);
  await updateMFAPreference({ email: "ENABLED" });
  await signOut();
  assert.equal(stepOf(await signIn({ username, password: PASSWORD })), "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
  // Amplify waits three minutes for a sign-in that is left open.
  assert.equal(stepOf(await confirmSignIn({ challengeResponse: await pool.mailedCode(username) })), "DONE");
});

test("amplify: a choice of second factors", async (pool) => {
  await configure(pool);
  const username = "choose@example.com";
  const output = await signIn({ username, password: PASSWORD });
  assert.equal(stepOf(output), "CONTINUE_SIGN_IN_WITH_MFA_SELECTION");
  assert.deepEqual(output.nextStep.allowedMFATypes, ["TOTP", "SMS", "EMAIL"]);
  assert.equal(stepOf(await confirmSignIn({ challengeResponse: "EMAIL" })), "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
  assert.equal(stepOf(await confirmSignIn({ challengeResponse: await pool.mailedCode(username) })), "DONE");
});

test("amplify, MFA_SETUP: e-mail, with an address that the person gives", async (pool) => {
  await configure(pool, MFA_PICK_POOL, MFA_PICK_CLIENT);
  const username = "mfa-pick@example.com";
  const output = await signIn({ username, password: PASSWORD });
  assert.equal(stepOf(output), "CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION");
  assert.deepEqual(output.nextStep.allowedMFATypes, ["TOTP", "EMAIL"]);
  assert.equal(stepOf(await confirmSignIn({ challengeResponse: "EMAIL" })), "CONTINUE_SIGN_IN_WITH_EMAIL_SETUP");
  assert.equal(stepOf(await confirmSignIn({ challengeResponse: username })), "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
  assert.equal(stepOf(await confirmSignIn({ challengeResponse: await pool.mailedCode(username) })), "DONE");
  assert.deepEqual((await fetchMFAPreference()).enabled, ["EMAIL"]);
});

test("amplify: a temporary password is replaced, and a missing name given", async (pool) => {
  await configure(pool, NAMED_POOL, NAMED_CLIENT);
  const username = "new-password@example.com";
  const output = await signIn({ username, password: PASSWORD });
  assert.equal(stepOf(output), "CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED");
  assert.deepEqual(output.nextStep.missingAttributes, ["name"]);
  const done = await confirmSignIn({ challengeResponse: NEW, options: { userAttributes: { name: "Jane" } } });
  assert.equal(stepOf(done), "DONE");
  assert.equal((await fetchUserAttributes()).name, "Jane");
});

test("amplify: a password that must be reset, and one that is changed", async (pool) => {
  await configure(pool);
  const username = "reset-required@example.com";
  assert.equal(stepOf(await signIn({ username, password: PASSWORD })), "RESET_PASSWORD");
  const { nextStep } = await resetPassword({ username });
  assert.equal(nextStep.resetPasswordStep, "CONFIRM_RESET_PASSWORD_WITH_CODE");
  assert.equal(nextStep.codeDeliveryDetails.destination, "r***@e***");
  const code = await pool.mailedCode(username);
  const confirm = (confirmationCode) => confirmResetPassword({ username, confirmationCode, newPassword: NEW });
  await assert.rejects(confirm(anotherCode(code)), CODE_WRONG);
  await confirm(code);
  assert.equal(stepOf(await signIn({ username, password: NEW })), "DONE");
  await assert.rejects(updatePassword({ oldPassword: PASSWORD, newPassword: PASSWORD }), INCORRECT);
  await updatePassword({ oldPassword: NEW, newPassword: PASSWORD });
  await signOut();
  assert.equal(stepOf(await signIn({ username, password: PASSWORD })), "DONE");
});

test("amplify: attributes with their codes, and the end of the account", async (pool) => {
  await configure(pool);
  const username = "srp@example.com";
  await signIn({ username, password: PASSWORD });
  const number = "+15550100155";
  const updated = await updateUserAttributes({ userAttributes: { phone_number: number, nickname: "Bob" } });
  assert.equal(updated.nickname.isUpdated, true);
  assert.equal(updated.phone_number.nextStep.updateAttributeStep, "CONFIRM_ATTRIBUTE_WITH_CODE");
  await sendUserAttributeVerificationCode({ userAttributeKey: "phone_number" });
  const code = await pool.mailedCode(number);
  const confirm = (confirmationCode) => confirmUserAttribute({ userAttributeKey: "phone_number", confirmationCode });
  await assert.rejects(confirm(anotherCode(code)), CODE_WRONG);
  await confirm(code);
  await deleteUserAttributes({ userAttributeKeys: ["nickname"] });
  const attributes = await fetchUserAttributes();
  assert.deepEqual([attributes.phone_number_verified, attributes.nickname], ["true", undefined]);
  await deleteUser();
  await assert.rejects(signIn({ username, password: PASSWORD }), INCORRECT);
});
