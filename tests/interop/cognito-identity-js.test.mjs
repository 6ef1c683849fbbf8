// amazon-cognito-identity-js, unchanged, against the local pool.
import assert from "node:assert/strict";
import { AuthenticationDetails, CognitoUserAttribute } from "amazon-cognito-identity-js";
import { createRemoteJWKSet, jwtVerify } from "jose";
import {
  authenticate,
  confirmed,
  done,
  sendAnswer,
  sendTotp,
  signIn,
  step,
  user,
  userPool,
} from "./cognito-identity-js.mjs";
import {
  CLIENT,
  CODE_WRONG,
  INCORRECT,
  PASSWORD,
  SESSION_EXPIRED,
  SESSION_INVALID,
  SESSION_USED,
  anotherCode,
  flipBit,
  someone,
  test,
} from "./pool.mjs";

test("SRP: the right password brings tokens whose signatures jose verifies", async (pool) => {
  const Pool = userPool(pool);
  const signedIn = await signIn(Pool, "srp@example.com");
  const session = signedIn.getSignInUserSession();
  assert.ok(session.isValid());

  const keys = createRemoteJWKSet(new URL(`${pool.issuer()}/.well-known/jwks.json`));
  const issuer = pool.issuer();
  const options = { issuer, algorithms: ["RS256"] };
  const id = await jwtVerify(session.getIdToken().getJwtToken(), keys, { ...options, audience: CLIENT });
  const access = await jwtVerify(session.getAccessToken().getJwtToken(), keys, options);
  assert.equal(id.payload.token_use, "id");
  assert.equal(id.payload.email, "srp@example.com");
  assert.equal(id.payload.email_verified, true);
  assert.equal(id.payload["cognito:username"], id.payload.sub);
  assert.equal(access.payload.token_use, "access");
  assert.equal(access.payload.client_id, CLIENT);
  assert.equal(access.payload.username, access.payload.sub);
  assert.equal(access.payload.scope, "aws.cognito.signin.user.admin");
  assert.equal(access.payload.aud, undefined);
  assert.equal(access.payload.sub, id.payload.sub);
  assert.equal(access.payload.origin_jti, id.payload.origin_jti);
  assert.notEqual(access.payload.jti, id.payload.jti);
  assert.notEqual(access.protectedHeader.kid, id.protectedHeader.kid);
  assert.equal(id.payload.exp - id.payload.iat, 3600);

  const prefix = `CognitoIdentityServiceProvider.${CLIENT}`;
  assert.equal(Pool.storage.getItem(`${prefix}.LastAuthUser`), id.payload.sub);
  const found = await done((callback) => Pool.getCurrentUser().getSession(callback));
  assert.equal(found.getRefreshToken().getToken(), session.getRefreshToken().getToken());

  const data = await done((callback) => signedIn.getUserData(callback));
  assert.equal(data.Username, id.payload.sub);
  const attributes = Object.fromEntries(data.UserAttributes.map(({ Name, Value }) => [Name, Value]));
  assert.equal(attributes.sub, id.payload.sub);
  assert.equal(attributes.email, "srp@example.com");
  assert.equal(attributes.email_verified, "true");
});

test("SRP: wrong password and unknown user get the same error and the same kind of challenge", async (pool) => {
  const Pool = userPool(pool);
  const shapes = [];
  for (const email of ["srp@example.com", "nobody@example.com", "nobody@example.com"]) {
    await assert.rejects(authenticate(user(Pool, email), email, "Wrong-pass-1!"), INCORRECT);
    shapes.push(pool.last("InitiateAuth").reply);
  }
  const [known, unknown, again] = shapes.map((reply) => reply.ChallengeParameters);
  assert.deepEqual(Object.keys(unknown).sort(), Object.keys(known).sort());
  assert.match(unknown.USER_ID_FOR_SRP, /^[0-9a-f]{8}-[0-9a-f]{4}-/);
  // Asking twice tells nothing either.
  assert.equal(again.SALT, unknown.SALT);
  assert.equal(again.USER_ID_FOR_SRP, unknown.USER_ID_FOR_SRP);
  assert.notEqual(again.SRP_B, unknown.SRP_B);
  assert.equal(Pool.getCurrentUser(), null);
});

for (const [what, tamper] of [
  ["PASSWORD_CLAIM_SIGNATURE", flipBit],
  ["PASSWORD_CLAIM_SECRET_BLOCK", flipBit],
  ["TIMESTAMP", (text) => text.replace(/(\d) UTC/, (_, digit) => `${(Number(digit) + 1) % 10} UTC`)],
  ["USERNAME", () => "email-code@example.com"],
]) {
  test(`SRP: refused with one bit of ${what} changed, and the same sign-in cannot be mended`, async (pool) => {
    const Pool = userPool(pool);
    let honest;
    pool.tamper = (operation, request) => {
      if (operation !== "RespondToAuthChallenge") return;
      honest = structuredClone(request);
      request.ChallengeResponses[what] = tamper(request.ChallengeResponses[what]);
      assert.notEqual(request.ChallengeResponses[what], honest.ChallengeResponses[what]);
    };
    await assert.rejects(authenticate(user(Pool, "srp@example.com"), "srp@example.com", PASSWORD), INCORRECT);
    pool.tamper = null;
    if (what !== "PASSWORD_CLAIM_SECRET_BLOCK") {
      await assert.rejects(pool.call("RespondToAuthChallenge", honest), INCORRECT);
    }
  });
}

test("SRP: a recorded proof is refused when it is sent again", async (pool) => {
  await signIn(userPool(pool), "srp@example.com");
  await assert.rejects(pool.call("RespondToAuthChallenge", pool.last("RespondToAuthChallenge").request), INCORRECT);
});

test("passwords: Japanese, spaces, a colon, emoji, 256 characters", async (pool) => {
  const Pool = userPool(pool);
  for (const password of ["日本語 with spaces:A1!🔑", `Aa1!${"x".repeat(252)}`]) {
    await signIn(Pool, await confirmed(pool, Pool, password), password);
  }
});

test("sign-up: the mailed code confirms; before it nobody gets in, and a wrong one does not", async (pool) => {
  const Pool = userPool(pool);
  const email = someone();
  const attributes = [new CognitoUserAttribute({ Name: "nickname", Value: "ニック" })];
  const result = await done((callback) => Pool.signUp(email, PASSWORD, attributes, null, callback));
  assert.equal(result.userConfirmed, false);
  assert.equal(result.codeDeliveryDetails.DeliveryMedium, "EMAIL");
  assert.ok(!result.codeDeliveryDetails.Destination.includes(email));
  await assert.rejects(authenticate(user(Pool, email), email, PASSWORD), { name: "UserNotConfirmedException" });

  const first = await pool.mailedCode(email);
  const confirm = (code) => done((callback) => user(Pool, email).confirmRegistration(code, false, callback));
  await assert.rejects(confirm(anotherCode(first)), CODE_WRONG);
  await done((callback) => user(Pool, email).resendConfirmationCode(callback));
  const second = await pool.mailedCode(email);
  assert.equal((await pool.inbox(email)).length, 2);
  if (first !== second) await assert.rejects(confirm(first), CODE_WRONG);
  assert.equal(await confirm(second), "SUCCESS");
  await assert.rejects(confirm(second), { name: "NotAuthorizedException" });

  const signedIn = await signIn(Pool, email);
  const claims = signedIn.getSignInUserSession().getIdToken().decodePayload();
  assert.equal(claims.sub, result.userSub);
  assert.equal(claims.nickname, "ニック");
});

test("sign-up: a code a day old, a taken name, a weak password and a name that is no address are refused", async (pool) => {
  const Pool = userPool(pool);
  const email = someone();
  const signUp = (name, password) => done((callback) => Pool.signUp(name, password, [], [], callback));
  await signUp(email, PASSWORD);
  await assert.rejects(signUp(email, PASSWORD), { name: "UsernameExistsException" });
  await assert.rejects(signUp("srp@example.com", "Another-1!"), { name: "UsernameExistsException" });
  for (const weak of ["Aa1!aaa", "aa1!aaaa", "AA1!AAAA", "Aaa!aaaa", "Aa1aaaaa"]) {
    await assert.rejects(signUp(someone(), weak), { name: "InvalidPasswordException" }, weak);
  }
  await assert.rejects(signUp("not-an-address", PASSWORD), { name: "InvalidParameterException" });
  const code = await pool.mailedCode(email);
  await pool.advance(24 * 3600 + 1);
  await assert.rejects(
    done((callback) => user(Pool, email).confirmRegistration(code, false, callback)),
    { name: "ExpiredCodeException" },
  );
});

test("e-mail code: wrong, then right; one code and one mail for the sign-in, a new session for each try", async (pool) => {
  const Pool = userPool(pool);
  const email = "email-code@example.com";
  const signing = user(Pool, email, "CUSTOM_AUTH");
  const challenge = await authenticate(signing, email, PASSWORD);
  assert.equal(challenge.name, "customChallenge");
  const [parameters] = challenge.values;
  assert.equal(parameters.type, "EMAIL_CODE");
  assert.equal(parameters.codeLength, "6");
  assert.match(parameters.destination, /^e\*+@e/);
  const code = await pool.mailedCode(email);
  assert.ok(!JSON.stringify(pool.exchanges).includes(code), "the code went to the client");

  const first = signing.Session;
  assert.equal((await sendAnswer(signing, anotherCode(code))).name, "customChallenge");
  const second = signing.Session;
  assert.notEqual(second, first);
  assert.equal((await pool.inbox(email)).length, 1);

  // The session of the wrong answer is spent, even for the right one.
  signing.Session = first;
  await assert.rejects(sendAnswer(signing, code), SESSION_USED);
  signing.Session = second;
  assert.equal((await sendAnswer(signing, code)).name, "onSuccess");
  assert.ok(signing.getSignInUserSession().isValid());
  await assert.rejects(sendAnswer(signing, code), SESSION_USED);
});

test("e-mail code: the third wrong answer ends the sign-in", async (pool) => {
  const Pool = userPool(pool);
  const email = "email-code@example.com";
  const signing = user(Pool, email, "CUSTOM_AUTH");
  await authenticate(signing, email, PASSWORD);
  const code = await pool.mailedCode(email);
  for (let i = 0; i < 2; i++) {
    assert.equal((await sendAnswer(signing, anotherCode(code))).name, "customChallenge");
  }
  await assert.rejects(sendAnswer(signing, anotherCode(code)), { name: "NotAuthorizedException" });
  await assert.rejects(sendAnswer(signing, code), SESSION_USED);
  assert.equal(Pool.getCurrentUser(), null);
});

test("e-mail code: no mail without the password, and nothing that tells who exists", async (pool) => {
  const Pool = userPool(pool);
  for (const email of ["email-code@example.com", "nobody@example.com"]) {
    await assert.rejects(authenticate(user(Pool, email, "CUSTOM_AUTH"), email, "Wrong-pass-1!"), INCORRECT);
    assert.deepEqual(await pool.inbox(email), []);
  }
  assert.ok(pool.exchanges[0].reply.Session, "CUSTOM_AUTH has a session from the start");
});

test("e-mail code: CUSTOM_AUTH that leaves the password out is refused", async (pool) => {
  const email = "email-code@example.com";
  const signing = user(userPool(pool), email, "CUSTOM_AUTH");
  await assert.rejects(
    step((callbacks) => signing.initiateAuth(new AuthenticationDetails({ Username: email }), callbacks)),
    { name: "NotAuthorizedException" },
  );
  assert.deepEqual(await pool.inbox(email), []);
});

test("sessions: an invented one, a changed one and somebody else's are refused", async (pool) => {
  const Pool = userPool(pool);
  const email = await confirmed(pool, Pool);
  const signing = user(Pool, email, "CUSTOM_AUTH");
  await authenticate(signing, email, PASSWORD);
  const theirs = user(Pool, "email-code@example.com", "CUSTOM_AUTH");
  await authenticate(theirs, "email-code@example.com", PASSWORD);
  const mine = signing.Session;
  const code = await pool.mailedCode(email);
  const swapped = mine.at(20) === "A" ? "B" : "A";
  for (const session of ["0".repeat(mine.length), mine.slice(0, 20) + swapped + mine.slice(21), theirs.Session]) {
    signing.Session = session;
    await assert.rejects(sendAnswer(signing, code), SESSION_INVALID);
    await assert.rejects(sendTotp(signing, "123456"), SESSION_INVALID);
  }
  signing.Session = undefined;
  await assert.rejects(sendAnswer(signing, code), { name: "InvalidParameterException" });
  signing.Session = mine;
  // A session waits for one challenge, not for whichever is sent.
  await assert.rejects(sendTotp(signing, "123456"), SESSION_INVALID);
  await assert.rejects(
    pool.call("RespondToAuthChallenge", {
      ChallengeName: "MFA_SETUP",
      ClientId: CLIENT,
      Session: mine,
      ChallengeResponses: { USERNAME: signing.getUsername() },
    }),
    SESSION_INVALID,
  );
  await assert.rejects(step((callbacks) => signing.associateSoftwareToken(callbacks)), SESSION_INVALID);
  assert.equal((await sendAnswer(signing, code)).name, "onSuccess");
});

test("sessions: over after three minutes, and each step brings three new ones", async (pool) => {
  const email = "email-code@example.com";
  const signing = user(userPool(pool), email, "CUSTOM_AUTH");
  await authenticate(signing, email, PASSWORD);
  const code = await pool.mailedCode(email);
  await pool.advance(150);
  assert.equal((await sendAnswer(signing, anotherCode(code))).name, "customChallenge");
  await pool.advance(150);
  assert.equal((await sendAnswer(signing, anotherCode(code))).name, "customChallenge");
  await pool.advance(181);
  await assert.rejects(sendAnswer(signing, code), SESSION_EXPIRED);
});

test("refresh: new tokens of the same sign-in, and the refresh token stays", async (pool) => {
  const Pool = userPool(pool);
  const signedIn = await signIn(Pool, "srp@example.com");
  const before = signedIn.getSignInUserSession();
  await pool.advance(3601);
  // By the pool's clock the access token is over, whatever the client thinks.
  await assert.rejects(done((callback) => signedIn.getUserData(callback)), {
    name: "NotAuthorizedException",
    message: "Access Token has expired",
  });
  const after = await done((callback) => signedIn.refreshSession(before.getRefreshToken(), callback));
  assert.equal(pool.last("InitiateAuth").reply.AuthenticationResult.RefreshToken, undefined);
  assert.equal(after.getRefreshToken().getToken(), before.getRefreshToken().getToken());
  assert.notEqual(after.getAccessToken().getJwtToken(), before.getAccessToken().getJwtToken());
  const [old, fresh] = [before, after].map((session) => session.getAccessToken().decodePayload());
  assert.equal(fresh.origin_jti, old.origin_jti);
  assert.equal(fresh.auth_time, old.auth_time);
  assert.ok(fresh.iat >= old.iat + 3601);
  await done((callback) => signedIn.getUserData(callback));

  await pool.advance(30 * 24 * 3600);
  // Not by refreshSession, which tries every error again for six seconds.
  await assert.rejects(pool.call("InitiateAuth", pool.last("InitiateAuth").request), {
    name: "NotAuthorizedException",
    message: "Refresh Token has expired",
  });
});

test("signing out revokes: the refresh token and the access token of that sign-in, and of no other", async (pool) => {
  const Pool = userPool(pool);
  const email = await confirmed(pool, Pool);
  const other = await signIn(userPool(pool), email);
  const signedIn = await signIn(Pool, email);
  const session = signedIn.getSignInUserSession();
  await done((callback) => signedIn.signOut(callback));
  assert.equal(pool.last("RevokeToken").status, 200);
  assert.equal(Pool.getCurrentUser(), null);
  assert.equal(Pool.storage.items.size, 0);
  await assert.rejects(pool.call("GetUser", { AccessToken: session.getAccessToken().getJwtToken() }), {
    name: "NotAuthorizedException",
    message: "Access Token has been revoked",
  });
  await assert.rejects(
    pool.call("InitiateAuth", {
      AuthFlow: "REFRESH_TOKEN_AUTH",
      ClientId: CLIENT,
      AuthParameters: { REFRESH_TOKEN: session.getRefreshToken().getToken() },
    }),
    { name: "NotAuthorizedException", message: "Refresh Token has been revoked" },
  );
  await done((callback) => other.getUserData(callback));
});

test("signing out everywhere ends all sign-ins", async (pool) => {
  const email = await confirmed(pool, userPool(pool));
  const [here, there] = [await signIn(userPool(pool), email), await signIn(userPool(pool), email)];
  await step((callbacks) => here.globalSignOut(callbacks));
  await assert.rejects(done((callback) => there.getUserData(callback)), {
    name: "NotAuthorizedException",
    message: "Access Token has been revoked",
  });
  await assert.rejects(
    pool.call("InitiateAuth", {
      AuthFlow: "REFRESH_TOKEN_AUTH",
      ClientId: CLIENT,
      AuthParameters: { REFRESH_TOKEN: there.getSignInUserSession().getRefreshToken().getToken() },
    }),
    { name: "NotAuthorizedException" },
  );
  await signIn(userPool(pool), email);
});
