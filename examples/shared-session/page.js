// The element signs in, and the rest of the page goes on with aws-amplify as before: both have the same session.
import { Amplify } from "aws-amplify";
import { fetchAuthSession, signOut } from "aws-amplify/auth";
import { Hub } from "aws-amplify/utils";
import "cognito-login";

const login = document.querySelector("cognito-login");
const output = document.querySelector("output");

Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId: "us-east-1_LocalPool",
      userPoolClientId: "localclient000000000000000",
      userPoolEndpoint: "http://127.0.0.1:9229/", // Only for a local pool.
    },
  },
});

login.addEventListener("cognito-login-signed-in", async () => {
  const { tokens } = await fetchAuthSession();
  output.textContent = `Hello, ${tokens.idToken.payload.email}`;
});
login.addEventListener("cognito-login-signed-out", () => (output.textContent = ""));

// No event tells the element what Amplify does; this has it look at once.
Hub.listen("auth", () => login.getTokens().catch(() => {}));
document.querySelector("#sign-out").addEventListener("click", () => signOut());
