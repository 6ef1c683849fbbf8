// The theme builder: an input for each of the widget's custom properties, whose values show in the widget at once, and come out as CSS.
import { faint } from "./contrast.js";
import { byId, make } from "./dom.js";
import { readLook, writeLook } from "./look.js";
import { FONTS, TOKENS } from "./tokens.js";

export class Builder {
  #words;
  #showScheme;
  #look;
  /** The look that "Start again" goes back to. */
  #first;
  /** Last in the cascade, so that it counts more than a brand's. */
  #sheet = new CSSStyleSheet();

  /** `words()` are the page's texts, `showScheme(scheme)` lets the page be light or dark. */
  constructor({ words, showScheme }) {
    this.#words = words;
    this.#showScheme = showScheme;
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#sheet];
    byId("copy").addEventListener("click", () => this.#copy());
    byId("reset").addEventListener("click", () => this.#start());
  }

  /** Begins with the look of a style sheet that has one rule. */
  begin({ cssRules: [rule] }) {
    this.#first = readLook((property) => rule.style.getPropertyValue(property));
    this.#start();
  }

  /** In the page's language. */
  showTexts() {
    if (this.#look) this.#draw();
  }

  #start() {
    this.#look = structuredClone(this.#first);
    this.#sheet.replaceSync("");
    this.#draw();
  }

  #draw() {
    byId("tokens").replaceChildren(...TOKENS.map((token) => this.#row(token)));
    this.#tell();
  }

  #row(token) {
    const label = this.#words().tokens[token.name];
    const head = make("th", { scope: "row" }, label, make("code", {}, token.name));
    return make("tr", {}, head, ...INPUTS[token.kind](token, label, this.#look[token.name], this));
  }

  /** Takes over what was chosen. */
  change(name, value, scheme) {
    if (scheme) {
      this.#look[name][scheme] = value;
      this.#showScheme(scheme);
    } else this.#look[name] = value;
    this.#sheet.replaceSync(writeLook(this.#look));
    this.#tell();
  }

  word(key) {
    return this.#words()[key];
  }

  #tell() {
    byId("css").textContent = writeLook(this.#look);
    byId("copy").textContent = this.word("copy");
    const { contrastKept, contrastLost, pair, tokens } = this.#words();
    const found = faint(this.#look).map(({ front, back, scheme, found, least }) =>
      // Cut off, not rounded: 4.499 is not enough.
      make("li", {}, pair(tokens[front], tokens[back], this.word(scheme), (Math.floor(found * 100) / 100).toFixed(2), least)),
    );
    const list = found.length > 0 && make("ul", {}, ...found);
    const place = byId("contrast");
    place.replaceChildren(make("p", {}, found.length > 0 ? contrastLost : contrastKept), ...(list ? [list] : []));
    place.classList.toggle("lost", found.length > 0);
  }

  async #copy() {
    const css = byId("css");
    try {
      await navigator.clipboard.writeText(css.textContent);
      byId("copy").textContent = this.word("copied");
    } catch {
      // The browser does not let the page: what a person would copy is chosen.
      getSelection().selectAllChildren(css);
    }
  }
}

/** The cells of a row, by kind of token. */
const INPUTS = {
  colour: ({ name }, label, value, builder) =>
    ["light", "dark"].map((scheme) => {
      const input = make("input", { type: "color", value: value[scheme], ariaLabel: `${label}, ${builder.word(scheme)}` });
      input.dataset.token = `${name}-${scheme}`;
      input.addEventListener("input", () => builder.change(name, input.value, scheme));
      return make("td", {}, input);
    }),

  length: ({ name, least, greatest, step }, label, value, builder) => {
    const input = make("input", { type: "range", min: least, max: greatest, step, ariaLabel: label });
    // After its limits, which would cut it.
    input.value = Number.parseFloat(value);
    input.dataset.token = name;
    const shown = make("output", {}, value);
    const take = () => {
      shown.textContent = `${input.value}rem`;
      builder.change(name, `${input.value}rem`);
    };
    input.addEventListener("input", take);
    return [make("td", { colSpan: 2 }, input, shown)];
  },

  font: ({ name }, label, value, builder) => {
    const options = Object.entries(FONTS).map(([key, stack]) => make("option", { value: stack }, builder.word("fonts")[key]));
    const select = make("select", { ariaLabel: label }, ...options);
    select.value = value;
    select.dataset.token = name;
    select.addEventListener("change", () => builder.change(name, select.value));
    return [make("td", { colSpan: 2 }, select)];
  },
};
