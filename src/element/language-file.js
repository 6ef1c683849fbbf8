// The texts of the screens: English is in the WebAssembly, another language a file beside the script.
// @ts-check
/**
 * @typedef {import("./language.js").Tag} Tag
 * @typedef {import("./language.js").Language} Language
 * @typedef {import("./element.js").Host} Host
 */

/** The language that the WebAssembly has. @type {Tag} */
const ENGLISH = "en";

/**
 * The texts of the language that a page wants. Never rejects: where they cannot be loaded it is English, and `failure`
 * says why, in words for a developer.
 * @returns {Promise<Language>}
 */
export async function loadLanguage(/** @type {Host} */ host, /** @type {string} */ wanted) {
  const tag = host.nearest(wanted);
  if (!tag || tag === ENGLISH) return { tag: ENGLISH, wanted };
  try {
    return { tag, wanted, texts: await host.loadTexts(tag) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    const message =
      `cognito-login could not load its texts in the language ${tag}, and shows English. ` +
      `Is lang/${tag}.js of the package served beside the script? (${reason})`;
    return { tag: ENGLISH, wanted, failure: new Error(message, { cause }) };
  }
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
