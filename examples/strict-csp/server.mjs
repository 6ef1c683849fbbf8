// `node server.mjs`, with the package's files in the folder `cognito-login` beside this one. A server of another make needs the same two
// things: the import map in the page, and the headers.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";

const POOL = "http://127.0.0.1:9229/"; // Or https://cognito-idp.<region>.amazonaws.com
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

const read = (path) => readFileSync(new URL(`.${path}`, import.meta.url));
const hashes = JSON.parse(read("/cognito-login/integrity.json"));
const scripts = Object.entries(hashes).filter(([name]) => name.endsWith(".js"));
const importMap = JSON.stringify({
  imports: { "cognito-login": "/cognito-login/cognito-login.js" },
  integrity: Object.fromEntries(scripts.map(([name, hash]) => [`/cognito-login/${name}`, hash])),
});
const page = read("/index.html").toString().replace("IMPORT_MAP", importMap);
const mapHash = createHash("sha256").update(importMap).digest("base64");

/** Nothing but what the page needs; Trusted Types without a single policy. */
const POLICY = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${mapHash}' 'wasm-unsafe-eval'`,
  `connect-src 'self' ${POOL}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/** Answers with a file of the site; `false` where there is none. */
export function answer(request, response) {
  const [pathname] = request.url.split("?");
  if (pathname === "/") {
    response.writeHead(200, { "content-type": "text/html", "content-security-policy": POLICY }).end(page);
    return true;
  }
  const isPublic = pathname === "/page.js" || Object.keys(hashes).some((name) => pathname === `/cognito-login/${name}`);
  if (isPublic) response.writeHead(200, { "content-type": TYPES[extname(pathname)] }).end(read(pathname));
  return isPublic;
}

if (process.argv[1] === import.meta.filename) {
  createServer((request, response) => answer(request, response) || response.writeHead(404).end()).listen(8080, "127.0.0.1");
}
