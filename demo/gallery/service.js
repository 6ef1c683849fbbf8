// The service as the gallery has it: recorded replies in the place of the network, or, to record them, the local pool.

const TARGET = "x-amz-target";

/** The second that every replay takes place in; time stands still, so that countdowns and codes are always the same. */
const NOW = Date.UTC(2026, 0, 5, 9, 30, 5);

/** Longer timers end challenges and requests, which are to stay as long as somebody looks at them. */
const LONGEST_TIMER = 60_000;

/** What every service does: it can be told what to answer, and the page's clock is its own. */
class Service {
  #told = new Map();
  #advanced = 0;

  constructor(replies) {
    this.replies = replies;
    const now = Date.now;
    Date.now = () => this.now(now) + this.#advanced;
    const { fetch } = window;
    this.network = (...given) => fetch.apply(window, given);
    window.fetch = (url, init) => {
      const target = new Headers(init?.headers).get(TARGET);
      return target ? this.#answer(target.split(".").at(-1), url, init) : this.network(url, init);
    };
  }

  /** Answers the next call of an operation with one of replies.json, whatever the service would have said. */
  tell(operation, name) {
    const reply = this.replies[name];
    if (!reply) throw new Error(`replies.json has no "${name}"`);
    this.#told.set(operation, reply);
  }

  /** Lets so many seconds go by. */
  async advance(seconds) {
    this.#advanced += seconds * 1000;
  }

  async #answer(operation, url, init) {
    const told = this.#told.get(operation);
    this.#told.delete(operation);
    if (!told) return this.reply(operation, url, init);
    if (told.never) return new Promise(() => {});
    if (told.unreachable) throw new TypeError("the service cannot be reached");
    return response(told.status, told.text ?? JSON.stringify(told.body));
  }
}

/** Answers what was recorded, each reply once and in the order of the recording. */
export class Replay extends Service {
  constructor(replies, recorded) {
    super(replies);
    this.recorded = [...recorded];
    const { setTimeout } = window;
    window.setTimeout = (work, millis, ...given) => (millis >= LONGEST_TIMER ? 0 : setTimeout(work, millis, ...given));
  }

  now() {
    return NOW;
  }

  /** Nobody reads the codes that are typed. */
  async mailedCode() {
    return "123456";
  }

  reply(operation) {
    const index = this.recorded.findIndex((one) => one.operation === operation);
    if (index < 0) throw new Error(`no reply to ${operation} is recorded; record again: cargo xtask gallery`);
    const [{ status, body }] = this.recorded.splice(index, 1);
    return response(status, JSON.stringify(withTokens(body)));
  }
}

/** Asks the local pool, which answers below `service/` of this site, and keeps what it says. */
export class Recorder extends Service {
  exchanges = [];

  now(now) {
    return now();
  }

  async advance(seconds) {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ advanceSeconds: seconds });
    await this.network("service/local/clock", { method: "POST", headers, body });
    await super.advance(seconds);
  }

  async mailedCode(to) {
    const messages = await (await this.network(`service/local/inbox?to=${encodeURIComponent(to)}`)).json();
    return messages[0]?.code;
  }

  async reply(operation, url, init) {
    const reply = await this.network(url, init);
    const text = await reply.clone().text();
    this.exchanges.push({ operation, status: reply.status, body: text === "" ? {} : JSON.parse(text) });
    return reply;
  }
}

function response(status, text) {
  const date = new Date(Date.now()).toUTCString();
  return new Response(text, { status, headers: { "content-type": "application/x-amz-json-1.1", date } });
}

/** A recording has the claims of a token in its place, with times in seconds from the sign-in. */
function withTokens(body) {
  const result = body.AuthenticationResult;
  if (!result) return body;
  const names = ["AccessToken", "IdToken"].filter((name) => result[name]);
  const tokens = names.map((name) => [name, unsigned(result[name])]);
  return { ...body, AuthenticationResult: { ...result, ...Object.fromEntries(tokens) } };
}

/** A token with these claims that nobody has signed. */
function unsigned(claims) {
  const now = Math.floor(Date.now() / 1000);
  const times = ["auth_time", "iat", "exp"].map((name) => [name, now + claims[name]]);
  const text = JSON.stringify({ ...claims, ...Object.fromEntries(times) });
  const base64 = btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  return `e30.${base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}.`;
}
