// @aws-amplify/auth, unchanged: what its tests share.
import { Amplify, ConsoleLogger, sharedInMemoryStorage } from "@aws-amplify/core";
import { cognitoUserPoolsTokenProvider } from "@aws-amplify/auth/cognito";
import { CLIENT, LOCAL_POOL } from "./pool.mjs";

/** As `aws-amplify` does it. There is one Amplify for all tests; each gives it another pool, and nobody is signed in. */
export async function configure(pool, userPoolId = LOCAL_POOL, userPoolClientId = CLIENT, more = {}) {
  const Auth = { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint: pool.endpoint, ...more } };
  await sharedInMemoryStorage.clear();
  cognitoUserPoolsTokenProvider.setAuthConfig(Auth);
  cognitoUserPoolsTokenProvider.setKeyValueStorage(sharedInMemoryStorage);
  Amplify.configure({ Auth }, { Auth: { tokenProvider: cognitoUserPoolsTokenProvider } });
}

ConsoleLogger.LOG_LEVEL = "ERROR";

// Amplify waits three minutes for a sign-in that is left open, and after one that follows a sign-up. No process need wait for that.
const { setTimeout } = globalThis;
globalThis.setTimeout = (callback, millis, ...values) => {
  const timer = setTimeout(callback, millis, ...values);
  return millis >= 60_000 ? timer.unref() : timer;
};

export const stepOf = (output) => output.nextStep.signInStep;
