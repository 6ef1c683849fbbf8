// How the WebAssembly takes over the form that the script drew: while Yew draws its first screen, it gets the nodes that are there for
// those that it asks to be made. What is typed, the focus, the caret, what an input method is composing and what a password manager has
// filled in stay, because the inputs do.
//
// The functions below stand in the place of the browser's own in the glue, see xtask/src/draw_over.rs. Where what Yew draws is not what
// is there, the rest is made anew, what was typed is carried over, and what is left goes.
// @ts-check

/**
 * A first drawing. `asked` is how many of the nodes that were there Yew has asked for, in their order; `active` is what had the focus.
 * @typedef {{ container: Element, nodes: Node[], active: Element | null, asked: number, isOther: boolean }} Drawing
 */

/** Those that are to come. @type {WeakMap<Node, Drawing>} */
const drawings = new WeakMap();

/** The one that is under way. @type {Drawing | undefined} */
let current;

/** Says that what is in a container is to be taken over by what is drawn there. */
export function drawOver(/** @type {Element} */ container) {
  const active = /** @type {Document | ShadowRoot} */ (container.getRootNode()).activeElement;
  drawings.set(container, { container, nodes: [...inOrder(container)], active, asked: 0, isOther: false });
}

/** From now on, what Yew draws is the first screen of that container, which is the form that is there or another screen. */
export function beginDrawing(/** @type {Element} */ container, /** @type {boolean} */ isForm) {
  endDrawing();
  const drawing = (current = drawings.get(container));
  if (!drawing) return;
  drawing.isOther = !isForm;
  // Where drawing takes long, Yew lets the browser paint before it says that it has drawn.
  queueMicrotask(() => current === drawing && endDrawing());
}

/** The first screen is drawn. */
export function endDrawing() {
  if (!current) return;
  const { container, nodes, asked, active } = current;
  current = undefined;
  drawings.delete(container);
  const left = nodes.slice(asked);
  for (const node of left) node.parentNode?.removeChild(node);
  for (const old of left) {
    if (!(old instanceof HTMLInputElement)) continue;
    const input = container.querySelector(`input[name="${old.name}"]`);
    if (!(input instanceof HTMLInputElement)) continue;
    if (old.value) input.value = old.value;
    if (old === active) input.focus();
  }
}

/** Yew draws an element before what is in it, and siblings from the last to the first. Countries are the script's. @returns {Generator<Node>} */
function* inOrder(/** @type {Node} */ parent) {
  for (let node = parent.lastChild; node; node = node.previousSibling) {
    yield node;
    if (node.nodeName !== "SELECT") yield* inOrder(node);
  }
}

/** The next of the nodes that are there, if it is of that kind. */
function next(/** @type {string} */ nodeName) {
  if (!current || current.isOther) return undefined;
  const node = current.nodes[current.asked];
  current.isOther = node?.nodeName.toLowerCase() !== nodeName;
  return current.isOther ? undefined : current.nodes[current.asked++];
}

function isTaken(/** @type {Node} */ node) {
  const at = current ? current.nodes.indexOf(node) : -1;
  return at >= 0 && at < /** @type {Drawing} */ (current).asked;
}

export function createElement(/** @type {Document} */ document, /** @type {string} */ tag) {
  return next(tag) ?? document.createElement(tag);
}

export function createTextNode(/** @type {Document} */ document, /** @type {string} */ data) {
  const node = /** @type {Text | undefined} */ (next("#text"));
  if (node && node.data !== data) node.data = data;
  return node ?? document.createTextNode(data);
}

/** Yew keeps a clone of the first element of each name, without anything on it, and clones that for those that follow. */
export function cloneNode(/** @type {Node} */ node) {
  if (isTaken(node)) return document.createElement(node.nodeName);
  return next(node.nodeName.toLowerCase()) ?? node.cloneNode();
}

export function insertBefore(/** @type {Node} */ parent, /** @type {Node} */ node, /** @type {Node | null} */ following) {
  return isTaken(node) && node.parentNode === parent ? node : parent.insertBefore(node, following);
}

/** Yew empties what it is going to draw into. */
export function lastChild(/** @type {Node} */ node) {
  return drawings.has(node) ? null : node.lastChild;
}
