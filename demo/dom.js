// Elements without markup in strings, as a page with Trusted Types makes them.

/** `make("li", { className: "user" }, "text", child)` */
export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children.filter(Boolean));
  return element;
}

export const byId = (id) => document.getElementById(id);
