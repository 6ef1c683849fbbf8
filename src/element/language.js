// Which language an element speaks, and what the page says in it.
// @ts-check
import { LANGUAGES, LOAD_FAILED } from "./generated.js";

/**
 * The texts of a language file, and of a page: by key, or for each plural category.
 * @typedef {Record<string, string | Record<string, string>>} Texts
 * @typedef {"en" | keyof typeof LANGUAGES} Tag
 * @typedef {{ tag: Tag, wanted: string, texts?: Record<string, string>, failure?: Error }} Language
 */

/** Every language, English first. */
const TAGS = /** @type {Tag[]} */ (["en", ...Object.keys(LANGUAGES)]);

/** The texts of the languages that have come. @type {Partial<Record<Tag, Record<string, string>>>} */
export const TEXTS = {};

/** The files that are on their way, or have come. @type {Map<Tag, Promise<Record<string, string>>>} */
const files = new Map();

/** The texts of a language's file, which is loaded once a page; a failure is forgotten, so that the next one who asks tries again. */
export function loadTexts(/** @type {Tag} */ tag) {
  let file = files.get(tag);
  if (!file) {
    const load = /** @type {Record<string, () => Promise<{ default: Texts }>>} */ (LANGUAGES)[tag];
    file = load().then((module) => (TEXTS[tag] = flat(module.default)));
    files.set(tag, file);
    file.catch(() => files.delete(tag));
  }
  return file;
}

/** Arabic is the one language of ours that is written from right to left; a test compares with what Intl knows. */
export function directionOf(/** @type {string} */ tag) {
  return tag === "ar" ? "rtl" : "ltr";
}

/**
 * The language that a page wants an element in: its own `lang`, else that of the nearest ancestor across shadow
 * boundaries, else the first of the browser's that there are texts in.
 * @param {Element} element
 */
export function wantedLanguage(element) {
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

function browserLanguage() {
  const tags = navigator.languages ?? [navigator.language];
  return tags.find(nearest) ?? TAGS[0];
}

/** `zh-Hant-TW`, `zh-Hant` and `zh`, in small letters: the language and what it is a part of. */
function parents(/** @type {string} */ tag) {
  const parts = tag.toLowerCase().split(/[-_]/);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("-"));
}

/**
 * The language of ours for a tag: the tag itself, else the nearest of its parents, else one that begins alike. Chinese of Taiwan, Hong Kong
 * and Macau is written in traditional characters.
 */
export function nearest(/** @type {string} */ tag) {
  const all = parents(tag.replace(/^zh.(tw|hk|mo)/i, "zh-hant"));
  for (const parent of all) {
    const found = TAGS.find((known) => known.toLowerCase() === parent);
    if (found) return found;
  }
  return TAGS.find((known) => parents(known).includes(/** @type {string} */ (all.at(-1))));
}

/** One entry a text: the forms of a plural text have `#` and their category behind the key. */
function flat(/** @type {Texts} */ texts) {
  /** @type {Record<string, string>} */
  const entries = {};
  for (const [key, text] of Object.entries(texts)) {
    if (typeof text === "string") entries[key] = text;
    else for (const category in text) entries[`${key}#${category}`] = text[category];
  }
  return entries;
}

/**
 * The page's own texts for a language: those by key are for every language, and those by language tag come on top, the
 * general before the particular. A key has a full stop in it and a tag has not.
 * @param {unknown} messages
 * @param {Language} language
 */
export function messagesIn(messages, { tag, wanted }) {
  if (typeof messages !== "object" || messages === null) return undefined;
  const given = Object.entries(messages);
  const isLanguage = (/** @type {[string, unknown]} */ [key, value]) => typeof value === "object" && !key.includes(".");
  const entries = flat(Object.fromEntries(given.filter((entry) => !isLanguage(entry))));
  const tags = [...parents(wanted), ...parents(tag)];
  const fitting = given.filter((entry) => isLanguage(entry) && tags.includes(entry[0].toLowerCase()));
  fitting.sort(([a], [b]) => a.length - b.length);
  for (const [, texts] of fitting) Object.assign(entries, flat(texts ?? {}));
  return entries;
}

/** What a person reads where the WebAssembly did not arrive. */
export async function loadFailedText(/** @type {string} */ wanted, /** @type {unknown} */ messages) {
  const [tag, key] = [nearest(wanted) ?? "en", "load-failed"];
  const texts = tag === "en" ? undefined : await loadTexts(tag).catch(() => undefined);
  return messagesIn(messages, { tag, wanted })?.[key] ?? texts?.[key] ?? LOAD_FAILED;
}
