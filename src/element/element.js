// The two custom elements: attributes and properties in, DOM events out.
//
// wasm-bindgen cannot extend HTMLElement, so this class is JavaScript. It registers at once, before the WebAssembly
// is there, and hands everything else to it. It keeps no sign-in state, draws nothing but slots, and uses nothing
// that a strict Content-Security-Policy or Trusted Types would forbid: no innerHTML, no inline style, no eval.
// @ts-check

import { ATTRIBUTES, NETWORK_ADVICE, TROUBLESHOOTING } from "./generated.js";
import { languageOptions, loadFailedText, loadLanguage, rootsAround, wantedLanguage } from "./language.js";
import { loadFailedMessage, loadFailedNote, loadOnce, loadWith } from "./loading.js";
import { PageStore } from "./page-store.js";
import { watchPhoneNumbers } from "./phone.js";
import { optionsOf, propertyOf, reflect, takeEarlyProperties } from "./reflection.js";

/**
 * @typedef {import("./loading.js").Dispatch} Dispatch
 * @typedef {import("./loading.js").Kind} Kind
 * @typedef {import("./loading.js").Load} Load
 * @typedef {import("./loading.js").WidgetHandle} WidgetHandle
 * @typedef {import("./language.js").Language} Language
 */

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
  /** The language that was asked for last, and may still be on its way. @type {string | undefined} */
  #wanted;
  /** The language that is shown. @type {Language | undefined} */
  #language;
  #store = new PageStore({
    failed: (message) => this.#report("storage_adapter_failed", message, false),
    changed: () => this.#handle?.storeRead(),
  });
  #starting = false;
  #updateQueued = false;

  constructor() {
    super();
    this.#renewReady();
  }

  /** The tokens of the signed-in user, refreshed first when they are about to expire. */
  async getTokens() {
    const handle = await this.#whenMounted();
    await this.#store.reread();
    return handle.getTokens();
  }

  /** Signs the user out, and resolves when nobody is signed in here; with `global`, when the service has ended all sessions. */
  async signOut(/** @type {{ global?: boolean }} */ options = {}) {
    const handle = await this.#whenMounted();
    await this.#store.reread();
    await handle.signOut(options);
    await this.#store.settling();
  }

  /** Goes to a screen, by its name in the documentation; rejects where that screen cannot be shown now. */
  async show(/** @type {string} */ screen) {
    await (await this.#whenMounted()).show(screen);
  }

  /** Forgets what was typed and goes back to the first screen. */
  async reset() {
    (await this.#whenMounted()).reset();
  }

  connectedCallback() {
    takeEarlyProperties(this);
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
    // The texts are on their way beside the WebAssembly, and there before the first screen is painted.
    this.#wanted = undefined;
    const speaking = this.#speak();
    const reading = this.#followStore();
    // If the WebAssembly fails first, that failure is the one to report.
    reading.catch(() => {});
    try {
      const { mount } = await loadOnce(this.getAttribute("wasm-url") || undefined);
      await speaking;
      // The page may have changed its mind in the meantime.
      while (wantedLanguage(this) !== this.#wanted) await this.#speak();
      await reading;
      while (await this.#followStore());
      // Removed while it loaded: the next connect begins again.
      if (!this.isConnected) return;
      const container = /** @type {HTMLElement} */ (this.#container);
      const kind = /** @type {typeof CognitoElement} */ (this.constructor).kind;
      this.#mountedIn = container.getRootNode();
      this.#handle = mount(kind, this, container, this.#options(), (type, detail, cancelable) => {
        // A widget that was taken off the page has nothing to say any more.
        if (container !== this.#container) return true;
        if (type === "cognito-login-ready") this.#finishLoading();
        // The page's author alone can mend these, and may not listen.
        const { code, message } = /** @type {{ code?: string, message?: string }} */ (detail);
        if (code === "device_clock_off") console.info(message);
        else if (message?.includes(TROUBLESHOOTING)) console.error(message);
        else if (code === "network" && navigator.onLine) console.info(NETWORK_ADVICE);
        // A page that leaves on an event finds its session written.
        const settling = cancelable ? undefined : this.#store.settling();
        if (!settling) return this.#dispatch(type, detail, cancelable);
        settling.then(() => container === this.#container && this.#dispatch(type, detail, cancelable));
        return true;
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
    watchPhoneNumbers(this.#container);
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
    this.#store.close();
    this.#renewReady();
  }

  #fail(/** @type {unknown} */ cause) {
    const message = loadFailedMessage(cause);
    this.#loadingSlot?.remove();
    this.#loadingSlot = undefined;
    this.#failure = loadFailedNote(loadFailedText(wantedLanguage(this), propertyOf(this, "messages")));
    this.#container?.after(this.#failure);
    this.#pending?.reject(new Error(message, { cause }));
    this.#pending = undefined;
    this.#report("load_failed", message);
  }

  /** What went wrong outside the WebAssembly is the developer's to mend, and may go well the next time. */
  #report(/** @type {string} */ code, /** @type {string} */ message, retryable = true) {
    console.error(message);
    this.#dispatch("cognito-login-error", { code, message, screen: "", retryable }, false);
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
    const language = /** @type {Language} */ (this.#language);
    const storageAdapter = this.#store.option;
    return { ...optionsOf(this), ...languageOptions(language, propertyOf(this, "messages")), storageAdapter, passkeys: askPasskey };
  }

  /** Sees to the page's own store, if that is another than before; resolves to whether it is. */
  #followStore() {
    return this.#store.follow(propertyOf(this, "storageAdapter") ?? undefined, (this.getAttribute("client-id") ?? "").trim());
  }

  /** Sees to the texts of the language that the page wants, if that is another than before. */
  async #speak() {
    const wanted = wantedLanguage(this);
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    const language = await loadLanguage(wanted);
    // The page has changed its mind: what it wants now is on its way.
    if (wanted !== this.#wanted) return;
    this.#language = language;
    if (language.failure && this.isConnected) this.#report("language_failed", language.failure.message);
    this.#queueUpdate();
  }

  /** However many attributes change in one go, the widget hears of it once. */
  #queueUpdate() {
    if (this.#updateQueued || !this.#handle) return;
    this.#updateQueued = true;
    queueMicrotask(() => {
      this.#updateQueued = false;
      this.#handle?.update(this.#options());
      // Until its texts are there, what else has changed is shown in the language that was.
      this.#speak();
      this.#followStore().then(
        (changed) => changed && this.#queueUpdate(),
        (cause) => this.#report("load_failed", loadFailedMessage(cause)),
      );
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

  static {
    reflect(this.prototype, (element) => element.#queueUpdate());
  }
}

/** `<cognito-login>`: signs a person in to an Amazon Cognito user pool. */
export class CognitoLoginElement extends CognitoElement {}

/** `<cognito-account>`: the signed-in person's security settings. */
export class CognitoAccountElement extends CognitoElement {
  /** @type {Kind} */
  static kind = "account";
}

/** How passkeys are asked for is a file beside the script, which is loaded where one is. @type {typeof import("./passkeys.js").ask} */
async function askPasskey(method, options, signal) {
  const { ask } = await import("./passkeys.js").catch((cause) => {
    console.warn(`cognito-login could not load its passkeys: ${cause}. Is passkeys.js of the package served beside the script?`);
    throw cause;
  });
  return ask(method, options, signal);
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
  loadWith(load);
  if (!customElements.get("cognito-login")) customElements.define("cognito-login", CognitoLoginElement);
  if (!customElements.get("cognito-account")) customElements.define("cognito-account", CognitoAccountElement);
}
