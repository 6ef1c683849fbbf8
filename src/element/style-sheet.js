// Style sheets, adopted by the tree that an element is drawn into. They are made out of the files in style/.
// @ts-check

/** Each document's own: another's cannot be adopted. @type {WeakMap<Document, Map<string, CSSStyleSheet>>} */
const sheets = new WeakMap();

/**
 * Adopts a style sheet into the tree that holds a node, unless that tree has it already. Nothing is written into the markup, so a strict
 * Content-Security-Policy has nothing to forbid.
 */
export function adoptStyleSheet(/** @type {Node} */ node, /** @type {string} */ css) {
  const root = /** @type {Document | ShadowRoot} */ (node.getRootNode());
  // A browser without such sheets shows it plain.
  if (!root.adoptedStyleSheets) return;
  const document = /** @type {Document} */ (node.ownerDocument);
  const known = sheets.get(document) ?? new Map();
  sheets.set(document, known);
  let sheet = known.get(css);
  if (!sheet) {
    sheet = new (document.defaultView ?? globalThis).CSSStyleSheet();
    sheet.replaceSync(css);
    known.set(css, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
