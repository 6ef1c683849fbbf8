// The code that an authenticator app shows (RFC 6238), for the setup key that is on the screen.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export async function totp(base32, seconds) {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(seconds / 30)));
  const key = await crypto.subtle.importKey("raw", bytes(base32), { name: "HMAC", hash: "SHA-1" }, false, ["sign"]);
  const mac = new DataView(await crypto.subtle.sign("HMAC", key, counter));
  const offset = mac.getUint8(19) & 15;
  return String((mac.getUint32(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

function bytes(base32) {
  const bits = [...base32].map((char) => ALPHABET.indexOf(char).toString(2).padStart(5, "0")).join("");
  return Uint8Array.from(bits.match(/.{8}/g), (byte) => parseInt(byte, 2));
}
