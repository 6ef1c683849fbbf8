// Answers the page with SECRET_HASH of a user name, so that the app client's
// secret stays here.
//
// What that costs: whoever reaches this can have a hash for any name, without
// signing in, since people who sign in are not known yet. So the client is as
// open as one without a secret, which is the better one for a browser. A hash
// does not expire: it is good until there is another secret. The limits below
// slow down whoever guesses passwords through this client; pages and forms of
// other sites get nothing.
import { createHmac } from "node:crypto";
import { text } from "node:stream/consumers";

/** Bytes of a request. A user name has 128 characters at most. */
const LARGEST = 1024;

/** Each address may ask so often in a minute. A sign-in asks two or three times. */
const A_MINUTE = 30;

/**
 * Makes the answer to `POST /secret-hash`.
 * @param {{ origin: string, clientId: string, clientSecret: string }} options
 *   `origin` is the page's
 */
export function secretHashes({ origin, clientId, clientSecret }) {
  if (!clientSecret) throw new Error("there is no client secret");
  const isWithinLimit = limit(A_MINUTE);

  return async function secretHash(request, response) {
    const refuse = (status, headers) =>
      response.writeHead(status, { connection: "close", ...headers }).end();

    if (request.method !== "POST") return refuse(405, { allow: "POST" });
    // Browsers send it with every POST, and pages cannot change it.
    if (request.headers.origin !== origin) return refuse(403);
    // Behind a proxy this is the proxy's address; then the proxy has to limit.
    if (!isWithinLimit(request.socket.remoteAddress)) return refuse(429, { "retry-after": "60" });
    if (!/^application\/json\b/.test(request.headers["content-type"])) return refuse(415);
    // Node reads no more than was announced.
    if (!(request.headers["content-length"] <= LARGEST)) return refuse(413);
    // Whoever leaves in the middle has sent no name.
    const username = usernameOf(await text(request).catch(() => ""));
    if (!username) return refuse(400);

    const hash = createHmac("sha256", clientSecret)
      .update(username)
      .update(clientId)
      .digest("base64");
    response
      .writeHead(200, { "content-type": "application/json", "cache-control": "no-store" })
      .end(JSON.stringify({ secretHash: hash }));
  };
}

/** Whether an address may ask once more in this minute. Nobody is remembered for longer. */
function limit(often) {
  const asked = new Map();
  let minute;
  return (address) => {
    const now = Math.floor(Date.now() / 60_000);
    if (now !== minute) asked.clear();
    minute = now;
    const times = (asked.get(address) ?? 0) + 1;
    asked.set(address, times);
    return times <= often;
  };
}

/** The name, where the body is nothing else than one. */
function usernameOf(body) {
  try {
    const { username } = JSON.parse(body);
    return typeof username === "string" && username.length <= 128 ? username : undefined;
  } catch {
    return undefined;
  }
}
