// A server of the demo page beside the package, under the policy that `cargo xtask demo` sends. No pool stands behind it: the form is
// there without one, and the lists of its people and mails are empty.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { strictPolicy } from "../browser/site.mjs";

const root = new URL("../../", import.meta.url);

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** What the tests bring with them. */
const OWN = {
  "/axe.js": new URL("node_modules/axe-core/axe.min.js", root),
  "/watch.js": new URL("tests/gallery/watch.js", root),
};

/** Where a path's file lies, in the folders that make up the site. */
function file(path) {
  if (path === "/") return new URL("index.html", root);
  return OWN[path] ?? new URL(path.startsWith("/demo/") ? path.slice(1) : `dist${path}`, root);
}

/** The page as it is served, with its pool at `pool`: with the package's script in the place of trunk's lines. */
function served(html, pool) {
  const lines = html.split("\n").filter((line) => !/data-trunk|demo\/trunk\.js/.test(line));
  const scripts = '<script src="watch.js"></script>\n    <script type="module" src="cognito-login.js"></script>\n    ';
  return lines.join("\n").replaceAll("http://127.0.0.1:9229/", pool).replace("<title>", `${scripts}<title>`);
}

/** @returns {Promise<{ url: string, close(): void }>} */
export async function serveDemo() {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (pathname.startsWith("/local/")) return response.setHeader("content-type", "application/json").end("[]");
    const content = await readFile(file(pathname)).catch(() => undefined);
    if (!content) return response.writeHead(404).end();
    const type = TYPES[extname(pathname)] ?? TYPES[".html"];
    response.setHeader("content-type", type);
    response.setHeader("content-security-policy", `${strictPolicy()}; img-src 'self'`);
    response.end(type === TYPES[".html"] ? served(String(content), `${url}/`) : content);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return { url, close: () => server.close() };
}
