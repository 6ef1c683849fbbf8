// One server for all pages, so that nothing but the pages differs: the same headers, brotli made beforehand, nothing cached.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { documentOf } from "./pages.mjs";

const dist = new URL("../../dist/", import.meta.url);

const TYPES = {
  css: "text/css",
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  json: "application/json",
  wasm: "application/wasm",
};

/** What hanko's service says to whoever begins: an address is asked for. */
const HANKO = {
  name: "login_init",
  status: 200,
  csrf_token: "token",
  payload: {},
  actions: {
    continue_with_login_identifier: {
      action: "continue_with_login_identifier",
      href: "/login?action=continue_with_login_identifier",
      inputs: { email: { name: "email", type: "email", required: true, hidden: false } },
    },
  },
};

/**
 * Serves `/NAME/` for each of the pages.
 * @param {{ pages: object[], built: string, endpoint: string }} options `built` is the folder of the pages that were built, and `endpoint`
 *   the pool's URL
 */
export async function serve({ pages, built, endpoint }) {
  const files = new Map();
  let requested = [];

  const contentOf = async (page, name) => {
    if (name === "") {
      const hasStyles = Boolean(await content(page, "main.css"));
      return Buffer.from(documentOf(page, endpoint, hasStyles));
    }
    return content(page, name);
  };
  const content = (page, name) => {
    const folder = page.packaged ? dist : pathToFileURL(`${built}/${page.name}/`);
    return readFile(new URL(name, folder)).catch(() => undefined);
  };
  /** A file in all its forms, compressed once. */
  const fileOf = async (path) => {
    if (!files.has(path)) {
      const [, pageName, name] = path.match(/^\/([^/]*)\/(.*)$/) ?? [];
      const page = pages.find((page) => page.name === pageName);
      const raw = page ? await contentOf(page, name) : undefined;
      files.set(path, raw && { type: TYPES[name.split(".").at(-1)] ?? TYPES.html, raw, ...(await compressed(raw)) });
    }
    return files.get(path);
  };

  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    response.setHeader("cache-control", "no-store");
    if (path === "/") return response.setHeader("content-type", TYPES.html).end("<!doctype html><title>Nothing</title>");
    const isService = path.includes("/service/");
    const file = isService ? { type: TYPES.json, ...(await compressed(Buffer.from(JSON.stringify(HANKO)))) } : await fileOf(path);
    if (!isService) requested.push(path);
    if (!file) return response.writeHead(404).end();
    response.setHeader("content-type", file.type).setHeader("content-encoding", "br").end(file.brotli);
  });
  // Whoever comes back finds the connection as it was: nothing but the page is measured.
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

  // Compressed before anybody waits for it.
  for (const page of pages) {
    const names = page.packaged ? ["", page.script, "cognito-login_bg.wasm"] : ["", "main.js", "main.css"];
    for (const name of names) await fileOf(`/${page.name}/${name}`);
  }
  return {
    url: `http://127.0.0.1:${server.address().port}`,

    /** The bytes of all files that were asked for since the last call, in each form. */
    async bytes() {
      const found = (await Promise.all([...new Set(requested)].map(fileOf))).filter(Boolean);
      requested = [];
      const sum = (form) => found.reduce((all, file) => all + file[form].length, 0);
      return { raw: sum("raw"), gzip: sum("gzip"), brotli: sum("brotli") };
    },

    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function compressed(raw) {
  const { BROTLI_PARAM_QUALITY: QUALITY, BROTLI_PARAM_LGWIN: WINDOW, BROTLI_PARAM_SIZE_HINT: SIZE } = constants;
  const params = { [QUALITY]: 11, [WINDOW]: 22, [SIZE]: raw.length };
  return { gzip: await promisify(gzip)(raw, { level: 9 }), brotli: await promisify(brotliCompress)(raw, { params }) };
}
