// amazon-cognito-identity-js, unchanged: second factors.
import assert from "node:assert/strict";
import {
  authenticate,
  confirmed,
  done,
  enrol,
  sendSms,
  sendTotp,
  signIn,
  step,
  user,
  userPool,
} from "./cognito-identity-js.mjs";
import {
  CODE_WRONG,
  MFA_ON_CLIENT,
  MFA_ON_POOL,
  PASSWORD,
  SESSION_EXPIRED,
  SESSION_USED,
  TOTP_USED,
  anotherCode,
  test,
} from "./pool.mjs";

test("authenticator app: set up, then wrong code, used code, right code, replay", async (pool) => {
  const Pool = userPool(pool);
  const email = await confirmed(pool, Pool);
  const signedIn = await signIn(Pool, email);
  await assert.rejects(
    done((callback) => signedIn.setUserMfaPreference(null, { Enabled: true, PreferredMfa: true }, callback)),
    { name: "InvalidParameterException" },
  );
  const offered = (await step((callbacks) => signedIn.associateSoftwareToken(callbacks))).values[0];
  assert.match(offered, /^[A-Z2-7]{52}$/);
  const verify = (code) => step((callbacks) => signedIn.verifySoftwareToken(code, "a phone", callbacks));
  await assert.rejects(
    verify(await pool.wrongTotp(offered)),
    { name: "EnableSoftwareTokenMFAException", message: "Code mismatch and fail enable Software Token MFA" },
  );
  // Not set up yet, so the password is enough.
  await signIn(Pool, email);

  const { secret, code: usedInSetup } = await enrol(pool, signedIn);
  assert.notEqual(secret, offered);
  const data = await done((callback) => signedIn.getUserData(callback, { bypassCache: true }));
  assert.equal(data.PreferredMfaSetting, "SOFTWARE_TOKEN_MFA");
  assert.deepEqual(data.UserMFASettingList, ["SOFTWARE_TOKEN_MFA"]);

  const signing = user(Pool, email);
  const challenge = await authenticate(signing, email, PASSWORD);
  assert.equal(challenge.name, "totpRequired");
  assert.equal(challenge.values[1].FRIENDLY_DEVICE_NAME, "a phone");
  const session = signing.Session;
  await assert.rejects(sendTotp(signing, usedInSetup), TOTP_USED);
  await assert.rejects(sendTotp(signing, await pool.wrongTotp(secret)), CODE_WRONG);
  await assert.rejects(sendTotp(signing, await pool.totp(offered)), CODE_WRONG);
  await pool.nextStep();
  await assert.rejects(sendTotp(signing, await pool.totp(secret, 3)), CODE_WRONG);
  // The wrong codes have left the session as it was.
  assert.equal(signing.Session, session);
  const code = await pool.totp(secret);
  assert.equal((await sendTotp(signing, code)).name, "onSuccess");
  assert.ok(signing.getSignInUserSession().isValid());
  await assert.rejects(sendTotp(signing, await pool.totp(secret, 1)), SESSION_USED);

  const replaying = user(Pool, email);
  assert.equal((await authenticate(replaying, email, PASSWORD)).name, "totpRequired");
  await assert.rejects(sendTotp(replaying, code), TOTP_USED);
  await pool.nextStep();
  assert.equal((await sendTotp(replaying, await pool.totp(secret))).name, "onSuccess");
});

test("MFA_SETUP: nobody gets in before the app is set up; then sign-ins ask for its code", async (pool) => {
  const Pool = userPool(pool, { UserPoolId: MFA_ON_POOL, ClientId: MFA_ON_CLIENT });
  const email = "totp-setup@example.com";
  const signing = user(Pool, email);
  const challenge = await authenticate(signing, email, PASSWORD);
  assert.equal(challenge.name, "mfaSetup");
  assert.deepEqual(JSON.parse(challenge.values[1].MFAS_CAN_SETUP), ["SOFTWARE_TOKEN_MFA"]);
  const skip = (Session) =>
    pool.call("RespondToAuthChallenge", {
      ChallengeName: "MFA_SETUP",
      ClientId: MFA_ON_CLIENT,
      Session,
      ChallengeResponses: { USERNAME: signing.getUsername() },
    });
  await assert.rejects(skip(signing.Session), { name: "SoftwareTokenMFANotFoundException" });
  const unverified = () => step((callbacks) => signing.verifySoftwareToken("000000", "a phone", callbacks));
  await assert.rejects(unverified(), { name: "SoftwareTokenMFANotFoundException" });

  const first = signing.Session;
  const offered = (await step((callbacks) => signing.associateSoftwareToken(callbacks))).values[0];
  assert.notEqual(signing.Session, first);
  await assert.rejects(pool.call("AssociateSoftwareToken", { Session: first }), SESSION_USED);
  await assert.rejects(skip(signing.Session), { name: "SoftwareTokenMFANotFoundException" });
  // A second call makes a new secret, and the code of the first is wrong from then on.
  const secret = (await step((callbacks) => signing.associateSoftwareToken(callbacks))).values[0];
  const verify = (code) => step((callbacks) => signing.verifySoftwareToken(code, "a phone", callbacks));
  await assert.rejects(verify(await pool.totp(offered)), { name: "EnableSoftwareTokenMFAException" });
  await pool.nextStep();
  const code = await pool.totp(secret);
  assert.equal((await verify(code)).name, "onSuccess");
  assert.ok(signing.getSignInUserSession().isValid());
  await assert.rejects(skip(pool.last("VerifySoftwareToken").reply.Session), SESSION_USED);

  const again = user(Pool, email);
  assert.equal((await authenticate(again, email, PASSWORD)).name, "totpRequired");
  await assert.rejects(sendTotp(again, code), TOTP_USED);
  await pool.nextStep();
  assert.equal((await sendTotp(again, await pool.totp(secret))).name, "onSuccess");
});

test("SMS_MFA: wrong code, right code, replay; a new text message makes the code before it wrong", async (pool) => {
  const Pool = userPool(pool);
  const { email, phoneNumber } = await pool.seeded("sms@example.com");
  const begin = async () => {
    const signing = user(Pool, email);
    const challenge = await authenticate(signing, email, PASSWORD);
    assert.equal(challenge.name, "mfaRequired");
    const [name, parameters] = challenge.values;
    assert.equal(name, "SMS_MFA");
    assert.equal(parameters.CODE_DELIVERY_DELIVERY_MEDIUM, "SMS");
    assert.match(parameters.CODE_DELIVERY_DESTINATION, /^\+\*{7}\d{4}$/);
    assert.ok(phoneNumber.endsWith(parameters.CODE_DELIVERY_DESTINATION.slice(-4)));
    return { signing, code: await pool.mailedCode(phoneNumber) };
  };
  const { signing, code } = await begin();
  assert.match(code, /^\d{6}$/);
  assert.ok(!JSON.stringify(pool.exchanges).includes(code), "the code went to the client");
  const session = signing.Session;
  await assert.rejects(sendSms(signing, anotherCode(code)), CODE_WRONG);
  assert.equal(signing.Session, session);
  assert.equal((await sendSms(signing, code)).name, "onSuccess");
  await assert.rejects(sendSms(signing, code), SESSION_USED);
  const data = await done((callback) => signing.getUserData(callback, { bypassCache: true }));
  assert.deepEqual([data.UserMFASettingList, data.PreferredMfaSetting], [["SMS_MFA"], "SMS_MFA"]);

  const earlier = await begin();
  const later = await begin();
  await assert.rejects(sendSms(earlier.signing, earlier.code), CODE_WRONG);
  assert.equal((await sendSms(later.signing, later.code)).name, "onSuccess");

  const late = await begin();
  await pool.advance(181);
  await assert.rejects(sendSms(late.signing, late.code), SESSION_EXPIRED);

  const off = { Enabled: false, PreferredMfa: false };
  assert.equal(await done((callback) => signing.setUserMfaPreference(off, null, callback)), "SUCCESS");
  await signIn(Pool, email);
});
