// @aws-amplify/auth, unchanged, as a page uses it that has the elements as well: with one store for both. It is bundled for the tests.
import { Amplify, ConsoleLogger, defaultStorage, sessionStorage } from "@aws-amplify/core";
import { confirmSignUp, fetchAuthSession, getCurrentUser, signIn, signOut, signUp } from "@aws-amplify/auth";
import { cognitoUserPoolsTokenProvider } from "@aws-amplify/auth/cognito";

/** A store of the page's own, which answers later. All pages of the site have it. */
const adapter = {
  getItem: async (key) => localStorage.getItem(`page.${key}`),
  setItem: async (key, value) => localStorage.setItem(`page.${key}`, value),
  removeItem: async (key) => localStorage.removeItem(`page.${key}`),
  clear: async () => localStorage.clear(),
};

const stores = { local: defaultStorage, session: sessionStorage, adapter };
const store = stores[document.documentElement.dataset.amplify];
const elements = [...document.querySelectorAll("cognito-login, cognito-account")];
if (store === adapter) for (const element of elements) element.storageAdapter = adapter;

const [userPoolId, userPoolClientId, userPoolEndpoint] = ["user-pool-id", "client-id", "endpoint"].map((name) =>
  elements[0].getAttribute(name),
);
const Auth = { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint } };
ConsoleLogger.LOG_LEVEL = "NONE";
cognitoUserPoolsTokenProvider.setAuthConfig(Auth);
cognitoUserPoolsTokenProvider.setKeyValueStorage(store);
Amplify.configure({ Auth }, { Auth: { tokenProvider: cognitoUserPoolsTokenProvider } });

window.amplify = {
  getCurrentUser,
  signIn,
  signUp,
  confirmSignUp,

  /** What a page sends to its own back end. */
  async accessToken(options) {
    const { tokens } = await fetchAuthSession(options);
    return tokens ? String(tokens.accessToken) : null;
  },

  /** Amplify does not wait for its own clearing. */
  async signOut() {
    await signOut();
    while (await getCurrentUser().catch(() => null)) await new Promise((resolve) => setTimeout(resolve));
  },
};
