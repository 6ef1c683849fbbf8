// The visible thing of a kind and a name, in the trees below the elements that a selector names; or null.
const [kind, name, selector] = arguments;

const text = (node) => node.textContent.trim().replace(/\s+/g, " ");
const KINDS = {
  heading: (node) => node.matches("h1, h2, h3, h4, h5, h6, [role=heading]") && text(node) === name,
  button: (node) => node.matches("button, [role=button]") && (node.ariaLabel ?? text(node)) === name,
  field: (node) => node.matches("input") && [...node.labels].some((label) => text(label) === name),
  image: (node) => node.matches("img, [role=img]") && node.getAttribute("aria-label") === name,
  alert: (node) => node.matches("[role=alert]") && text(node) === name,
  status: (node) => node.matches("[role=status]") && text(node) === name,
  text: (node) => node.matches("p, code, span") && text(node) === name,
};

for (const host of document.querySelectorAll(selector)) {
  for (const node of seen.nodes(host)) {
    if (node instanceof Element && KINDS[kind](node) && node.checkVisibility({ visibilityProperty: true })) return node;
  }
}
return null;
