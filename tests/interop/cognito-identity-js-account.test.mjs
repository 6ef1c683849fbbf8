// amazon-cognito-identity-js, unchanged: passwords, attributes, and the end of an account.
import assert from "node:assert/strict";
import { CognitoUserAttribute } from "amazon-cognito-identity-js";
import { authenticate, done, sendSms, signIn, step, user, userPool } from "./cognito-identity-js.mjs";
import { INCORRECT, NAMED_CLIENT, NAMED_POOL, PASSWORD, anotherCode, someone, test } from "./pool.mjs";

const NEW = "Another-1!";

const attributesOf = async (signedIn) => {
  const attributes = await done((callback) => signedIn.getUserAttributes(callback));
  return Object.fromEntries(attributes.map(({ Name, Value }) => [Name, Value]));
};

test("forgotten password: a wrong code, the right one, and the same delivery for a stranger", async (pool) => {
  const Pool = userPool(pool);
  const email = "srp@example.com";
  const forgetful = user(Pool, email);
  const sent = await step((callbacks) => forgetful.forgotPassword(callbacks));
  assert.equal(sent.name, "inputVerificationCode");
  assert.deepEqual(sent.values[0].CodeDeliveryDetails, {
    Destination: "s***@e***",
    DeliveryMedium: "EMAIL",
    AttributeName: "email",
  });
  const code = await pool.mailedCode(email);
  assert.match(code, /^\d{6}$/);
  const confirm = (code) => step((callbacks) => forgetful.confirmPassword(code, NEW, callbacks));
  await assert.rejects(confirm(anotherCode(code)), { name: "CodeMismatchException" });
  assert.equal((await confirm(code)).name, "onSuccess");
  await assert.rejects(authenticate(user(Pool, email), email, PASSWORD), INCORRECT);
  await signIn(Pool, email, NEW);

  const stranger = user(Pool, "nobody@example.com");
  const simulated = await step((callbacks) => stranger.forgotPassword(callbacks));
  assert.equal(simulated.values[0].CodeDeliveryDetails.Destination, "n***@e***");
  assert.deepEqual(await pool.inbox("nobody@example.com"), []);
});

test("a password that must be reset is told, and reset", async (pool) => {
  const Pool = userPool(pool);
  const email = "reset-required@example.com";
  const resetting = user(Pool, email);
  await assert.rejects(authenticate(resetting, email, PASSWORD), { name: "PasswordResetRequiredException" });
  await step((callbacks) => resetting.forgotPassword(callbacks));
  const code = await pool.mailedCode(email);
  await step((callbacks) => resetting.confirmPassword(code, NEW, callbacks));
  await signIn(Pool, email, NEW);
});

test("NEW_PASSWORD_REQUIRED: attributes that have values are refused, missing ones too", async (pool) => {
  const Pool = userPool(pool, { UserPoolId: NAMED_POOL, ClientId: NAMED_CLIENT });
  const email = "new-password@example.com";
  const invited = user(Pool, email);
  const asked = await authenticate(invited, email, PASSWORD);
  assert.equal(asked.name, "newPasswordRequired");
  const [present, required] = asked.values;
  assert.deepEqual([present.email, required], [email, ["name"]]);
  const complete = (password, attributes) =>
    step((callbacks) => invited.completeNewPasswordChallenge(password, attributes, callbacks));
  await assert.rejects(complete(NEW, { ...present, name: "Jane" }), { name: "NotAuthorizedException" });
  await assert.rejects(complete(NEW, {}), { message: "Invalid attributes given, name is missing" });
  await assert.rejects(complete("another-1!", { name: "Jane" }), { name: "InvalidPasswordException" });
  assert.equal((await complete(NEW, { name: "Jane" })).name, "onSuccess");
  assert.equal((await attributesOf(invited)).name, "Jane");
  await signIn(Pool, email, NEW);
});

test("SELECT_MFA_TYPE: the chosen factor is asked for", async (pool) => {
  const Pool = userPool(pool);
  const { email, phoneNumber } = await pool.seeded("choose@example.com");
  const choosing = user(Pool, email);
  const offered = await authenticate(choosing, email, PASSWORD);
  assert.equal(offered.name, "selectMFAType");
  assert.deepEqual(JSON.parse(offered.values[1].MFAS_CAN_CHOOSE), ["SOFTWARE_TOKEN_MFA", "SMS_MFA", "EMAIL_OTP"]);
  const chosen = await step((callbacks) => choosing.sendMFASelectionAnswer("SMS_MFA", callbacks));
  assert.equal(chosen.name, "mfaRequired");
  assert.equal((await sendSms(choosing, await pool.mailedCode(phoneNumber))).name, "onSuccess");
});

test("signed in: password, attributes with their codes, deletion", async (pool) => {
  const Pool = userPool(pool);
  const email = "srp@example.com";
  const signedIn = await signIn(Pool, email);
  await assert.rejects(done((callback) => signedIn.changePassword("Wrong-pass-1!", NEW, callback)), INCORRECT);
  assert.equal(await done((callback) => signedIn.changePassword(PASSWORD, NEW, callback)), "SUCCESS");
  await signIn(Pool, email, NEW);

  const write = (Name, Value) => {
    const attributes = [new CognitoUserAttribute({ Name, Value })];
    return done((callback) => signedIn.updateAttributes(attributes, callback));
  };
  assert.equal(await write("nickname", "Bob"), "SUCCESS");
  const number = "+15550100166";
  await write("phone_number", number);
  const verify = (name, code) => step((callbacks) => signedIn.verifyAttribute(name, code, callbacks));
  const code = await pool.mailedCode(number);
  await assert.rejects(verify("phone_number", anotherCode(code)), { name: "CodeMismatchException" });
  assert.equal((await verify("phone_number", code)).name, "onSuccess");
  await write("email", "srp-new@example.com");
  const asked = await step((callbacks) => signedIn.getAttributeVerificationCode("email", callbacks));
  assert.equal(asked.name, "inputVerificationCode");
  await verify("email", await pool.mailedCode("srp-new@example.com"));
  assert.equal(await done((callback) => signedIn.deleteAttributes(["nickname"], callback)), "SUCCESS");
  const { sub, ...attributes } = await attributesOf(signedIn);
  assert.ok(sub);
  assert.deepEqual(attributes, {
    email: "srp-new@example.com",
    email_verified: "true",
    phone_number: number,
    phone_number_verified: "true",
  });

  assert.equal(await done((callback) => signedIn.deleteUser(callback)), "SUCCESS");
  await assert.rejects(authenticate(user(Pool, "srp-new@example.com"), "srp-new@example.com", NEW), INCORRECT);
});

test("an address of somebody else is refused", async (pool) => {
  const signedIn = await signIn(userPool(pool), "srp@example.com");
  const taken = [new CognitoUserAttribute({ Name: "email", Value: "totp@example.com" })];
  await assert.rejects(done((callback) => signedIn.updateAttributes(taken, callback)), { name: "AliasExistsException" });
  const free = [new CognitoUserAttribute({ Name: "email", Value: someone() })];
  await done((callback) => signedIn.updateAttributes(free, callback));
});
