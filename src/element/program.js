// What the package's script loads beside the WebAssembly, as one file.
// @ts-check
import init, { mount, useLocks } from "./cognito-login_glue.js";
import { loadFailed } from "./load-failed.js";

export { Widget } from "./widget.js";

/** Compiles the WebAssembly while it arrives. */
export async function begin(/** @type {Promise<Response>} */ response, /** @type {URL} */ url) {
  try {
    await init({ module_or_path: response });
  } catch (cause) {
    throw loadFailed(cause, url.href);
  }
  return { mount, useLocks };
}
