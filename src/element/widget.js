// An element with its WebAssembly: what the page says goes in, and what the widget says comes out. The script loads this beside the
// WebAssembly, while the person is at the form already.
// @ts-check
import { beginDrawing, drawOver, endDrawing } from "./draw-over.js";
import { NETWORK_ADVICE, TROUBLESHOOTING } from "./generated.js";
import { languageOptions, loadLanguage } from "./language-file.js";
import { loadFailed } from "./load-failed.js";
import { optionsOf } from "./options.js";
import { PageStore } from "./page-store.js";
import { watchPhoneNumbers } from "./phone.js";
import { SCREENS } from "./styles.js";

/**
 * What wasm-bindgen exports, as far as the elements use it.
 * @typedef {{
 *   update(options: object): void,
 *   getTokens(): Promise<object>,
 *   signOut(options: object): Promise<void>,
 *   show(screen: string): Promise<void>,
 *   reset(): void,
 *   storeRead(): void,
 *   park(): void,
 *   resume(kind: string, host: HTMLElement, options: object, dispatch: Dispatch, drawing: Drawing): void,
 * }} Handle
 * @typedef {(type: string, detail: object, cancelable: boolean) => boolean} Dispatch
 * @typedef {(screen?: string) => void} Drawing
 * @typedef {(kind: string, host: HTMLElement, root: Element, options: object, dispatch: Dispatch, drawing: Drawing) => Handle} Mount
 * @typedef {{ mount: Mount, useLocks(locks: object): void }} Glue
 * @typedef {import("./element.js").Host} Host
 * @typedef {import("./language.js").Language} Language
 */

/** What draws into the containers whose elements have left the page. @type {WeakMap<HTMLElement, Handle>} */
const handles = new WeakMap();

export class Widget {
  /** @type {Host} */
  #host;
  /** @type {HTMLElement} */
  #container;
  /** @type {Handle | undefined} */
  #handle;
  #isGone = false;
  #langObserver = new MutationObserver(() => this.#host.changed());
  /** The language that was asked for last, and may still be on its way. @type {string | undefined} */
  #wanted;
  /** The language that is shown. @type {Language | undefined} */
  #language;
  #store = new PageStore({
    failed: (message) => this.#host.report("storage_adapter_failed", message, false),
    changed: () => this.#handle?.storeRead(),
  });

  /** Begins to load what the page's choices take beside the WebAssembly. */
  constructor(/** @type {Host} */ host, /** @type {HTMLElement} */ container) {
    this.#host = host;
    this.#container = container;
    this.moved();
  }

  /** Draws the first screen over what is in the container. */
  async mount(/** @type {Promise<Glue>} */ loading) {
    const locks = locksOfOurs();
    // The texts are on their way beside the WebAssembly, and there before the first screen is painted.
    const speaking = this.#speak();
    const reading = this.#followStore();
    // If the WebAssembly fails first, that failure is the one to report.
    reading.catch(() => {});
    const { mount, useLocks } = await loading;
    const leases = await locks;
    if (leases) useLocks(leases);
    await speaking;
    // The page may have changed its mind in the meantime.
    while (this.#host.wantedLanguage() !== this.#wanted) await this.#speak();
    await reading;
    while (await this.#followStore());
    const container = this.#container;
    // Removed while it loaded: the next connect begins again.
    if (this.#isGone || !this.#host.element.isConnected) {
      this.leave();
      container.replaceChildren();
      container.remove();
      if (handles.has(container)) this.#host.freed(container);
      return;
    }
    const doings = this.#host.releaseForm();
    if (!handles.has(container)) watchPhoneNumbers(container);
    drawOver(container);
    const { kind, element } = this.#host;
    const dispatch = this.#dispatch.bind(this);
    const drawing = (/** @type {string | undefined} */ screen) => {
      if (screen !== undefined) return beginDrawing(container, screen === "sign-in");
      endDrawing();
      if (this.#isGone) return this.#parked();
      // What the person did before is done now, and after whatever the drawing still does.
      if (doings) queueMicrotask(() => this.#isGone || doAgain(container, doings));
    };
    const parked = handles.get(container);
    if (parked) parked.resume(kind, element, this.#options(), dispatch, drawing);
    this.#handle = parked ?? mount(kind, element, container, this.#options(), dispatch, drawing);
  }

  async getTokens() {
    await this.#store.reread();
    return this.#mounted.getTokens();
  }

  async signOut(/** @type {{ global?: boolean }} */ options) {
    await this.#store.reread();
    await this.#mounted.signOut(options);
    await this.#store.settling();
  }

  async show(/** @type {string} */ screen) {
    await this.#mounted.show(screen);
  }

  reset() {
    this.#mounted.reset();
  }

  /** What the page says has changed. */
  update() {
    if (!this.#handle) return;
    this.#handle.update(this.#options());
    // Until its texts are there, what else has changed is shown in the language that was.
    this.#speak();
    this.#followStore().then(
      (changed) => changed && this.#host.changed(),
      (cause) => this.#host.report("load_failed", cause.message),
    );
  }

  /** It has another place on the page. Pages that change their language while they run change `lang` on an ancestor, often on the document itself. */
  moved() {
    this.#host.adoptStyleSheet(SCREENS);
    this.#langObserver.disconnect();
    for (const root of rootsAround(this.#host.element)) {
      this.#langObserver.observe(root, { attributes: true, attributeFilter: ["lang"], subtree: true });
    }
  }

  leave() {
    this.#isGone = true;
    this.#langObserver.disconnect();
    this.#handle?.park();
    this.#store.close();
  }

  /** The container is empty, and free for the next element. */
  #parked() {
    handles.set(this.#container, /** @type {Handle} */ (this.#handle));
    this.#host.freed(this.#container);
  }

  get #mounted() {
    if (this.#isGone) throw Object.assign(new Error("This element is not on a page."), { code: "not_on_page" });
    return /** @type {Handle} */ (this.#handle);
  }

  /** @type {Dispatch} */
  #dispatch(type, detail, cancelable) {
    // A widget that was taken off the page has nothing to say any more.
    if (this.#isGone) return true;
    if (type === "cognito-login-ready") this.#host.mounted();
    const { code, message, screen } = /** @type {{ code?: string, message?: string, screen?: string }} */ (detail);
    const { element } = this.#host;
    if (screen && !element.shadowRoot) showSlotted(element.children, screen);
    // The page's author alone can mend these, and may not listen.
    if (code === "device_clock_off") console.info(message);
    else if (message?.includes(TROUBLESHOOTING)) console.error(message);
    else if (code === "network" && navigator.onLine) console.info(NETWORK_ADVICE);
    // A page that leaves on an event finds its session written.
    const settling = cancelable ? undefined : this.#store.settling();
    if (!settling) return this.#host.dispatch(type, detail, cancelable);
    settling.then(() => this.#isGone || this.#host.dispatch(type, detail, cancelable));
    return true;
  }

  #options() {
    const language = /** @type {Language} */ (this.#language);
    return {
      ...optionsOf(this.#host),
      ...languageOptions(language, this.#host.messagesIn(language)),
      storageAdapter: this.#store.option,
      passkeys: askPasskey,
    };
  }

  /** Sees to the page's own store, if that is another than before; resolves to whether it is. */
  async #followStore() {
    const { element } = this.#host;
    const adapter = this.#host.property("storageAdapter") ?? undefined;
    try {
      return await this.#store.follow(adapter, (element.getAttribute("client-id") ?? "").trim());
    } catch (cause) {
      throw loadFailed(cause);
    }
  }

  /** Sees to the texts of the language that the page wants, if that is another than before. */
  async #speak() {
    const wanted = this.#host.wantedLanguage();
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    const language = await loadLanguage(this.#host, wanted);
    // The page has changed its mind: what it wants now is on its way.
    if (wanted !== this.#wanted) return;
    this.#language = language;
    if (language.failure && !this.#isGone) this.#host.report("language_failed", language.failure.message);
    this.#host.changed();
  }
}

/** Without a shadow root there are no slots: what the page has for another screen, or for the time before, is hidden. */
function showSlotted(/** @type {HTMLCollection} */ children, /** @type {string} */ screen) {
  for (const child of /** @type {Iterable<HTMLElement>} */ (children)) {
    if (child.slot) child.hidden = !["header", "footer", screen].includes(child.slot);
  }
}

/** Does what the person did while nobody was there to answer, as far as that is still on the screen. */
function doAgain(/** @type {HTMLElement} */ container, /** @type {import("./first-form.js").Doings} */ { touched, clicked }) {
  for (const input of touched) {
    if (container.contains(/** @type {Node} */ (input))) input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  for (const element of clicked) {
    if (!container.contains(element)) continue;
    if (element instanceof HTMLFormElement) element.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
    else /** @type {HTMLElement} */ (element).click();
  }
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

/** @type {Promise<object | undefined> | undefined} */
let locks;

/** Pages over plain http have no locks. If ours cannot be had either, tabs may refresh at the same time, as they seldom do. */
function locksOfOurs() {
  if (!navigator.locks) locks ??= import("./lease.js").then((module) => module.locks, () => undefined);
  return locks;
}

/** How passkeys are asked for is a file beside the script, which is loaded where one is. @type {typeof import("./passkeys.js").ask} */
async function askPasskey(method, options, signal) {
  const { ask } = await import("./passkeys.js").catch((cause) => {
    console.warn(`cognito-login could not load its passkeys: ${cause}. Is passkeys.js of the package served beside the script?`);
    throw cause;
  });
  return ask(method, options, signal);
}
