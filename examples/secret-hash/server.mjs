// `CLIENT_SECRET=… node server.mjs`, with the package's files in the folder
// `cognito-login` beside this one. The local pool's secret is
// `localclientsecretlocalclientsecretlocalclientsecret`.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { secretHashes } from "./secret-hash.mjs";

const POOL = "http://127.0.0.1:9229/"; // Or https://cognito-idp.<region>.amazonaws.com
const PORT = 8080;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/** Nothing but what the page needs. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  `connect-src 'self' ${POOL}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/** Nothing else in this folder is for the page. */
const PUBLIC = /^\/(index\.html|page\.js|cognito-login\/(lang\/)?[\w-]+\.(js|wasm))$/;

/** Makes the site whose pages have this origin. */
export function site(origin) {
  const secretHash = secretHashes({
    origin,
    clientId: process.env.CLIENT_ID ?? "localclientsecret000000000",
    clientSecret: process.env.CLIENT_SECRET,
  });
  return async (request, response) => {
    const [path] = request.url.split("?");
    if (path === "/secret-hash") return secretHash(request, response);
    const name = path === "/" ? "/index.html" : path;
    const file = PUBLIC.test(name) && (await readFile(new URL(`.${name}`, import.meta.url)).catch(() => undefined));
    if (!file) return response.writeHead(404).end();
    response
      .writeHead(200, {
        "content-type": TYPES[extname(name)],
        "content-security-policy": POLICY,
      })
      .end(file);
  };
}

if (process.argv[1] === import.meta.filename) {
  createServer(site(`http://127.0.0.1:${PORT}`)).listen(PORT, "127.0.0.1");
}
