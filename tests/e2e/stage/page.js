// The page around the elements: it hears their events, notes what goes wrong, and can be an unusual place.
"use strict";

const seen = (window.seen = {
  /** The elements' events: type, id of the element, detail as JSON. */
  events: [],
  /** Errors and violations of the policy. */
  problems: [],
  /** What the page wrote to the console as errors and warnings, for browsers whose driver does not tell. */
  console: [],
  /** The newest custom challenge's detail, with its function. */
  challenge: undefined,
  /** Lets the WebAssembly come, where it waits. */
  letWasmGo: undefined,
  /** Whether it was asked for, and waits. */
  wasmWaits: false,

  /** Milliseconds that `Date` is ahead of the computer's clock. */
  clockAhead: 0,

  /** The names that hashes were asked for. */
  hashedNames: [],

  /** The properties that were set, the methods that were called, and the codes that these were rejected with. */
  properties: new Set(),
  methods: new Set(),
  rejections: new Set(),

  /** What the page did to its elements. */
  touched() {
    const attributes = new Set();
    for (const node of seen.nodes()) {
      if (/^cognito-(login|account)$/.test(node.localName)) for (const name of node.getAttributeNames()) attributes.add(name);
    }
    const { properties, methods, rejections } = seen;
    return { attributes: [...attributes], properties: [...properties], methods: [...methods], rejections: [...rejections] };
  },

  /** A store that may be refused. */
  store(kind) {
    try {
      return window[`${kind}Storage`];
    } catch {
      return {};
    }
  },

  /** Forgets the challenges that wait: the next page in this tab is another visit. */
  leave() {
    const store = seen.store("session");
    for (const key of Object.keys(store)) if (key.startsWith("cognito-login.challenge.")) store.removeItem(key);
  },

  /** All nodes below a root, through open shadow roots. */
  *nodes(root = document.documentElement) {
    yield root;
    for (const child of root.childNodes) yield* seen.nodes(child);
    if (root.shadowRoot) for (const child of root.shadowRoot.childNodes) yield* seen.nodes(child);
  },

  /** What is to be read on the page. */
  text() {
    const texts = [];
    for (const node of seen.nodes(document.body)) if (node.nodeType === Node.TEXT_NODE) texts.push(node.data.trim());
    return texts.filter(Boolean).join(" | ");
  },

  /** Everything that is written in the document: texts, attributes, and what is typed in its fields. */
  everything() {
    const all = [];
    for (const node of seen.nodes()) {
      if (node.nodeType === Node.TEXT_NODE) all.push(node.data);
      for (const attribute of node.attributes ?? []) all.push(`${attribute.name}=${attribute.value}`);
      if (node.localName === "input") all.push(node.value, node.defaultValue);
    }
    return all.join("\n");
  },

  /** The element that has the focus, through shadow roots. */
  focused() {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused;
  },
});

for (const [method, level] of [["error", "SEVERE"], ["warn", "WARNING"]]) {
  const write = console[method];
  console[method] = (...given) => {
    seen.console.push({ level, message: given.map(String).join(" ") });
    write.apply(console, given);
  };
}

/** Notes what is done to elements of a class. Whoever calls a method has to look at the promise, as ever. */
function note(prototype) {
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    const { value, set } = descriptor;
    if (set) {
      descriptor.set = function (given) {
        seen.properties.add(name);
        set.call(this, given);
      };
    } else if (typeof value === "function" && name !== "constructor" && !name.endsWith("Callback")) {
      descriptor.value = function (...given) {
        seen.methods.add(name);
        return value.apply(this, given).catch((error) => {
          seen.rejections.add(error.code);
          throw error;
        });
      };
    } else continue;
    Object.defineProperty(prototype, name, descriptor);
  }
}

const { define } = customElements;
customElements.define = function (name, made, ...rest) {
  // Both elements have one class above them.
  const shared = Object.getPrototypeOf(made.prototype);
  if (name === "cognito-login") note(shared);
  define.call(this, name, made, ...rest);
};

for (const name of ["ready", "screen", "signed-in", "signed-out", "tokens-refreshed", "error", "challenge"]) {
  document.addEventListener(`cognito-login-${name}`, (event) => {
    seen.events.push({ type: event.type, target: event.target.id, detail: JSON.stringify(event.detail) });
    if (name !== "challenge") return;
    seen.challenge = event.detail;
    if (options.takeOver) event.preventDefault();
  });
}

addEventListener("securitypolicyviolation", (event) => {
  // Asked for by the browser itself.
  if (event.blockedURI === `${location.origin}/favicon.ico`) return;
  seen.problems.push(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});
addEventListener("error", (event) => seen.problems.push(`error: ${event.message}`));
addEventListener("unhandledrejection", (event) => seen.problems.push(`rejection: ${event.reason}`));

const options = document.documentElement.dataset;

const { now } = Date;
seen.clockAhead = 1000 * Number(options.clockAheadSecs ?? 0);
window.Date = class extends Date {
  constructor(...parts) {
    super(...(parts.length ? parts : [Date.now()]));
  }

  static now() {
    return now() + seen.clockAhead;
  }
};

if (options.noPasskeys) delete window.PublicKeyCredential;

if (options.noStorage) {
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, {
      get() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
  }
}

// As on pages over plain http.
if (options.lateWasm) {
  const held = new Promise((resolve) => (seen.letWasmGo = resolve));
  const { fetch } = window;
  window.fetch = async (...given) => {
    if (String(given[0]).endsWith(".wasm")) {
      seen.wasmWaits = true;
      await held;
    }
    return fetch(...given);
  };
}

if (options.noLocks) Object.defineProperty(navigator, "locks", { value: undefined });

/** What a back end does with the secret of an app client; no page may have one. */
async function secretHash(username, clientId) {
  seen.hashedNames.push(username);
  const bytes = (text) => new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey("raw", bytes(options.clientSecret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const hash = await crypto.subtle.sign("HMAC", key, bytes(username + clientId));
  return btoa(String.fromCharCode(...new Uint8Array(hash)));
}

if (options.clientSecret) {
  document.addEventListener("DOMContentLoaded", () => {
    for (const element of document.querySelectorAll("cognito-login, cognito-account")) {
      element.secretHash = (username) => secretHash(username, element.clientId);
    }
  });
}

/** A store of the page's own, which answers later. All pages of the site have it. */
const adapter = {
  getItem: async (key) => localStorage.getItem(`page.${key}`),
  setItem: async (key, value) => localStorage.setItem(`page.${key}`, value),
  removeItem: async (key) => localStorage.removeItem(`page.${key}`),
};

if (options.adapter) {
  document.addEventListener("DOMContentLoaded", () => {
    for (const element of document.querySelectorAll("cognito-login, cognito-account")) element.storageAdapter = adapter;
  });
}
