// A page as it is before the move: the library signs in. The element is there, and not used yet.
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from "amazon-cognito-identity-js";
import "cognito-login";

const pool = new CognitoUserPool({
  UserPoolId: "us-east-1_LocalPool",
  ClientId: "localclient000000000000000",
  endpoint: "http://127.0.0.1:9229/",
});

globalThis.library = {
  signIn(name, password) {
    const user = new CognitoUser({ Username: name, Pool: pool });
    const details = new AuthenticationDetails({ Username: name, Password: password });
    return new Promise((onSuccess, onFailure) => user.authenticateUser(details, { onSuccess, onFailure }));
  },

  /** The session that the library finds in its store; `undefined` where there is none. */
  session() {
    const user = pool.getCurrentUser();
    if (!user) return undefined;
    return new Promise((resolve, reject) => user.getSession((error, session) => (error ? reject(error) : resolve(session))));
  },
};
