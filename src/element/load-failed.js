// What the page's author reads where the WebAssembly, or what it takes, did not arrive.
// @ts-check

/** For the console, the event, and the rejection of `ready`. */
export function loadFailed(/** @type {unknown} */ cause, url = "") {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message =
    `cognito-login could not load its WebAssembly: ${url && `${url}: `}${reason}. Is the .wasm file served where the page looks for it ` +
    "(see the attribute wasm-url), and does the page's Content-Security-Policy allow script-src 'wasm-unsafe-eval' " +
    "and connect-src to that file?";
  return new Error(message, { cause });
}
