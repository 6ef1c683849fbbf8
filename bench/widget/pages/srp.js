// SRP as Cognito has it (docs/cognito.md), over the platform's BigInt and Web Crypto: as short as it gets, and not constant-time.

/** The 3072-bit group of RFC 5054. */
const N = BigInt(
  "0x" +
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437" +
    "4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf05" +
    "98da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b" +
    "e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa051015728e5a8aaac42dad33170d04507a33" +
    "a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7db3970f85a6e1e4c7abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864" +
    "d87602733ec86a64521f2b18177b200cbbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff",
);
const G = 2n;
const encoder = new TextEncoder();

/** The secret `a` and the public `A`. */
export function begin() {
  const secret = number(crypto.getRandomValues(new Uint8Array(128)));
  const value = power(G, secret);
  return { secret, value, publicHex: value.toString(16) };
}

/** The responses to `PASSWORD_VERIFIER`. */
export async function prove(ephemeral, userPoolId, password, { SALT, SRP_B, SECRET_BLOCK, USER_ID_FOR_SRP }) {
  const pool = userPoolId.split("_")[1];
  const [salt, b] = [BigInt(`0x${SALT}`), BigInt(`0x${SRP_B}`)];
  const u = number(await sha256(padded(ephemeral.value), padded(b)));
  const k = number(await sha256(padded(N), padded(G)));
  const x = number(await sha256(padded(salt), await sha256(encoder.encode(`${pool}${USER_ID_FOR_SRP}:${password}`))));
  const base = (((b - k * power(G, x)) % N) + N) % N;
  const shared = power(base, ephemeral.secret + u * x);
  const prk = await hmac(padded(u), padded(shared));
  const key = (await hmac(prk, encoder.encode("Caldera Derived Key\x01"))).slice(0, 16);
  const TIMESTAMP = timestamp(new Date());
  const block = Uint8Array.from(atob(SECRET_BLOCK), (letter) => letter.charCodeAt(0));
  const signature = await hmac(key, join(encoder.encode(pool + USER_ID_FOR_SRP), block, encoder.encode(TIMESTAMP)));
  return {
    USERNAME: USER_ID_FOR_SRP,
    PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
    TIMESTAMP,
    PASSWORD_CLAIM_SIGNATURE: btoa(String.fromCharCode(...signature)),
  };
}

/** By windows of five bits. */
function power(base, exponent) {
  const table = [1n, base % N];
  while (table.length < 32) table.push((table.at(-1) * table[1]) % N);
  let result = 1n;
  for (const digit of exponent.toString(32)) {
    for (let square = 0; square < 5; square += 1) result = (result * result) % N;
    result = (result * table[Number.parseInt(digit, 32)]) % N;
  }
  return result;
}

function number(bytes) {
  return BigInt(`0x${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);
}

/** With a zero byte before a first byte of 0x80 and more. */
function padded(value) {
  let hex = value.toString(16);
  if (hex.length % 2) hex = `0${hex}`;
  if (/^[89a-f]/.test(hex)) hex = `00${hex}`;
  return Uint8Array.from(hex.match(/../g), (byte) => Number.parseInt(byte, 16));
}

function join(...parts) {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
}

async function hmac(bytes, message) {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, message));
}

/** `Tue Sep 9 09:05:03 UTC 2025` */
function timestamp(date) {
  const [weekday, day, month, year, time] = date.toUTCString().replace(",", "").split(" ");
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`;
}
