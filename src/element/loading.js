// The WebAssembly: fetched once a page, and what is said and shown when it does not arrive.
// @ts-check

/**
 * What wasm-bindgen exports, as far as the elements use it.
 * @typedef {{
 *   update(options: object): void,
 *   getTokens(): Promise<object>,
 *   signOut(options: object): Promise<void>,
 *   show(screen: string): Promise<void>,
 *   reset(): void,
 *   storeRead(): void,
 *   destroy(): void,
 * }} WidgetHandle
 * @typedef {(type: string, detail: object, cancelable: boolean) => boolean} Dispatch
 * @typedef {"login" | "account"} Kind
 * @typedef {(kind: Kind, host: HTMLElement, root: Element, options: object, dispatch: Dispatch) => WidgetHandle} Mount
 * @typedef {{ mount: Mount, useLocks(locks: object): void }} Glue
 * @typedef {(wasmUrl?: string) => Promise<Glue>} Load
 */

/** @type {Load | undefined} */
let loader;
/** @type {Promise<Glue> | undefined} */
let loading;

/** Says how to load; the first to say so counts. */
export function loadWith(/** @type {Load} */ load) {
  loader ??= load;
}

/** Loads once a page, whichever element asks first; a failure is forgotten, so that the next one tries again. */
export function loadOnce(/** @type {string | undefined} */ wasmUrl) {
  if (!loading) {
    loading = Promise.resolve().then(() => load(wasmUrl));
    loading.catch(() => (loading = undefined));
  }
  return loading;
}

async function load(/** @type {string | undefined} */ wasmUrl) {
  // Pages over plain http have no locks. If these cannot be had either, tabs may refresh at the same time, as they seldom do.
  const leases = navigator.locks ? undefined : import("./lease.js").catch(() => undefined);
  const glue = await /** @type {Load} */ (loader)(wasmUrl);
  const locks = (await leases)?.locks;
  if (locks) glue.useLocks(locks);
  return glue;
}

/** What a developer reads in the console, in the event and in the rejection of `ready`. */
export function loadFailedMessage(/** @type {unknown} */ cause) {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return (
    `cognito-login could not load its WebAssembly: ${reason}. Is the .wasm file served where the page looks for it ` +
    "(see the attribute wasm-url), and does the page's Content-Security-Policy allow script-src 'wasm-unsafe-eval' " +
    "and connect-src to that file?"
  );
}

/** What a person reads where the widget would be. */
export function loadFailedNote(/** @type {string} */ text) {
  const note = document.createElement("p");
  note.setAttribute("role", "alert");
  note.setAttribute("part", "error");
  note.textContent = text;
  return note;
}
