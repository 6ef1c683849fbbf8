// The countries beside a phone number, and the number that is meant where people type it as at home. A number is not judged: whether
// it is one, the service says.
//
// The file is loaded where a widget asks for a phone number; phone.js does it. The widget has drawn a <select> without a choice before
// each such input, with its name in the widget's language; it is filled and shown here.
// @ts-check
import { TABLE } from "./calling-codes-table.js";

/**
 * What a region has in common with those of the same calling code, the main one first. `trunk` matches what a number begins with at
 * home and not abroad.
 * @typedef {{ code: string, trunk: RegExp | undefined, regions: string[] }} Plan
 */

/** @type {Plan[]} */
const PLANS = TABLE.split("\n").map((row) => {
  const [numbers, ...regions] = row.split(" ");
  const [code, trunk] = numbers.split("-");
  return { code, trunk: trunk ? new RegExp(`^(?:${trunk})`) : undefined, regions };
});

/** The region that was last chosen, on whichever screen of the page. */
let chosen = "";

/** The languages of the countries' names that stand in a <select>. @type {WeakMap<HTMLSelectElement, string>} */
const filled = new WeakMap();

const planOf = (/** @type {string} */ region) => PLANS.find(({ regions }) => regions.includes(region));

/** What was typed, without what people put between digits, and in the digits and signs of ASCII. */
function plain(/** @type {string} */ typed) {
  // The dash key of a Japanese keyboard types the long vowel mark; a minus is no dash.
  return typed.normalize("NFKC").replace(/[\s\p{Pd}\p{Cf}\u2212ー().\/]/gu, "");
}

/**
 * The number in E.164 where it was typed as in that region; all else stays as it was typed.
 * @param {string} typed
 * @param {string} region
 */
export function complete(typed, region) {
  const plan = planOf(region);
  const digits = plain(typed);
  if (!plan || !/^\d+$/.test(digits)) return typed;
  const number = `+${plan.code}${plan.trunk ? digits.replace(plan.trunk, "") : digits}`;
  return /^\+\d{7,15}$/.test(number) ? number : typed;
}

/** The plan of a number that was typed with `+`, as soon as there is enough of it. */
export function planOfNumber(/** @type {string} */ typed) {
  const number = plain(typed);
  return number.startsWith("+") ? PLANS.find(({ code }) => number.startsWith(code, 1)) : undefined;
}

/**
 * The first region that the browser's languages speak of, likely where they name none: `en-GB` is of GB, `ja` of JP.
 * @param {readonly string[]} tags
 */
export function likelyRegion(tags) {
  for (const tag of tags) {
    const region = regionOf(tag);
    if (region && planOf(region)) return region;
  }
  return "";
}

/** Some systems name their language by what is no tag, such as `en_US` or `C`. */
function regionOf(/** @type {string} */ tag) {
  try {
    return new Intl.Locale(tag).maximize().region;
  } catch {
    return undefined;
  }
}

/** @returns {[HTMLSelectElement, HTMLInputElement][]} */
function fields(/** @type {Element} */ container) {
  const selects = /** @type {NodeListOf<HTMLSelectElement>} */ (container.querySelectorAll("select.country"));
  return Array.from(selects, (select) => [select, /** @type {HTMLInputElement} */ (select.nextElementSibling)]);
}

/** A number with `+` says its country itself. */
function follow(/** @type {HTMLSelectElement} */ select, /** @type {HTMLInputElement} */ input) {
  const plan = planOfNumber(input.value);
  if (plan && !plan.regions.includes(select.value)) select.value = plan.regions[0];
}

/** Whoever chooses another country means the number to be of there, also where it was complete already. */
function lead(/** @type {HTMLSelectElement} */ select, /** @type {HTMLInputElement} */ input) {
  chosen = select.value;
  const [from, to] = [planOfNumber(input.value), planOf(chosen)];
  if (from && to && from !== to) input.value = `+${to.code}${plain(input.value).slice(1 + from.code.length)}`;
}

/** Fills a <select> with the countries, by their names in its language. */
function fill(/** @type {HTMLSelectElement} */ select) {
  const lang = /** @type {HTMLElement | null} */ (select.closest("[lang]"))?.lang || "en";
  if (filled.get(select) === lang) return;
  filled.set(select, lang);
  const names = new Intl.DisplayNames(lang, { type: "region" });
  const countries = PLANS.flatMap(({ code, regions }) => regions.map((region) => ({ region, code, name: names.of(region) ?? region })));
  const { compare } = new Intl.Collator(lang);
  countries.sort((a, b) => compare(a.name, b.name));
  const region = select.value || chosen || likelyRegion(navigator.languages);
  select.replaceChildren(...countries.map(({ region, code, name }) => new Option(`${name} (+${code})`, region)));
  select.value = region;
  select.hidden = false;
}

/** Offers the countries beside each phone number that a widget draws from now on, and beside those that it has drawn. */
export function offerCountries(/** @type {HTMLElement} */ container) {
  const look = () => {
    for (const [select, input] of fields(container)) {
      fill(select);
      follow(select, input);
    }
  };
  /** @type {(change: typeof lead) => (event: Event) => void} */
  const heard = (change) => (event) => {
    for (const [select, input] of fields(container)) {
      if (event.target === (change === lead ? select : input)) change(select, input);
    }
  };
  container.addEventListener("change", heard(lead));
  container.addEventListener("input", heard(follow));
  new MutationObserver(look).observe(container, { childList: true, subtree: true, attributes: true, attributeFilter: ["lang"] });
  look();
}

/** Puts the complete number in the place of what was typed, so that it is what is seen, sent, and saved by password managers. */
export function completeNumbers(/** @type {HTMLElement} */ container) {
  for (const [select, input] of fields(container)) {
    input.value = complete(input.value, select.value);
    follow(select, input);
  }
}
