// Leads a real element to a state as a person does: finds fields and buttons by their English words, types and presses.
import { totp } from "./totp.js";

/** The password of everybody in the local pool. */
const PASSWORD = "Local-pool-1!";

/** What an element has where a state says nothing else: a pool that answers from this very site. */
const ATTRIBUTES = {
  "user-pool-id": "us-east-1_LocalPool",
  "client-id": "localclient000000000000000",
  endpoint: new URL("service/", import.meta.url).href,
  storage: "memory",
  "totp-issuer": "Tidewater",
};

export class Player {
  /** The code of the error that was told last. */
  #told;
  #tag;
  #attributes;
  /** The hash that the page's back end answers with: `null` where it has none, absent where nobody asks it. */
  #secretHash;
  /** The exception in the place of a passkey. @type {string | undefined} */
  #passkeyError;
  #element;

  /** `shadow` is the element's attribute of that name, where it is to have one. */
  constructor(service, place, shadow) {
    this.service = service;
    this.place = place;
    this.shadow = shadow;
    // What a person has on the clipboard stays there.
    if (navigator.clipboard) navigator.clipboard.writeText = async () => {};
    this.#standInForPasskeys();
    place.addEventListener("cognito-login-error", ({ detail }) => (this.#told = detail.code));
  }

  /** No dialog of the browser opens: a passkey is given at once, or what a step says instead. */
  #standInForPasskeys() {
    const toJSON = () => ({ id: "passkey", rawId: "passkey", type: "public-key", clientExtensionResults: {}, response: {} });
    const ask = async () => {
      if (this.#passkeyError) throw new DOMException("", this.#passkeyError);
      return { toJSON };
    };
    // A page on a strange host has no such thing.
    window.PublicKeyCredential ??= class {};
    const credentials = { get: ask, create: ask };
    Object.defineProperty(navigator, "credentials", { configurable: true, get: () => credentials });
  }

  get element() {
    return this.#element;
  }

  /** What the element draws in: its shadow root, or itself. */
  get root() {
    return this.#element.shadowRoot ?? this.#element;
  }

  /** Goes a way of states, from the first to the last; `reached` hears of each. */
  async play(way, reached = () => {}) {
    const [{ element = "cognito-login" }] = way;
    this.#tag = element;
    this.#attributes = { ...ATTRIBUTES, ...Object.assign({}, ...way.map(({ attributes }) => attributes)) };
    if (this.shadow) this.#attributes.shadow = this.shadow;
    this.#secretHash = way.find(({ secretHash }) => secretHash !== undefined)?.secretHash;
    await this.#mount();
    for (const state of way) {
      // What is there before the first step came with the element, and belongs to the state.
      const before = state.steps && this.#notice();
      if (state.steps) this.#told = undefined;
      for (const step of state.steps ?? []) await this.#take(step);
      await until(`the state "${state.id}"`, () => this.#shows(state, before));
      reached(state);
    }
  }

  async #mount() {
    this.#element?.remove();
    this.#element = document.createElement(this.#tag);
    for (const [name, value] of Object.entries(this.#attributes)) this.#element.setAttribute(name, value);
    if (this.#secretHash !== undefined) this.#element.secretHash = async () => this.#secretHash;
    this.place.append(this.#element);
    await this.#element.ready;
  }

  async #take(step) {
    const [[kind, given]] = Object.entries(step);
    switch (kind) {
      case "fill":
        for (const [label, text] of Object.entries(given)) await this.#type(label, text);
        break;
      case "press":
        (await this.#button(given)).click();
        break;
      case "choose":
        // The input: a label that is clicked moves the focus, even out of the page around a frame.
        (await this.#find(`the choice "${given}"`, "label", given)).querySelector("input").click();
        break;
      case "select":
        for (const [label, value] of Object.entries(given)) await this.#select(label, value);
        break;
      case "reply":
        for (const [operation, name] of Object.entries(given)) this.service.tell(operation, name);
        break;
      case "passkey":
        this.#passkeyError = given;
        break;
      case "advance":
        await this.service.advance(given);
        break;
      case "call":
        // What comes of it is shown, or not: a page that calls looks at the promise.
        this.#element[given.method](...(given.arguments ?? [])).catch(() => {});
        break;
      case "reload":
        await this.#mount();
        break;
      case "return":
        await this.#comeBack(given);
        break;
      default:
        throw new Error(`there is no step "${kind}"`);
    }
  }

  /** As the pool's domain leads back: with parameters in the page's address, and with what was kept in this tab. */
  async #comeBack(parameters) {
    const { "client-id": client, "oauth-domain": domain } = this.#attributes;
    const before = location.href;
    const back = new URL(before);
    // The page has a parameter of that name itself, and the first counts.
    if (!back.searchParams.has("state")) back.searchParams.set("state", "state");
    for (const [name, value] of Object.entries(parameters)) back.searchParams.set(name, value);
    const record = {
      State: back.searchParams.get("state"),
      Verifier: "verifier",
      Nonce: "nonce",
      ClientId: client,
      Domain: `https://${domain}`,
      RedirectUri: before,
      EndsAt: String(Date.now() + 60_000),
    };
    sessionStorage.setItem(`cognito-login.oauth.${client}`, JSON.stringify(record));
    history.replaceState(history.state, "", back);
    await this.#mount();
    history.replaceState(history.state, "", before);
  }

  /** What a text in a step stands for. */
  async #text(text) {
    const mailed = text.match(/^\{code for (.*)\}$/);
    if (mailed) return this.service.mailedCode(mailed[1]);
    const app = text.match(/^\{app code(?: \+(\d+) s)?\}$/);
    if (app) {
      const [secret] = this.#all("[part~=secret]");
      return totp(secret.textContent.replaceAll(/\s/g, ""), Date.now() / 1000 + Number(app[1] ?? 0));
    }
    return text.replace("{password}", PASSWORD);
  }

  async #type(label, text) {
    const { htmlFor } = await this.#find(`the field "${label}"`, "label", label);
    const field = this.#all("input").find((input) => input.id === htmlFor);
    // A code is on its way only once the screen asks for it.
    field.value = await this.#text(text);
    field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }

  async #select(label, value) {
    // It has choices only once its script has come.
    const offers = (select) => select.ariaLabel === label && [...select.options].some((option) => option.value === value);
    const field = await until(`the choice "${value}" of "${label}"`, () => this.#all("select").find(offers));
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #button(text) {
    const is = (button) => words(button) === text && button.getAttribute("aria-disabled") !== "true";
    return until(`the button "${text}"`, () => this.#all("button").find(is));
  }

  #find(what, selector, text) {
    return until(what, () => this.#all(selector).find((element) => words(element) === text));
  }

  #all(selector) {
    return [...this.root.querySelectorAll(selector)];
  }

  #notice() {
    return this.#all("[part~=error], [part~=status]").at(0);
  }

  /** Whether everything is there that a state says, and nothing is under way that it does not say. */
  #shows({ screen, notice, busy = false, until: selector }, before) {
    const [section] = this.#all("section");
    if (!section || (screen ?? undefined) !== section.dataset.screen) return false;
    const isBusy = section.ariaBusy === "true" || this.#all(".loading").length > 0;
    if (isBusy !== busy) return false;
    if (selector && this.#all(selector).length === 0) return false;
    const shown = this.#notice();
    if (!notice) return busy || selector || !shown || shown === before;
    return shown && shown !== before && (shown.role !== "alert" || this.#told === notice);
  }
}

/** In milliseconds, for a machine that has much else to do. */
const PATIENCE = 60_000;

const words = (element) => element.textContent.trim();

/** Looks again and again until there is something. */
async function until(what, look) {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const found = look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
