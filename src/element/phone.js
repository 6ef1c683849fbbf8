// Fields for phone numbers: the countries and their calling codes are a file beside the script, which is loaded where such a field is
// drawn. Where it cannot be had, the field takes numbers with `+` alone.
// @ts-check

/**
 * Offers the countries wherever a widget asks for a phone number.
 * @param {HTMLElement} container what the widget is going to be drawn into, and is not yet, but for a form of the script's: on `submit`
 *   the widget listens, too, and must find the number complete
 */
export function watchPhoneNumbers(container) {
  /** @type {typeof import("./calling-codes.js") | undefined} */
  let codes;
  /** What was last asked for; what could not be loaded is tried again by the next field. @type {Element | null} */
  let asked = null;
  const look = async () => {
    const field = container.querySelector("input[type=tel]");
    if (!field || field === asked) return;
    asked = field;
    try {
      codes = await import("./calling-codes.js");
      observer.disconnect();
      codes.offerCountries(container);
    } catch (cause) {
      for (const select of container.querySelectorAll("select.country")) select.toggleAttribute("hidden", true);
      console.warn(
        "cognito-login could not load its calling codes, and takes phone numbers with + alone. " +
          `Is calling-codes.js of the package served beside the script? (${cause})`,
      );
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(container, { childList: true, subtree: true });
  look();
  container.addEventListener("submit", () => codes?.completeNumbers(container), true);
}
