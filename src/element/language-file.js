// The texts of the screens: English is in the WebAssembly, another language a file beside the script.
// @ts-check
import { LANGUAGES } from "./generated.js";

/**
 * @typedef {import("./language.js").Tag} Tag
 * @typedef {import("./language.js").Language} Language
 * @typedef {import("./language.js").Texts} Texts
 * @typedef {import("./element.js").Host} Host
 */

/** The language that the WebAssembly has. @type {Tag} */
const ENGLISH = "en";

/** @type {Map<Tag, Promise<Record<string, string>>>} */
const files = new Map();

/**
 * The texts of the language that a page wants. Never rejects: where they cannot be loaded it is English, and `failure`
 * says why, in words for a developer.
 * @returns {Promise<Language>}
 */
export async function loadLanguage(/** @type {Host} */ host, /** @type {string} */ wanted) {
  const tag = host.nearest(wanted);
  if (!tag || tag === ENGLISH) return { tag: ENGLISH, wanted };
  try {
    return { tag, wanted, texts: await loadFile(host, tag) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    const message =
      `cognito-login could not load its texts in the language ${tag}, and shows English: ${reason}. ` +
      "Is the folder lang/ of the package served beside the script?";
    return { tag: ENGLISH, wanted, failure: new Error(message, { cause }) };
  }
}

/** Once a page; a failure is forgotten, so that the next one who asks tries again. */
function loadFile(/** @type {Host} */ host, /** @type {Tag} */ tag) {
  let file = files.get(tag);
  if (!file) {
    const load = /** @type {Record<string, () => Promise<{ default: Texts }>>} */ (LANGUAGES)[tag];
    file = load().then((module) => host.flat(module.default));
    files.set(tag, file);
    file.catch(() => files.delete(tag));
  }
  return file;
}

/** What the WebAssembly is told: the language that is shown, its texts unless it has them, and the page's own texts. */
export function languageOptions(/** @type {Language} */ language, /** @type {Record<string, string> | undefined} */ messages) {
  const { tag, texts } = language;
  return {
    lang: tag,
    ...(texts && { texts, pluralCategory: (/** @type {number} */ number) => new Intl.PluralRules(tag).select(number) }),
    messages,
  };
}
