// A server of the gallery beside the package, as static files, and of a pool below it where there is one to record.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { json } from "node:stream/consumers";

const root = new URL("../../", import.meta.url);

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** What the gallery has of the demo page. `cargo xtask demo` lays out the same. */
const SHARED = ["dom.js", "icon.svg"];

/** Where a path's file lies, in the folders that make up the site. */
function file(path) {
  if (path === "/axe.js") return new URL("node_modules/axe-core/axe.min.js", root);
  if (path === "/watch.js") return new URL("watch.js", import.meta.url);
  const [, name] = path.match(/^\/gallery\/(.*)$/) ?? [];
  if (name === undefined) return new URL(`dist${path}`, root);
  return new URL(SHARED.includes(name) ? `demo/${name}` : `demo/gallery/${name || "index.html"}`, root);
}

/**
 * Serves the gallery under `/gallery/`.
 * @param {{ pool?: string }} options `pool` is the URL that `/gallery/service/` stands for
 * @returns {Promise<{ url: string, close(): void }>}
 */
export async function serveGallery({ pool } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url, "http://localhost");
    const [, service] = pathname.match(/^\/gallery\/service(\/.*)$/) ?? [];
    if (pool && service) return forward(`${pool}${service}${search}`, request, response);
    const content = await readFile(file(pathname)).catch(() => undefined);
    if (!content) return response.writeHead(404).end();
    const type = TYPES[extname(pathname)] ?? TYPES[".html"];
    response.setHeader("content-type", type);
    response.end(type === TYPES[".html"] ? watched(String(content)) : content);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Its scripts hear of what goes wrong only after it has. */
const watched = (html) => html.replace("<title>", '<script src="/watch.js"></script>\n    <title>');

async function forward(url, request, response) {
  const headers = Object.fromEntries(
    ["content-type", "x-amz-target"].filter((name) => request.headers[name]).map((name) => [name, request.headers[name]]),
  );
  const body = request.method === "POST" ? JSON.stringify(await json(request)) : undefined;
  const reply = await fetch(url, { method: request.method, headers, body });
  for (const name of ["content-type", "date"]) response.setHeader(name, reply.headers.get(name) ?? "");
  response.writeHead(reply.status).end(await reply.text());
}
