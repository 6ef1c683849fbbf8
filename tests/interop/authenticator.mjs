// A browser's `navigator.credentials` with one authenticator behind it, of node's own cryptography: just what Amplify calls of it.
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest();
const buffer = (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);

class PublicKeyCredential {
  type = "public-key";
  authenticatorAttachment = "platform";
  constructor(id, response) {
    this.id = id.toString("base64url");
    this.rawId = buffer(id);
    this.response = response;
  }
  getClientExtensionResults = () => ({});
}

class AuthenticatorAttestationResponse {
  constructor(members) {
    Object.assign(this, members);
  }
}

class AuthenticatorAssertionResponse {
  constructor(members) {
    Object.assign(this, members);
  }
}

/** Gives this process what Amplify takes for a browser with passkeys, at an origin. */
export function install(origin) {
  const authenticator = new Authenticator(origin);
  const classes = { PublicKeyCredential, AuthenticatorAttestationResponse, AuthenticatorAssertionResponse };
  // Amplify listens for other tabs as well.
  const listeners = { addEventListener() {}, removeEventListener() {} };
  const window = { document: {}, isSecureContext: true, PublicKeyCredential, ...listeners };
  Object.assign(globalThis, classes, { window });
  // Node has one from version 21 on.
  globalThis.navigator ??= { userAgent: "node" };
  Object.defineProperty(navigator, "credentials", { value: authenticator, configurable: true });
  return authenticator;
}

class Authenticator {
  #keys = new Map();
  /** What it was asked, newest last. */
  asked = [];

  constructor(origin) {
    this.origin = origin;
  }

  #clientData(type, challenge) {
    const data = { type, challenge: Buffer.from(challenge).toString("base64url"), origin: this.origin, crossOrigin: false };
    return Buffer.from(JSON.stringify(data));
  }

  #data(relyingPartyId, flags, counter) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(relyingPartyId), Buffer.from([flags]), count]);
  }

  async create({ publicKey }) {
    this.asked.push(publicKey);
    const id = randomBytes(16);
    const { privateKey, publicKey: key } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x, y } = key.export({ format: "jwk" });
    const coordinate = (number) => Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(number, "base64url")]);
    // {1: 2, 3: -7, -1: 1, -2: x, -3: y}
    const cose = Buffer.concat([
      Buffer.from("a5010203262001", "hex"),
      Buffer.from([0x21]),
      coordinate(x),
      Buffer.from([0x22]),
      coordinate(y),
    ]);
    const authenticatorData = Buffer.concat([
      this.#data(publicKey.rp.id, 0x45, 1),
      Buffer.alloc(16),
      Buffer.from([0, id.length]),
      id,
      cose,
    ]);
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3, 0x63]),
      Buffer.from("fmt"),
      Buffer.from([0x64]),
      Buffer.from("none"),
      Buffer.from([0x67]),
      Buffer.from("attStmt"),
      Buffer.from([0xa0, 0x68]),
      Buffer.from("authData"),
      Buffer.from([0x58, authenticatorData.length]),
      authenticatorData,
    ]);
    const user = Buffer.from(publicKey.user.id);
    this.#keys.set(id.toString("base64url"), { privateKey, user, counter: 1 });
    const response = new AuthenticatorAttestationResponse({
      clientDataJSON: buffer(this.#clientData("webauthn.create", publicKey.challenge)),
      attestationObject: buffer(attestationObject),
      getTransports: () => ["internal"],
      getPublicKeyAlgorithm: () => -7,
      getAuthenticatorData: () => buffer(authenticatorData),
      getPublicKey: () => buffer(key.export({ format: "der", type: "spki" })),
    });
    return new PublicKeyCredential(id, response);
  }

  async get({ publicKey }) {
    this.asked.push(publicKey);
    const id = publicKey.allowCredentials.map(({ id }) => Buffer.from(id)).find((id) => this.#keys.has(id.toString("base64url")));
    const passkey = this.#keys.get(id.toString("base64url"));
    passkey.counter += 1;
    const authenticatorData = this.#data(publicKey.rpId, 5, passkey.counter);
    const clientData = this.#clientData("webauthn.get", publicKey.challenge);
    const response = new AuthenticatorAssertionResponse({
      clientDataJSON: buffer(clientData),
      authenticatorData: buffer(authenticatorData),
      signature: buffer(sign("sha256", Buffer.concat([authenticatorData, sha256(clientData)]), passkey.privateKey)),
      userHandle: buffer(passkey.user),
    });
    return new PublicKeyCredential(id, response);
  }
}
