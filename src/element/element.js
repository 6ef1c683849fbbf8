// The two custom elements: attributes and properties in, DOM events out.
//
// wasm-bindgen cannot extend HTMLElement, so this class is JavaScript. It registers at once, before the WebAssembly is there, draws the
// sign-in form where that is what comes first, and hands everything else on. It keeps no sign-in state, and uses nothing that a strict
// Content-Security-Policy or Trusted Types would forbid: no innerHTML, no inline style, no eval. What a page shows first waits for this
// file, so what can come later is in widget.js.
// @ts-check

import { FirstForm } from "./first-form.js";
import { ATTRIBUTES } from "./generated.js";
import { loadFailedText, loadTexts, messagesIn, nearest, wantedLanguage } from "./language.js";
import { loadFailedNote, loadOnce, loadWith } from "./loading.js";
import { propertyOf, reflect, takeEarlyProperties } from "./reflection.js";
import { adoptStyleSheet } from "./style-sheet.js";
import { FORM } from "./styles.js";

/**
 * @typedef {import("./loading.js").Load} Load
 * @typedef {import("./widget.js").Widget} Widget
 * @typedef {import("./widget.js").Dispatch} Dispatch
 * @typedef {import("./language.js").Language} Language
 */

/**
 * What a widget knows of its element, and the functions that the element's file has already.
 * @typedef {object} Host
 * @property {HTMLElement} element
 * @property {string} kind
 * @property {(name: string) => unknown} property
 * @property {() => string} wantedLanguage
 * @property {(language: Language) => Record<string, string> | undefined} messagesIn the page's own texts
 * @property {(css: string) => void} adoptStyleSheet
 * @property {typeof nearest} nearest
 * @property {typeof loadTexts} loadTexts
 * @property {() => import("./first-form.js").Doings | undefined} releaseForm the widget is going to draw over the form
 * @property {(container: HTMLElement) => void} freed another element may have the container
 * @property {() => void} mounted the first screen is drawn
 * @property {() => void} changed what the page says has changed
 * @property {(code: string, message: string, retryable?: boolean) => void} report
 * @property {Dispatch} dispatch
 */

// Servers that render pages import this file too, and they have no HTMLElement.
const Base = typeof HTMLElement === "undefined" ? /** @type {typeof HTMLElement} */ (class {}) : HTMLElement;

/** Containers that widgets have left, for those that come. @type {HTMLElement[]} */
const free = [];

class CognitoElement extends Base {
  static observedAttributes = ATTRIBUTES;

  static kind = "login";

  /** Resolves when the widget is on the page; rejects where it cannot load. @type {Promise<void>} */
  ready = Promise.resolve();

  /** What settles `ready`; gone once it has. @type {{ resolve(): void, reject(reason: Error): void } | undefined} */
  #pending;
  /** @type {Widget | undefined} */
  #widget;
  /** @type {HTMLElement | undefined} */
  #container;
  /** What the person has before the widget is there. @type {FirstForm | undefined} */
  #form;
  /** @type {HTMLElement | undefined} */
  #loadingSlot;
  /** @type {HTMLElement | undefined} */
  #failure;
  #isStarting = false;
  #updateQueued = false;

  constructor() {
    super();
    this.#renewReady();
  }

  /** The tokens of the signed-in user, refreshed first when they are about to expire. */
  async getTokens() {
    return (await this.#whenMounted()).getTokens();
  }

  /** Signs the user out, and resolves when nobody is signed in here; with `global`, when the service has ended all sessions. */
  async signOut(/** @type {{ global?: boolean }} */ options = {}) {
    await (await this.#whenMounted()).signOut(options);
  }

  /** Goes to a screen, by its name in the documentation; rejects where that screen cannot be shown now. */
  async show(/** @type {string} */ screen) {
    await (await this.#whenMounted()).show(`${screen}`);
  }

  /** Forgets what was typed and goes back to the first screen. */
  async reset() {
    (await this.#whenMounted()).reset();
  }

  connectedCallback() {
    takeEarlyProperties(this);
    this.#renewReady();
    if (this.#widget) this.#moved();
    else this.#start();
  }

  disconnectedCallback() {
    // Moving an element disconnects and connects it at once; what was typed must live through that.
    queueMicrotask(() => {
      if (!this.isConnected) this.#unmount();
    });
  }

  /** Its presence tells `moveBefore()` that a move needs neither of the callbacks above. */
  connectedMoveCallback() {
    this.#moved();
  }

  adoptedCallback() {
    // Constructable style sheets do not follow into another document.
    this.#unmount();
  }

  attributeChangedCallback() {
    this.#queueUpdate();
  }

  async #start() {
    if (this.#isStarting) return;
    this.#isStarting = true;
    const loading = loadOnce(this.getAttribute("wasm-url"));
    this.#prepare();
    try {
      const { Widget, glue } = await loading;
      const widget = new Widget(this.#host(() => (this.#widget = widget)), /** @type {HTMLElement} */ (this.#container));
      await widget.mount(glue);
    } catch (cause) {
      return await this.#fail(/** @type {Error} */ (cause));
    } finally {
      this.#isStarting = false;
      // It failed, or the element was removed: nobody is going to take the form over.
      if (!this.#widget) this.#form?.release();
    }
    // It came back meanwhile.
    if (!this.#widget && this.isConnected) this.#start();
  }

  /** Lays out what the widget is mounted into: inside a shadow root, unless the page asked for the light DOM. */
  #prepare() {
    this.#failure?.remove();
    this.#failure = undefined;
    this.#container?.remove();
    this.#form = undefined;
    this.#container = free.pop() ?? document.createElement("div");
    this.#container.setAttribute("part", "container");
    if (this.getAttribute("shadow") === "none" && !this.shadowRoot) {
      this.insertBefore(this.#container, this.querySelector(":scope>[slot=footer]"));
    } else {
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      this.#loadingSlot = slot("loading");
      root.replaceChildren(slot("header"), this.#loadingSlot, this.#container, slot("footer"));
    }
    adoptStyleSheet(this.#container, FORM);
    this.#drawForm();
  }

  /** Draws the form that the person begins with, as far as that can be told already. */
  #drawForm() {
    const again = () => this.#queueUpdate();
    if (this.#kind === "login") this.#form = FirstForm.of(this, /** @type {HTMLElement} */ (this.#container), this.#form, again);
    if (this.#loadingSlot) this.#loadingSlot.hidden = !!this.#form;
  }

  get #kind() {
    return /** @type {typeof CognitoElement} */ (this.constructor).kind;
  }

  /** @returns {Host} */
  #host(/** @type {() => void} */ takenOver) {
    return {
      element: this,
      kind: this.#kind,
      property: (name) => propertyOf(this, name),
      wantedLanguage: () => wantedLanguage(this),
      messagesIn: (language) => messagesIn(propertyOf(this, "messages"), language),
      adoptStyleSheet: (css) => this.#container && adoptStyleSheet(this.#container, css),
      nearest,
      loadTexts,
      releaseForm: () => {
        takenOver();
        return this.#form?.release();
      },
      freed: (container) => {
        if (container === this.#container) this.#container = undefined;
        free.push(container);
      },
      mounted: () => this.#finishLoading(),
      changed: () => this.#queueUpdate(),
      report: (code, message, retryable) => this.#report(code, message, retryable),
      dispatch: (type, detail, cancelable) => this.#dispatch(type, detail, cancelable),
    };
  }

  /** The first screen is there, or is going to be in this very moment; or, once that has been told, there will be none. */
  #finishLoading() {
    this.#loadingSlot?.remove();
    this.#loadingSlot = undefined;
    this.#pending?.resolve();
    this.#pending = undefined;
  }

  /** In the light DOM the style sheet lies in the tree around the element, which may be another now. */
  #moved() {
    if (this.#container) adoptStyleSheet(this.#container, FORM);
    this.#widget?.moved();
    this.#queueUpdate();
  }

  #unmount() {
    if (!this.#widget) return;
    this.#widget.leave();
    this.#widget = undefined;
    this.#container?.remove();
    this.#container = undefined;
    this.#renewReady();
  }

  async #fail(/** @type {Error} */ cause) {
    this.#widget = undefined;
    this.#container?.replaceChildren();
    this.#failure = loadFailedNote(await loadFailedText(wantedLanguage(this), propertyOf(this, "messages")));
    this.#container?.after(this.#failure);
    this.#pending?.reject(cause);
    this.#finishLoading();
    this.#report("load_failed", cause.message);
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
    if (this.#pending || this.#widget) return;
    this.ready = new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
    });
    // The event and the console tell of a failure already; a page that does not look at `ready` has done nothing wrong.
    this.ready.catch(() => {});
  }

  async #whenMounted() {
    // Again, if the element was removed in the meantime.
    do await this.ready;
    while (!this.#widget);
    return this.#widget;
  }

  /** However many attributes change in one go, the widget hears of it once. */
  #queueUpdate() {
    if (this.#updateQueued || !this.#container) return;
    this.#updateQueued = true;
    queueMicrotask(() => {
      this.#updateQueued = false;
      if (this.#widget) this.#widget.update();
      else if (this.#isStarting) this.#drawForm();
    });
  }

  static {
    reflect(this.prototype, (element) => element.#queueUpdate());
  }
}

/** `<cognito-login>`: signs a person in to an Amazon Cognito user pool. */
export class CognitoLoginElement extends CognitoElement {}

/** `<cognito-account>`: the signed-in person's security settings. */
export class CognitoAccountElement extends CognitoElement {
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
  loadWith(load);
  if (!customElements.get("cognito-login")) customElements.define("cognito-login", CognitoLoginElement);
  if (!customElements.get("cognito-account")) customElements.define("cognito-account", CognitoAccountElement);
}
