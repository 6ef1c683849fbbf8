// A server of the built documentation, with a pool of its own behind the playground.
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What `cargo xtask docs` has written. */
const site = process.env.DOCS_SITE ?? resolve(root, process.env.CARGO_TARGET_DIR ?? "target", "docs-site");

/** The pool's address in the pages. */
const POOL = "http://127.0.0.1:9229";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** What the tests bring with them. */
const OWN = {
  "/axe.js": resolve(root, "node_modules/axe-core/axe.min.js"),
  "/watch.js": resolve(root, "tests/gallery/watch.js"),
};

/** The names of all pages. */
export const pages = readdirSync(site).filter((name) => name.endsWith(".html"));

/** Whether the site has a file, or a folder with a page. */
export async function has(path) {
  const file = path.endsWith("/") ? `${path}index.html` : path;
  return (await readFile(resolve(site, file)).catch(() => undefined)) !== undefined;
}

/**
 * Serves the site, whose playground asks the pool at `pool`.
 * @returns {Promise<{ url: string, close(): void }>}
 */
export async function serveDocs({ pool }) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const content = await readFile(OWN[pathname] ?? resolve(site, pathname.slice(1))).catch(() => undefined);
    if (!content) return response.writeHead(404).end();
    const type = TYPES[extname(pathname)] ?? TYPES[".html"];
    response.setHeader("content-type", type);
    response.end(type === TYPES[".html"] ? watched(String(content)).replaceAll(POOL, pool) : content);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Its scripts hear of what goes wrong only after it has. */
const watched = (html) => html.replace("<title>", '<script src="/watch.js"></script>\n    <title>');
