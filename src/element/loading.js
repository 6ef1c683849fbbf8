// What is loaded once a page, and what is shown where it does not arrive.
// @ts-check

/**
 * What there is beside this script: the widget's own, and the WebAssembly's exports, which come later.
 * @typedef {{ Widget: typeof import("./widget.js").Widget, glue: Promise<import("./widget.js").Glue> }} Parts
 * @typedef {(wasmUrl: string | null) => Promise<Parts>} Load
 */

/** @type {Load | undefined} */
let loader;
/** @type {Promise<Parts> | undefined} */
let loading;

/** Says how to load; the first to say so counts. */
export function loadWith(/** @type {Load} */ load) {
  loader ??= load;
}

/** Loads once a page, whichever element asks first; a failure is forgotten, so that the next one tries again. */
export function loadOnce(/** @type {string | null} */ wasmUrl) {
  if (!loading) {
    loading = /** @type {Load} */ (loader)(wasmUrl);
    loading.then(({ glue }) => glue).catch(() => (loading = undefined));
  }
  return loading;
}

/** What a person reads where the widget would be. */
export function loadFailedNote(/** @type {string} */ text) {
  const note = document.createElement("p");
  note.setAttribute("role", "alert");
  note.setAttribute("part", "error");
  note.textContent = text;
  return note;
}
