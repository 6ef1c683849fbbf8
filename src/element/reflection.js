// Attributes and properties: which there are, and that each attribute has a property which reflects it.
// @ts-check
import { ATTRIBUTES, INHERITED, PROPERTIES } from "./generated.js";

/** What a page put into the properties that are no attributes. @type {WeakMap<Element, Record<string, unknown>>} */
const values = new WeakMap();

/** The elements whose early properties were taken. @type {WeakSet<Element>} */
const upgraded = new WeakSet();

/** The value of a property that is no attribute. */
export function propertyOf(/** @type {Element} */ element, /** @type {string} */ name) {
  return values.get(element)?.[name];
}

/** `user-pool-id` to `userPoolId`. */
function camelCase(/** @type {string} */ name) {
  return name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

/**
 * Gives a class its properties.
 * @template {HTMLElement} T
 * @param {T} prototype
 * @param {(element: T) => void} changed hears of the properties that are no attributes; of those the browser tells
 */
export function reflect(prototype, changed) {
  const define = (/** @type {string} */ name, /** @type {PropertyDescriptor & ThisType<T>} */ accessors) =>
    Object.defineProperty(prototype, name, { configurable: true, enumerable: true, ...accessors });
  for (const name of ATTRIBUTES) {
    // `lang` reflects, and `nonce` must not: browsers hide it from the page's CSS.
    if (INHERITED.includes(name)) continue;
    define(camelCase(name), {
      get() {
        return this.getAttribute(name);
      },
      set(value) {
        if (value === null || value === undefined) this.removeAttribute(name);
        else this.setAttribute(name, value);
      },
    });
  }
  for (const name of PROPERTIES) {
    define(name, {
      get() {
        return propertyOf(this, name);
      },
      set(value) {
        values.set(this, { ...values.get(this), [name]: value });
        changed(this);
      },
    });
  }
}

/** Properties that a page set before the class was there lie on the element itself and hide the accessors. */
export function takeEarlyProperties(/** @type {HTMLElement} */ element) {
  if (upgraded.has(element)) return;
  upgraded.add(element);
  const early = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (element));
  for (const name of [...ATTRIBUTES.map(camelCase), ...PROPERTIES]) {
    if (!Object.hasOwn(element, name)) continue;
    const value = early[name];
    delete early[name];
    early[name] = value;
  }
}
