// What the local pool says while real elements are led to the states of the gallery, as transcripts hold it.
import { openBrowser } from "../browser/browser.mjs";
import { startPool } from "../browser/pool.mjs";
import { serveGallery } from "./site.mjs";
import { groups } from "./states.mjs";

/** So many browsers and pools at a time; more only slow each other down. */
const PLACES = 2;

/** Records every state for which the pool is asked, each with a pool that is as at the start: `{ group: { state: [{ operation, status, body }] } }`. */
export async function record() {
  const waiting = groups.flatMap(({ states }) => states).filter(({ steps, asksPool = true }) => steps && asksPool);
  const recorded = new Map();
  await Promise.all(
    Array.from({ length: PLACES }, async () => {
      const studio = await openStudio();
      try {
        for (let state = waiting.shift(); state; state = waiting.shift()) recorded.set(state, await studio.record(state.id));
      } finally {
        // The others need not go on where one has failed.
        waiting.length = 0;
        await studio.close();
      }
    }),
  );
  const ofGroup = ({ states }) => states.map((state) => [state.id, recorded.get(state) ?? []]).filter(([, said]) => said.length > 0);
  return Object.fromEntries(groups.map((group) => [group.name, Object.fromEntries(ofGroup(group))]));
}

/** A pool, the gallery's pages in front of it, and a browser. */
async function openStudio() {
  const pool = await startPool();
  const site = await serveGallery({ pool: pool.url });
  const browser = await openBrowser();
  return {
    async record(id) {
      await fetch(`${pool.url}/local/reset`, { method: "POST" });
      await browser.open(`${site.url}/gallery/state.html?state=${id}&record`);
      const exchanges = await browser.run(exchangesOfPage);
      return exchanges.map((exchange) => stripped(exchange, pool.url));
    },
    async close() {
      await browser.close();
      site.close();
      pool.stop();
    },
  };
}

/** A transcript as its file has it: a line an exchange. */
export function text(recording) {
  const states = Object.entries(recording).map(([id, exchanges]) => {
    const lines = exchanges.map((exchange) => `    ${JSON.stringify(exchange)}`);
    return `  ${JSON.stringify(id)}: [\n${lines.join(",\n")}\n  ]`;
  });
  return states.length > 0 ? `{\n${states.join(",\n")}\n}\n` : "{}\n";
}

/** Runs in the page. */
async function exchangesOfPage() {
  const { dataset } = document.documentElement;
  while (!["ready", "failed"].includes(dataset.state)) await new Promise((resolve) => setTimeout(resolve, 5));
  if (dataset.state === "failed") throw new Error(`${location.search} ${document.getElementById("failure").textContent}`);
  return window.exchanges;
}

/**
 * What is another at every recording is written as one and the same text, so that a new recording of the same replies has the same
 * bytes; of tokens the claims are kept alone, which the widget reads. Nothing in a transcript opens anything.
 */
function stripped({ operation, status, body }, poolUrl) {
  return { operation, status, body: JSON.parse(JSON.stringify(body, strip).replaceAll(poolUrl, "http://127.0.0.1:9229"), sorted) };
}

/** The order of an object's members is nobody's promise, and the pool's is another with other features of its crates. */
function sorted(_key, value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

const FIXED = {
  Session: "session",
  SECRET_BLOCK: "c2VjcmV0IGJsb2Nr",
  SALT: "1",
  SRP_B: "2",
  SecretCode: "JRXWGYLMKBXW63CUN52HAU3FMNZGK5CGN5ZEK6DBNVYGYZLTFYXA",
  RefreshToken: "refresh token",
  DeviceGroupKey: "-AbCdEfGh",
  challenge: "Y2hhbGxlbmdl",
};

const CLAIMS = ["iss", "sub", "token_use", "aud", "client_id", "username", "cognito:username", "auth_time", "iat", "exp", "device_key"];

/** The second that every replay takes place in. */
const REPLAYED_SECS = Date.UTC(2026, 0, 5, 9, 30, 5) / 1000;

/** What a browser calls itself. */
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function strip(key, value) {
  // In seconds; the replay's time stands still.
  if (/^Device.*Date$/.test(key)) return REPLAYED_SECS;
  // WebAuthn's handle of a user.
  if (key === "user" && value?.displayName) return { ...value, id: "dXNlciBoYW5kbGU" };
  if (value?.Name === "device_name") return { ...value, Value: BROWSER };
  if (FIXED[key] && typeof value === "string") return FIXED[key];
  if (["AccessToken", "IdToken"].includes(key) && typeof value === "string") return claims(value);
  return typeof value === "string" ? value.replaceAll(UUID, "00000000-0000-4000-8000-000000000000") : value;
}

/** The claims of a token, with times in seconds from its issue, to the minute. */
function claims(token) {
  const all = JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
  const time = (name) => [name, Math.round((all[name] - all.iat) / 60) * 60];
  const kept = CLAIMS.filter((name) => name in all);
  return Object.fromEntries(kept.map((name) => (typeof all[name] === "number" ? time(name) : [name, all[name]])));
}
