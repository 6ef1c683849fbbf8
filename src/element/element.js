// The two custom elements: attributes and properties in, DOM events out.
//
// wasm-bindgen cannot extend HTMLElement, so this class is JavaScript. It registers at once, before the WebAssembly
// is there, and hands everything else to it. It keeps no sign-in state, draws nothing but slots, and uses nothing
// that a strict Content-Security-Policy or Trusted Types would forbid: no innerHTML, no inline style, no eval.
// @ts-check

/** Every observed attribute, in the order of the documentation. Each has a property of the same name in camelCase. */
export const ATTRIBUTES = Object.freeze([
  "user-pool-id",
  "client-id",
  "endpoint",
  "auth-flow",
  "preferred-challenge",
  "username",
  "username-kind",
  "screen",
  "storage",
  "session-minutes",
  "sign-up",
  "sign-up-attributes",
  "password-policy",
  "totp-issuer",
  "totp-label",
  "remember-device",
  "lang",
  "theme",
  "shadow",
  "oauth-domain",
  "oauth-providers",
  "oauth-redirect-uri",
  "wasm-url",
  "nonce",
]);

/** Functions and data, which do not fit into an attribute. */
export const PROPERTIES = Object.freeze(["messages", "clientMetadata", "storageAdapter", "secretHash"]);

/** HTMLElement has these two already: `lang` reflects, and `nonce` must not (browsers hide it from the page's CSS). */
const NATIVE = ["lang", "nonce"];

/**
 * What wasm-bindgen exports, as far as this file uses it.
 * @typedef {{
 *   update(options: object): void,
 *   getTokens(): Promise<object>,
 *   signOut(options: object): Promise<void>,
 *   show(screen: string): void,
 *   reset(): void,
 *   destroy(): void,
 * }} WidgetHandle
 * @typedef {(type: string, detail: object, cancelable: boolean) => boolean} Dispatch
 * @typedef {"login" | "account"} Kind
 * @typedef {(kind: Kind, host: HTMLElement, root: Element, options: object, dispatch: Dispatch) => WidgetHandle} Mount
 * @typedef {(wasmUrl?: string) => Promise<{ mount: Mount }>} Load
 */

/** @type {Load | undefined} */
let loader;
/** @type {Promise<{ mount: Mount }> | undefined} */
let loading;

/** Loads once a page, whichever element asks first; a failure is forgotten, so that the next one tries again. */
function loadOnce(/** @type {string | undefined} */ wasmUrl) {
  if (!loading) {
    loading = Promise.resolve().then(() => /** @type {Load} */ (loader)(wasmUrl));
    loading.catch(() => (loading = undefined));
  }
  return loading;
}

/** `user-pool-id` to `userPoolId`. */
function camelCase(/** @type {string} */ name) {
  return name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

/**
 * The nodes whose trees enclose an element: its own root, then the root of that root's host, and so on.
 * @param {Node} node
 */
function* rootsAround(node) {
  for (;;) {
    const root = node.getRootNode();
    yield root;
    if (!(root instanceof ShadowRoot)) return;
    node = root.host;
  }
}

/**
 * The language to show an element in: its own `lang`, else that of the nearest ancestor across shadow boundaries,
 * else the one that the browser's user likes best.
 * @param {Element} element
 */
function languageOf(element) {
  /** @type {Element | null} */
  let node = element;
  while (node) {
    const near = node.closest("[lang]");
    // An empty `lang` says that the language is unknown.
    if (near) return near.getAttribute("lang") || browserLanguage();
    const root = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return browserLanguage();
}

/** The languages that the screens speak; the WebAssembly, which has the texts, may not be there yet. */
const LANGUAGES = ["en", "ja"];

/** The first of the browser's languages that the screens speak. */
function browserLanguage() {
  const tags = navigator.languages ?? [navigator.language];
  return tags.find((tag) => LANGUAGES.includes(tag.toLowerCase().split("-")[0])) ?? LANGUAGES[0];
}

/** What a person reads where the widget would be, when the widget with all of its texts did not arrive. */
function loadFailedText(/** @type {string} */ language) {
  return language.toLowerCase().startsWith("ja")
    ? "サインイン画面を読み込めませんでした。ページを再読み込みしてください。"
    : "The sign-in form could not be loaded. Please reload the page.";
}

/** What a developer reads in the console, in the event and in the rejection of `ready`. */
function loadFailedMessage(/** @type {unknown} */ cause) {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return (
    `cognito-login could not load its WebAssembly: ${reason}. Is the .wasm file served where the page looks for it ` +
    "(see the attribute wasm-url), and does the page's Content-Security-Policy allow script-src 'wasm-unsafe-eval' " +
    "and connect-src to that file?"
  );
}

// Servers that render pages import this file too, and they have no HTMLElement.
const Base = typeof HTMLElement === "undefined" ? /** @type {typeof HTMLElement} */ (class {}) : HTMLElement;

class CognitoElement extends Base {
  static observedAttributes = ATTRIBUTES;

  /** @type {Kind} */
  static kind = "login";

  /** Resolves when the widget is on the page; rejects where it cannot load. @type {Promise<void>} */
  ready = Promise.resolve();

  /** What settles `ready`; gone once it has. @type {{ resolve(): void, reject(reason: Error): void } | undefined} */
  #pending;
  /** @type {Record<string, unknown>} */
  #values = {};
  /** @type {WidgetHandle | undefined} */
  #handle;
  /** @type {HTMLElement | undefined} */
  #container;
  /** @type {HTMLElement | undefined} */
  #loadingSlot;
  /** @type {HTMLElement | undefined} */
  #failure;
  /** Where the style sheets were adopted. @type {Node | undefined} */
  #mountedIn;
  /** @type {MutationObserver | undefined} */
  #langObserver;
  #starting = false;
  #updateQueued = false;
  #upgraded = false;

  constructor() {
    super();
    this.#renewReady();
  }

  /** The tokens of the signed-in user, refreshed first when they are about to expire. */
  async getTokens() {
    return (await this.#whenMounted()).getTokens();
  }

  /** Signs the user out; with `global`, on every device. */
  async signOut(/** @type {{ global?: boolean }} */ options = {}) {
    await (await this.#whenMounted()).signOut(options);
  }

  /** Goes to a screen, by its name in the documentation. */
  async show(/** @type {string} */ screen) {
    (await this.#whenMounted()).show(screen);
  }

  /** Forgets what was typed and goes back to the first screen. */
  async reset() {
    (await this.#whenMounted()).reset();
  }

  connectedCallback() {
    this.#takeEarlyProperties();
    this.#renewReady();
    // In the light DOM the style sheets lie in the tree around the element, which a move may have changed.
    if (this.#handle && this.#container?.getRootNode() !== this.#mountedIn) this.#unmount();
    this.#watchLanguage();
    if (this.#handle) this.#queueUpdate();
    else this.#start();
  }

  disconnectedCallback() {
    this.#langObserver?.disconnect();
    // Moving an element disconnects and connects it at once; what was typed must live through that.
    queueMicrotask(() => {
      if (!this.isConnected) this.#unmount();
    });
  }

  /** Its presence tells `moveBefore()` that a move needs neither of the callbacks above. */
  connectedMoveCallback() {
    this.#watchLanguage();
    this.#queueUpdate();
  }

  adoptedCallback() {
    // Constructable style sheets do not follow into another document.
    this.#unmount();
  }

  attributeChangedCallback() {
    this.#queueUpdate();
  }

  async #start() {
    if (this.#starting) return;
    this.#starting = true;
    this.#prepare();
    try {
      const { mount } = await loadOnce(this.getAttribute("wasm-url") || undefined);
      // Removed while it loaded: the next connect begins again.
      if (!this.isConnected) return;
      const container = /** @type {HTMLElement} */ (this.#container);
      const kind = /** @type {typeof CognitoElement} */ (this.constructor).kind;
      this.#mountedIn = container.getRootNode();
      this.#handle = mount(kind, this, container, this.#options(), (type, detail, cancelable) => {
        // A widget that was taken off the page has nothing to say any more.
        if (container !== this.#container) return true;
        if (type === "cognito-login-ready") this.#finishLoading();
        return this.#dispatch(type, detail, cancelable);
      });
    } catch (cause) {
      this.#fail(cause);
    } finally {
      this.#starting = false;
    }
  }

  /** Lays out what the widget is mounted into: inside a shadow root, unless the page asked for the light DOM. */
  #prepare() {
    this.#failure?.remove();
    this.#failure = undefined;
    this.#container?.remove();
    this.#container = document.createElement("div");
    this.#container.setAttribute("part", "container");
    if (this.getAttribute("shadow") === "none" && !this.shadowRoot) {
      this.append(this.#container);
      return;
    }
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    this.#loadingSlot = slot("loading");
    root.replaceChildren(slot("header"), this.#loadingSlot, this.#container, slot("footer"));
  }

  /** The first screen is drawn. */
  #finishLoading() {
    this.#loadingSlot?.remove();
    this.#loadingSlot = undefined;
    this.#pending?.resolve();
    this.#pending = undefined;
  }

  #unmount() {
    if (!this.#handle) return;
    this.#handle.destroy();
    this.#handle = undefined;
    this.#container?.remove();
    this.#container = undefined;
    this.#renewReady();
  }

  #fail(/** @type {unknown} */ cause) {
    const message = loadFailedMessage(cause);
    this.#loadingSlot?.remove();
    this.#loadingSlot = undefined;
    const failure = document.createElement("p");
    failure.setAttribute("role", "alert");
    failure.setAttribute("part", "error");
    failure.textContent = loadFailedText(languageOf(this));
    this.#container?.after(failure);
    this.#failure = failure;
    console.error(message);
    this.#pending?.reject(new Error(message, { cause }));
    this.#pending = undefined;
    this.#dispatch("cognito-login-error", { code: "load_failed", message, screen: "", retryable: true }, false);
  }

  /** @type {Dispatch} */
  #dispatch(type, detail, cancelable) {
    return this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, cancelable, detail }));
  }

  /** Whoever waits already goes on waiting; whoever asks after a failure or a removal waits for the next widget. */
  #renewReady() {
    if (this.#pending || this.#handle) return;
    this.ready = new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
    });
    // The event and the console tell of a failure already; a page that does not look at `ready` has done nothing wrong.
    this.ready.catch(() => {});
  }

  async #whenMounted() {
    // Again, if the element was removed in the meantime.
    do await this.ready;
    while (!this.#handle);
    return this.#handle;
  }

  #options() {
    /** @type {Record<string, unknown>} */
    const options = {};
    for (const name of ATTRIBUTES) {
      const value = this.getAttribute(name);
      if (value !== null) options[name] = value;
    }
    for (const name of PROPERTIES) {
      const value = this.#values[name];
      if (value !== undefined && value !== null) options[name] = value;
    }
    // Browsers empty the attribute once the element is on the page and keep the value in the property.
    if (this.nonce) options.nonce = this.nonce;
    options.lang = languageOf(this);
    return options;
  }

  /** However many attributes change in one go, the widget hears of it once. */
  #queueUpdate() {
    if (this.#updateQueued || !this.#handle) return;
    this.#updateQueued = true;
    queueMicrotask(() => {
      this.#updateQueued = false;
      this.#handle?.update(this.#options());
    });
  }

  /** Pages that change their language while they run change `lang` on an ancestor, often on the document itself. */
  #watchLanguage() {
    this.#langObserver?.disconnect();
    this.#langObserver ??= new MutationObserver(() => this.#queueUpdate());
    for (const root of rootsAround(this)) {
      this.#langObserver.observe(root, { attributes: true, attributeFilter: ["lang"], subtree: true });
    }
  }

  /** Properties that a page set before this class was there lie on the element itself and hide the accessors. */
  #takeEarlyProperties() {
    if (this.#upgraded) return;
    this.#upgraded = true;
    const early = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (this));
    for (const name of [...ATTRIBUTES.map(camelCase), ...PROPERTIES]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = early[name];
      delete early[name];
      early[name] = value;
    }
  }

  static {
    for (const name of ATTRIBUTES) {
      if (NATIVE.includes(name)) continue;
      Object.defineProperty(this.prototype, camelCase(name), {
        configurable: true,
        enumerable: true,
        get: /** @this {CognitoElement} */ function () {
          return this.getAttribute(name);
        },
        set: /** @this {CognitoElement} */ function (value) {
          if (value === null || value === undefined) this.removeAttribute(name);
          else this.setAttribute(name, value);
        },
      });
    }
    for (const name of PROPERTIES) {
      Object.defineProperty(this.prototype, name, {
        configurable: true,
        enumerable: true,
        get: /** @this {CognitoElement} */ function () {
          return this.#values[name];
        },
        set: /** @this {CognitoElement} */ function (value) {
          this.#values[name] = value;
          this.#queueUpdate();
        },
      });
    }
  }
}

/** `<cognito-login>`: signs a person in to an Amazon Cognito user pool. */
export class CognitoLoginElement extends CognitoElement {}

/** `<cognito-account>`: the signed-in person's security settings. */
export class CognitoAccountElement extends CognitoElement {
  /** @type {Kind} */
  static kind = "account";
}

function slot(/** @type {string} */ name) {
  const element = document.createElement("slot");
  element.name = name;
  return element;
}

/**
 * Registers `<cognito-login>` and `<cognito-account>`. Safe to call twice, and where there are no custom elements.
 * @param {Load} load fetches the WebAssembly; called once a page, when the first element is connected
 */
export function defineElements(load) {
  if (typeof customElements === "undefined") return;
  loader ??= load;
  if (!customElements.get("cognito-login")) customElements.define("cognito-login", CognitoLoginElement);
  if (!customElements.get("cognito-account")) customElements.define("cognito-account", CognitoAccountElement);
}
