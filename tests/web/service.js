// Served into the test page: a service that answers in the page itself. It takes any password, and says what it was asked.

/** Puts the service in the place of the network. */
globalThis.serviceInPage = () => {
  const calls = [];
  const replies = {};
  const service = {
    /** What it was asked: `{ operation, body, keepalive }`. */
    calls,

    /** By how much its clock is ahead, in milliseconds; it tells no time unless this is set. */
    ahead: undefined,

    /**
     * Sets how an operation is answered: with what the function returns, a promise if need be; or with an error, by its name or as the
     * service writes it.
     */
    answers(operation, reply) {
      replies[operation] = reply;
    },

    /** Leaves an operation unanswered until the function that comes back is called. */
    holds(operation) {
      const reply = replies[operation];
      let release;
      const released = new Promise((resolve) => (release = resolve));
      replies[operation] = async (body) => {
        await released;
        return reply(body);
      };
      return () => {
        replies[operation] = reply;
        release();
      };
    },

    /** The bodies of the calls of an operation. */
    bodiesOf: (operation) => calls.filter((call) => call.operation === operation).map(({ body }) => body),

    tokens,
  };
  Object.assign(replies, {
    InitiateAuth: (body) => ({
      ChallengeName: "PASSWORD_VERIFIER",
      ChallengeParameters: { SALT: "1", SECRET_BLOCK: "YQ==", SRP_B: "2", USER_ID_FOR_SRP: body.AuthParameters.USERNAME },
    }),
    RespondToAuthChallenge: (body) => ({ AuthenticationResult: tokens(body.ChallengeResponses.USERNAME) }),
    GetTokensFromRefreshToken: () => ({ AuthenticationResult: tokens("me@example.com", "renewed") }),
    RevokeToken: () => ({}),
    GlobalSignOut: () => ({}),
  });
  const { fetch } = window;
  window.fetch = async (url, init = {}) => {
    const { headers, body: text, keepalive = false } = init;
    const target = new Headers(headers).get("x-amz-target");
    // The WebAssembly.
    if (!target) return fetch(url, init);
    const operation = target.split(".").pop();
    const body = JSON.parse(text);
    calls.push({ operation, body, keepalive });
    const reply = await replies[operation](body);
    const answer = typeof reply === "string" ? { __type: reply, message: "" } : reply;
    const status = answer.__type ? 400 : 200;
    const date = service.ahead === undefined ? {} : { date: new Date(Date.now() + service.ahead).toUTCString() };
    return new Response(JSON.stringify(answer), { status, headers: date });
  };
  return service;
};

/** Tokens of a user as the service hands them out; `change` changes the claims. */
function tokens(username, refresh = "first", change = {}) {
  const claims = {
    iss: "http://127.0.0.1:9/us-east-1_LocalPool",
    sub: `sub of ${username}`,
    exp: Math.floor(Date.now() / 1000) + 3600,
  };
  return {
    AccessToken: jwt({ ...claims, token_use: "access", client_id: "localclient", username, ...change }),
    IdToken: jwt({ ...claims, token_use: "id", aud: "localclient", "cognito:username": username, ...change }),
    RefreshToken: `${refresh} refresh token of ${username}`,
    ExpiresIn: 3600,
    TokenType: "Bearer",
  };
}

function jwt(claims) {
  const bytes = new TextEncoder().encode(JSON.stringify(claims));
  const payload = btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  return `e30.${payload}.c2ln`;
}
