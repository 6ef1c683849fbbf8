// Asks the browser for passkeys. What the service sends and takes is JSON in which what is binary is base64url; browsers of the last two
// years convert it themselves, and for the others, and for password managers that stand in for the browser, it is done here.
// @ts-check

/**
 * Resolves with what the browser gives, for `get` as text and for `create` as an object; rejects as the browser does.
 * @param {"get" | "create"} method of `navigator.credentials`
 * @param {string | object} options what the service asks of the browser: for `get` the text of it
 * @param {AbortSignal} signal closes the dialog
 * @returns {Promise<string | object>}
 */
export async function ask(method, options, signal) {
  const json = typeof options === "string" ? JSON.parse(options) : options;
  const credential = await navigator.credentials[method]({ publicKey: publicKeyOptions(method, json), signal });
  if (!credential) throw new DOMException("The browser gave no passkey.", "NotAllowedError");
  const given = toJson(/** @type {PublicKeyCredential} */ (credential));
  return method === "get" ? JSON.stringify(given) : given;
}

/** What the service asks, as the browser takes it. */
function publicKeyOptions(/** @type {"get" | "create"} */ method, /** @type {any} */ json) {
  const native = method === "get" ? "parseRequestOptionsFromJSON" : "parseCreationOptionsFromJSON";
  if (PublicKeyCredential[native]) return /** @type {any} */ (PublicKeyCredential[native](json));
  const withBytes = (/** @type {any} */ named) => ({ ...named, id: bytes(named.id) });
  const options = { ...json, challenge: bytes(json.challenge) };
  if (json.user) options.user = withBytes(json.user);
  for (const list of ["allowCredentials", "excludeCredentials"]) if (json[list]) options[list] = json[list].map(withBytes);
  return options;
}

function toJson(/** @type {PublicKeyCredential} */ credential) {
  try {
    if (credential.toJSON) return credential.toJSON();
  } catch {
    // An object of a password manager, which only looks like one of the browser.
  }
  const response = /** @type {any} */ (credential.response);
  /** @type {Record<string, unknown>} */
  const json = {};
  for (const name of ["clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject"]) {
    if (response[name]) json[name] = base64url(response[name]);
  }
  if (response.attestationObject) {
    json.transports = response.getTransports?.() ?? [];
    json.publicKeyAlgorithm = response.getPublicKeyAlgorithm?.();
    for (const [name, data] of [
      ["authenticatorData", response.getAuthenticatorData?.()],
      ["publicKey", response.getPublicKey?.()],
    ]) {
      if (data) json[name] = base64url(data);
    }
  }
  return {
    id: credential.id,
    rawId: base64url(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults?.() ?? {},
    response: json,
  };
}

function bytes(/** @type {string} */ text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}

function base64url(/** @type {ArrayBuffer} */ data) {
  const text = Array.from(new Uint8Array(data), (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
