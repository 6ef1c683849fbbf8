// amazon-cognito-identity-js with the plain form.
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from "amazon-cognito-identity-js";
import { form } from "./form.js";
import { clientId, endpoint, userPoolId } from "./pool.js";

const Pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint });

form(
  (Username, Password) =>
    new Promise((onSuccess, onFailure) => {
      const user = new CognitoUser({ Username, Pool });
      user.authenticateUser(new AuthenticationDetails({ Username, Password }), { onSuccess, onFailure });
    }),
);
