// What the page says, for the WebAssembly.
// @ts-check
import { ATTRIBUTES, PROPERTIES } from "./generated.js";

/** @typedef {import("./element.js").Host} Host */

/** All that the page said, by the names that it says it with. */
export function optionsOf(/** @type {Host} */ { element, property }) {
  /** @type {Record<string, unknown>} */
  const options = {};
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name);
    if (value !== null) options[name] = value;
  }
  for (const name of PROPERTIES) {
    const value = property(name);
    if (value !== undefined && value !== null) options[name] = value;
  }
  const { secretHash } = options;
  if (typeof secretHash === "function") options.secretHash = inTime(secretHash);
  // Browsers empty the attribute once the element is on the page and keep the value in the property.
  if (element.nonce) options.nonce = element.nonce;
  return options;
}

/**
 * A function that fails as a promise does, and for which nobody waits longer than for a request.
 * @param {Function} ask
 */
function inTime(ask) {
  return async (/** @type {string} */ username) =>
    Promise.race([ask(username), new Promise((resolve) => setTimeout(resolve, 30_000))]);
}
