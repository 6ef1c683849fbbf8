// The policy of Next.js's own guide, with what the widget needs: WebAssembly, and the pool.
import { NextResponse } from "next/server";

export function proxy(request) {
  const nonce = crypto.randomUUID();
  const policy =
    `default-src 'none'; script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; ` +
    "connect-src 'self' http://127.0.0.1:9229/; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = { matcher: "/" };
