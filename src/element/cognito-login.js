// The entry of the package: importing it defines `<cognito-login>` and `<cognito-account>`.
// @ts-check
import { CognitoAccountElement, CognitoLoginElement, defineElements } from "./element.js";

export { CognitoAccountElement, CognitoLoginElement };

/**
 * Registers both elements. Importing this module has done so already; a page needs it only where its bundler drops
 * imports for their side effects, or where custom elements arrived later than this module.
 */
export function define() {
  defineElements(load);
}

/** @type {import("./element.js").Load} */
async function load(wasmUrl) {
  // Written out literally, so that bundlers see it, copy the file and put its final name here.
  const url = wasmUrl ? new URL(wasmUrl, document.baseURI) : new URL("./cognito-login_bg.wasm", import.meta.url);
  // The form is drawn first, which takes no longer than a part of a frame.
  await undefined;
  // The file is on its way while the script beside it is.
  const response = fetch(url);
  // If the import below fails first, that failure is the one to report.
  response.catch(() => {});
  const { Widget, begin } = await import("./program.js").catch((cause) => {
    throw new Error(`cognito-login could not load its program.js: ${cause.message}`, { cause });
  });
  return { Widget, glue: begin(response, url) };
}

define();
