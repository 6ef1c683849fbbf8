// A server for what was built, with a back end that checks ID tokens: the example's own.
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { sources } from "./projects.mjs";

const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/** The example's back end, for tokens of the pool at `endpoint`. */
export async function backEnd(endpoint) {
  const folder = sources("verify-token-node", endpoint, "examples/verify-token-node");
  // The library as the example has it: from its folder.
  writeFileSync(join(folder, "library.js"), 'export * from "aws-jwt-verify";');
  const { CognitoJwtVerifier } = await import(pathToFileURL(join(folder, "library.js")));
  const parse = CognitoJwtVerifier.parseUserPoolId;
  // The one thing that differs from the service: where the pool is. The library knows two issuers of a pool.
  CognitoJwtVerifier.parseUserPoolId = function (id, issuer = `${endpoint}/${id}`) {
    return issuer.startsWith(endpoint) ? { issuer, jwksUri: `${issuer}/.well-known/jwks.json` } : parse.call(this, id, issuer);
  };
  const { me, verifier } = await import(pathToFileURL(join(folder, "me.js")));
  const keys = await fetch(`${endpoint}/us-east-1_LocalPool/.well-known/jwks.json`);
  verifier.cacheJwks(await keys.json());
  return me;
}

/**
 * Serves files out of `folders`, the first that has one.
 * @param {{ folders: string[], csp?: string, me: Function, answer?: Function }} options `csp` is the policy of every page; `me` answers
 *   `/api/me`, and `answer` what it returns true for
 */
export async function serve({ folders, csp, me, answer }) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (pathname === "/api/me") return me(request, response);
    // Nobody's page has one, and every browser asks.
    if (pathname === "/favicon.ico") return response.writeHead(204).end();
    if (answer?.(request, response)) return;
    const path = pathname === "/" ? "index.html" : decodeURIComponent(pathname);
    const file = await first(folders, path);
    if (!file) return response.writeHead(404).end();
    if (csp && path.endsWith(".html")) response.setHeader("content-security-policy", csp);
    response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream").end(file);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function first(folders, path) {
  for (const folder of folders) {
    const file = await readFile(join(folder, path)).catch(() => undefined);
    if (file) return file;
  }
}
