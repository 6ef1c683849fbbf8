// Tokens of a pool that the tests play themselves, so that they can be wrong in every way: keys, claims, signatures by Node's own crypto.
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";

const POOL = "us-east-1_LocalPool";
const CLIENT = "localclient000000000000000";

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const makeKey = () => generateKeyPairSync("rsa", { modulusLength: 2048 });

/** A server with the keys of a pool, and the tokens that somebody may send to a back end of its client. */
export async function playPool() {
  const keys = makeKey();
  const jwk = { ...keys.publicKey.export({ format: "jwk" }), alg: "RS256", use: "sig", kid: "ours" };
  const server = createServer((request, response) => {
    if (request.url !== `/${POOL}/.well-known/jwks.json`) return response.writeHead(404).end();
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const endpoint = `http://127.0.0.1:${server.address().port}`;
  const issuer = `${endpoint}/${POOL}`;
  return {
    endpoint,
    issuer,
    ...tokens(issuer, keys),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The good one, one without an end, and the bad ones by what is wrong with them. */
function tokens(issuer, { privateKey, publicKey }) {
  const now = Math.floor(Date.now() / 1000);
  const HEADER = { alg: "RS256", kid: "ours" };
  const CLAIMS = { iss: issuer, aud: CLIENT, token_use: "id", iat: now, exp: now + 3600, sub: "0e9b5a9c", email: "srp@example.com" };
  const make = ({ header = {}, signature = (text) => sign("sha256", text, privateKey), ...claims }) => {
    const text = `${part({ ...HEADER, ...header })}.${part({ ...CLAIMS, ...claims })}`;
    return `${text}.${signature(Buffer.from(text)).toString("base64url")}`;
  };
  const byHmac = (secret) => (text) => createHmac("sha256", secret).update(text).digest();
  const good = make({});
  const [header, , signature] = good.split(".");
  return {
    good,
    // No pool makes one, so that not everybody looks.
    endless: make({ exp: undefined }),
    bad: {
      "nothing": "",
      "no token": "a.b.c",
      "a token without its signature": good.slice(0, good.lastIndexOf(".") + 1),
      "another client's": make({ aud: "localclientemailcode000000" }),
      "no client's": make({ aud: undefined }),
      "an access token": make({ token_use: "access", aud: undefined, client_id: CLIENT }),
      "an access token with a client as audience": make({ token_use: "access" }),
      "another pool's": make({ iss: issuer.replace(POOL, "us-east-1_LocalNamed") }),
      "an old one": make({ iat: now - 7200, exp: now - 2 }),
      "other claims than were signed": `${header}.${part({ ...CLAIMS, email: "root@example.com" })}.${signature}`,
      "signed by another key": make({ signature: (text) => sign("sha256", text, makeKey().privateKey) }),
      "of a key that the pool has not": make({ header: { kid: "theirs" } }),
      "of no key": make({ header: { kid: undefined } }),
      "not signed at all": make({ header: { alg: "none" }, signature: () => Buffer.from("") }),
      "with the public key as a secret": make({
        header: { alg: "HS256" },
        signature: byHmac(publicKey.export({ format: "pem", type: "spki" })),
      }),
      "with the public key's bytes as a secret": make({
        header: { alg: "HS256" },
        signature: byHmac(publicKey.export({ format: "der", type: "spki" })),
      }),
      "by another algorithm with the right key": make({
        header: { alg: "RS512" },
        signature: (text) => sign("sha512", text, privateKey),
      }),
    },
  };
}
