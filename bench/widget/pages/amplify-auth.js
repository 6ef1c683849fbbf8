// aws-amplify/auth with the plain form.
import { Amplify } from "aws-amplify";
import { signIn } from "aws-amplify/auth";
import { form } from "./form.js";
import { clientId, endpoint, userPoolId } from "./pool.js";

Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId: clientId, userPoolEndpoint: endpoint } } });

form(async (username, password) => {
  const { isSignedIn } = await signIn({ username, password });
  if (!isSignedIn) throw new Error("There is another step.");
});
