// A page author's TypeScript. It is compiled against the packed package and never run.
import "cognito-login";
import { CognitoAccountElement, CognitoLoginElement, define, type CognitoLoginStorage } from "cognito-login";

const login: CognitoLoginElement = document.createElement("cognito-login");
const account: CognitoAccountElement | null = document.querySelector("cognito-account");

login.userPoolId = "eu-west-1_AbCdEfGhI";
login.authFlow = "CUSTOM_AUTH";
login.sessionMinutes = 5;
login.lang = "ja";
login.theme = null;
// @ts-expect-error There is no such flow.
login.authFlow = "SRP";

const storage: CognitoLoginStorage = sessionStorage;
login.storageAdapter = storage;
login.messages = { "sign-in.heading": "Welcome back", "common.new-code-in": { one: "{seconds} second", other: "{seconds} seconds" } };
login.messages = { en: { "sign-in.heading": "Welcome back" }, "ja-JP": { "sign-in.heading": "おかえりなさい" } };
// @ts-expect-error There is no such text.
login.messages = { "sign-in.headline": "Welcome back" };
login.clientMetadata = { campaign: "spring" };
login.secretHash = (username) => username;
login.secretHash = async (username) => (await fetch(`/secret-hash?${username}`)).text();

login.addEventListener("cognito-login-signed-in", (event) => {
  const name: string = event.detail.username;
  console.log(name, event.detail.claims);
  // @ts-expect-error Tokens never travel in events.
  console.log(event.detail.idToken);
});
document.addEventListener("cognito-login-error", ({ detail }) => {
  const { code, message, screen, retryable }: { code: string; message: string; screen: string; retryable: boolean } = detail;
  console.log(code, message, screen, retryable, detail.serviceCode?.toLowerCase());
  // @ts-expect-error The code is ours, not the service's.
  if (detail.code === "NotAuthorizedException") console.log("never");
});
window.addEventListener("cognito-login-challenge", (event) => {
  if (event.detail.parameters.type !== "CAPTCHA") return;
  event.preventDefault();
  event.detail.respond("42");
});

async function tokens(): Promise<string> {
  await login.ready;
  await login.show("totp-setup");
  await login.reset();
  await account?.signOut({ global: true });
  const { idToken, accessToken, expiresAt } = await login.getTokens();
  return idToken + accessToken + new Date(expiresAt).toISOString();
}

define();
export { tokens };
