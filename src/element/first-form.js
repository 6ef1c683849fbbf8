// The sign-in form before the WebAssembly is there: drawn out of the same layout, it takes what is typed, and keeps what is pressed
// until somebody is there to answer. Its nodes stay when the WebAssembly draws over them, see draw-over.js.
// @ts-check
import { CALLED, CHOICES, FORM, KEYS, PROVIDER, TEXTS as ENGLISH } from "./form-layout.js";
import { TEXTS, directionOf, loadTexts, messagesIn, nearest, wantedLanguage } from "./language.js";
import { propertyOf } from "./reflection.js";

/**
 * @typedef {import("./form-layout.js").Node} LayoutNode
 * What was done with a form: which fields were typed into, and what was clicked; the form stands for its submit button.
 * @typedef {{ touched: Iterable<EventTarget>, clicked: Element[] }} Doings
 * @typedef {{ choice: number, texts: string[], providers: string[], tag: string, theme: string, name: string, number: number }} Words
 */

/** Numbers the forms of a page: ids are its own in the light DOM. */
let lastForm = 0;

/** What a person does with the form. */
const EVENTS = ["input", "submit", "click"];

export class FirstForm {
  /** @type {HTMLElement} */
  #container;
  /** What was typed into. @type {Set<EventTarget>} */
  #touched = new Set();
  /** What was pressed, and is answered once. @type {HTMLElement | undefined} */
  #pressed;
  /** What it was drawn of. */
  #words;

  /**
   * The form that the page wants now, which is the one that there is where that is the same, its texts are on their way or somebody is at
   * it; `undefined` where the widget does not begin with a form, as far as can be told without it.
   * @param {HTMLElement} element
   * @param {HTMLElement} container
   * @param {FirstForm | undefined} form
   * @param {() => void} again is called when the texts have come
   */
  static of(element, container, form, again) {
    if (form?.#isTouched) return form;
    const words = wordsFor(element, form?.#words.number, again);
    if (words === null || (form && JSON.stringify(words) === JSON.stringify(form.#words))) return form;
    form?.release();
    container.replaceChildren(...(words ? drawn(FORM, words) : []));
    return words && new FirstForm(container, words);
  }

  /** @private */
  constructor(/** @type {HTMLElement} */ container, /** @type {Words} */ words) {
    this.#container = container;
    this.#words = words;
    const root = /** @type {HTMLElement} */ (container.firstChild);
    root.lang = words.tag;
    root.dir = directionOf(words.tag);
    root.dataset.theme = words.theme;
    /** @type {HTMLInputElement} */ (root.querySelector("input")).value = words.name;
    for (const type of EVENTS) container.addEventListener(type, this);
    addEventListener("pagehide", this);
  }

  get #isTouched() {
    // A browser that does not know one of the two passes over it in such a list alone.
    return this.#touched.size || this.#pressed || this.#container.querySelector(":is(:focus, :autofill, [aria-pressed=true])");
  }

  /** Makes it what the WebAssembly is going to draw; what was done with it meanwhile is for the widget to do again. @returns {Doings} */
  release() {
    for (const type of EVENTS) this.#container.removeEventListener(type, this);
    removeEventListener("pagehide", this);
    this.#mark(false);
    const toggles = [...this.#container.querySelectorAll("[aria-pressed=true]")];
    toggles.forEach(togglePassword);
    return { touched: this.#touched, clicked: toggles.concat(this.#pressed ?? []) };
  }

  /** What the person does, and that the page is left. */
  handleEvent(/** @type {Event & { persisted?: boolean }} */ event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.type === "input") this.#touched.add(target);
    else if (event.type === "click") this.#onClick(target);
    else if (event.type === "submit") {
      event.preventDefault();
      this.#press(target);
    } else if (event.persisted) {
      // Whoever sits down at this browser next may press "Back".
      this.#container.querySelectorAll("[aria-pressed=true]").forEach(togglePassword);
      /** @type {HTMLInputElement} */ (this.#container.querySelector("[type=password]")).value = "";
    }
  }

  #onClick(/** @type {Element} */ target) {
    const button = /** @type {HTMLButtonElement | null} */ (target.closest("button"));
    if (!button || button.type === "submit" || !this.#container.contains(button)) return;
    if (button.hasAttribute("aria-pressed")) togglePassword(button);
    else this.#press(button);
  }

  /** The form stands for its submit button. */
  #press(/** @type {HTMLElement} */ pressed) {
    if (this.#pressed) return;
    this.#pressed = pressed;
    this.#mark(true);
  }

  /** As the WebAssembly shows that something is under way. */
  #mark(/** @type {boolean} */ isBusy) {
    const pressed = this.#pressed;
    const button = pressed?.querySelector("[type=submit]") ?? pressed;
    const mark = (/** @type {Element | null | undefined} */ element, /** @type {string} */ name) =>
      isBusy ? element?.setAttribute(name, "true") : element?.removeAttribute(name);
    mark(button?.closest("section"), "aria-busy");
    mark(button, "aria-busy");
    mark(button, "aria-disabled");
  }
}

/**
 * What the form is drawn of: `undefined` where there is none, `null` where the texts are on their way. Where they do not come, the
 * WebAssembly is going to say so, in English.
 * @param {HTMLElement} element
 * @param {number | undefined} number
 * @param {() => void} again
 * @returns {Words | undefined | null}
 */
function wordsFor(element, number, again) {
  const given = (/** @type {string} */ name) => element.getAttribute(name)?.trim() || undefined;
  const providers = given("oauth-providers")?.split(/\s+/) ?? [];
  const choice = choiceOf(given, providers);
  if (choice === undefined || propertyOf(element, "storageAdapter") || hasSomethingKept(given)) return undefined;
  const wanted = wantedLanguage(element);
  const tag = nearest(wanted) ?? "en";
  if (tag !== "en" && !TEXTS[tag]) {
    loadTexts(tag).then(again, () => {});
    return null;
  }
  const messages = messagesIn(propertyOf(element, "messages"), { tag, wanted });
  const texts = KEYS.map((key, index) => messages?.[key] ?? TEXTS[tag]?.[key] ?? ENGLISH[index]);
  return { choice, texts, providers, tag, theme: given("theme") ?? "auto", name: given("username") ?? "", number: number || ++lastForm };
}

/** A bit for each choice, see form-layout.js; `undefined` where there is no form to begin with. */
function choiceOf(/** @type {(name: string) => string | undefined} */ given, /** @type {string[]} */ providers) {
  if (!given("user-pool-id") || !given("client-id") || (given("screen") ?? "sign-in") !== "sign-in") return undefined;
  const asksForName = given("auth-flow") === "USER_AUTH";
  const shape = !asksForName ? "password" : given("preferred-challenge") === "PASSWORD_SRP" ? "other-ways" : "name-alone";
  const chosen = [given("username-kind") ?? "email", shape, given("sign-up") ?? "on", providers.length ? "some" : "none"];
  let [choice, first] = [0, 0];
  for (const [index, choices] of CHOICES.entries()) {
    const at = choices.indexOf(chosen[index]);
    if (at < 0) return undefined;
    choice |= 1 << (first + at);
    first += choices.length;
  }
  return choice;
}

/** Whether there is a session, a challenge that waits for its answer, or a return from a provider. */
function hasSomethingKept(/** @type {(name: string) => string | undefined} */ given) {
  const client = given("client-id");
  try {
    const tokens = { session: sessionStorage, local: localStorage, memory: undefined }[given("storage") ?? "session"];
    return (
      !!tokens?.getItem(`CognitoIdentityServiceProvider.${client}.LastAuthUser`) ||
      Object.keys(sessionStorage).some((key) => key.startsWith(`cognito-login.challenge.${client}.`)) ||
      (!!sessionStorage.getItem(`cognito-login.oauth.${client}`) && /[?&]state=/.test(location.search))
    );
  } catch {
    // No store, and nothing in it.
    return false;
  }
}

/** Nothing where this configuration has no such node, and a provider's button for each of them. @returns {Node[]} */
function drawn(/** @type {LayoutNode} */ node, /** @type {Words} */ words) {
  if (typeof node === "number") return [new Text(words.texts[node])];
  const [tag, given, children, shownWhere] = node;
  const has = (/** @type {number} */ mask) => (mask & words.choice) === words.choice;
  if (shownWhere && !has(shownWhere)) return [];
  if (!tag) return drawn(/** @type {number} */ (given), words);
  if (children[0] === PROVIDER) {
    return words.providers.flatMap((provider) => {
      const text = words.texts[PROVIDER].replace("{provider}", CALLED[provider] ?? provider);
      return drawn([tag, given, [0]], { ...words, texts: [text] });
    });
  }
  const element = document.createElement(tag);
  for (const [name, values] of Object.entries(given)) {
    const value = Array.isArray(values)
      ? values.find(([mask]) => has(mask))?.[1]
      : typeof values === "number" ? words.texts[values] : values;
    if (value !== undefined) element.setAttribute(name, value.replace("#", `cognito-login-${words.number}-`));
  }
  element.append(...children.flatMap((child) => drawn(child, words)));
  return [element];
}

function togglePassword(/** @type {Element} */ button) {
  const isShown = button.getAttribute("aria-pressed") === "true";
  button.setAttribute("aria-pressed", String(!isShown));
  const input = button.parentElement?.querySelector("input");
  if (input) input.type = isShown ? "password" : "text";
}
