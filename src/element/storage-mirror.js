// The page's `storageAdapter` as a store that answers at once: what the adapter holds of a session is read into a mirror, and what is
// written into the mirror is handed to the adapter, one write after another. It is loaded with the first adapter of a page.
//
// An adapter lists no keys. The mirror knows those of the user who signed in last, those that were read or written before, and, once it is
// asked for them, those of the device of whoever signs in.
// @ts-check

/**
 * @typedef {{
 *   getItem(key: string): unknown,
 *   setItem(key: string, value: string): unknown,
 *   removeItem(key: string): unknown,
 * }} Adapter
 * @typedef {{ failed(message: string): void, changed(prefix: string): void }} Watcher
 */

/** The parts of a key after the user's name: of a session, and of what is remembered of a device. */
const SESSION = ["accessToken", "idToken", "refreshToken", "clockDrift", "signInDetails", "userData", "oauthMetadata"];
const DEVICE = ["deviceKey", "deviceGroupKey", "randomPasswordKey"];

/** Whoever has a longer name is nobody: the service takes none. */
const MAX_NAME = 2048;

/** An adapter that has not answered after so many milliseconds does not answer. */
const TIMEOUT = 5000;

/** Elements with one adapter have one mirror. @type {WeakMap<object, Mirror>} */
const mirrors = new WeakMap();

/** The mirror of an adapter; `undefined` where it is none. */
export function mirrorOf(/** @type {unknown} */ adapter) {
  const methods = /** @type {Record<string, unknown> | null | undefined} */ (adapter);
  if (Object(methods) !== methods) return undefined;
  if (!["getItem", "setItem", "removeItem"].every((name) => typeof methods?.[name] === "function")) return undefined;
  const known = mirrors.get(/** @type {object} */ (adapter));
  if (known) return known;
  const mirror = new Mirror(/** @type {Adapter} */ (adapter));
  mirrors.set(/** @type {object} */ (adapter), mirror);
  return mirror;
}

/** What `Storage` is for the WebAssembly, with `reread`, `readDevice` and `settling` besides. */
export class Mirror {
  /** @type {Adapter} */
  #adapter;
  /** @type {Map<string, string>} */
  #values = new Map();
  /** Resolves when the adapter has done all that it was asked; never rejects. */
  #idle = Promise.resolve();
  #underWay = 0;
  /** Changes that wait for their turn. */
  #unwritten = 0;
  /** Counts the changes from here: what was read before one of them is older than it. */
  #changes = 0;
  /** Why the adapter is given up; what is kept is kept here alone from then on. @type {string | undefined} */
  #failure;
  /** Resolves when that happens. @type {Promise<void>} */
  #givenUp;
  #resolveGivenUp = () => {};
  /** @type {Set<Watcher>} */
  #watchers = new Set();
  /** The page is left. It goes out of sight after that, and then the widget reads anew: no channel is opened for it. */
  #isAway = false;
  /** Tells other tabs, by the prefix of the keys. @type {Map<string, BroadcastChannel>} */
  #channels = new Map();

  constructor(/** @type {Adapter} */ adapter) {
    this.#adapter = adapter;
    this.#givenUp = new Promise((resolve) => (this.#resolveGivenUp = resolve));
    if (typeof addEventListener !== "function") return;
    // A message to an open channel drops a page from the browser's cache. A page that comes back reads anew anyway; the widget's own
    // listeners, which ask for that, came later than these, and are called after them.
    addEventListener("pagehide", () => ((this.#isAway = true), this.close()), true);
    addEventListener("pageshow", () => (this.#isAway = false), true);
  }

  /** Hears of other tabs no more, until it reads anew. */
  close() {
    for (const channel of this.#channels.values()) channel.close();
    this.#channels.clear();
  }

  /** Hears of failures, the present one included, and of what other tabs change; the function that comes back ends that. */
  watch(/** @type {Watcher} */ watcher) {
    this.#watchers.add(watcher);
    if (this.#failure) watcher.failed(this.#failure);
    return () => void this.#watchers.delete(watcher);
  }

  get length() {
    return this.#values.size;
  }

  key(/** @type {number} */ index) {
    return [...this.#values.keys()][index] ?? null;
  }

  getItem(/** @type {string} */ key) {
    return this.#values.get(key) ?? null;
  }

  setItem(/** @type {string} */ key, /** @type {string} */ value) {
    this.#values.set(key, value);
    this.#change("setItem", key, value);
  }

  removeItem(/** @type {string} */ key) {
    this.#values.delete(key);
    this.#change("removeItem", key);
  }

  #change(/** @type {"setItem" | "removeItem"} */ what, /** @type {string} */ key, value = "") {
    this.#changes += 1;
    this.#unwritten += 1;
    this.#queue(async () => {
      this.#unwritten -= 1;
      // What is removed here may lie there, however it fails.
      if (what === "setItem" && this.#failure) return;
      const failure = await this.#ask(what, key, value);
      if (failure) await this.#giveUp(failure, what === "setItem");
      else if (!this.#unwritten) this.#tellTabs();
    });
  }

  /** Resolves when the adapter has done all that it was asked to; `undefined` where it has already, or does nothing any more. */
  settling() {
    return this.#underWay > 0 && !this.#failure ? Promise.race([this.#idle, this.#givenUp]) : undefined;
  }

  /**
   * Reads what the adapter holds under a prefix, after whatever it was asked before; resolves then, and never rejects.
   * @returns {Promise<void>}
   */
  reread(/** @type {string} */ prefix) {
    this.#listen(prefix);
    return this.#take(async (read) => {
      const last = `${prefix}.LastAuthUser`;
      const user = await read(last);
      const keys = new Set([...this.#values.keys()].filter((key) => key.startsWith(`${prefix}.`) && key !== last));
      for (const key of keysOf(prefix, user, [...SESSION, ...DEVICE])) keys.add(key);
      await Promise.all([...keys].map(read));
    });
  }

  /**
   * Reads what the adapter holds of the device of the user `name`, and of the user whom the key `alias` names; as `reread` otherwise.
   * @returns {Promise<void>}
   */
  readDevice(/** @type {string} */ prefix, /** @type {string} */ name, /** @type {string} */ alias) {
    return this.#take(async (read) => {
      const readKeys = (/** @type {string | null} */ user) => Promise.all(keysOf(prefix, user, DEVICE).map(read));
      const [user] = await Promise.all([read(alias), readKeys(name)]);
      await readKeys(user);
    });
  }

  /** Takes over what `reading` reads, unless something is changed here meanwhile. @returns {Promise<void>} */
  #take(/** @type {(read: (key: string) => Promise<string | null>) => Promise<void>} */ reading) {
    if (this.#failure) return Promise.resolve();
    const changes = this.#changes;
    return this.#queue(async () => {
      if (this.#failure || changes !== this.#changes) return;
      /** @type {Map<string, string | null>} */
      const found = new Map();
      try {
        await reading(async (key) => {
          const value = await this.#read(key);
          found.set(key, value);
          return value;
        });
      } catch (failure) {
        return this.#giveUp(`getItem ${reasonOf(failure)}`, false);
      }
      // What was changed here since then is newer, and on its way to the adapter.
      if (changes !== this.#changes) return;
      for (const [key, value] of found) {
        if (value === null) this.#values.delete(key);
        else this.#values.set(key, value);
      }
    });
  }

  async #read(/** @type {string} */ key) {
    const answer = await inTime(() => this.#adapter.getItem(key));
    if (answer === null || answer === undefined) return null;
    if (typeof answer !== "string") throw new Reason(`answered with ${typeof answer}, not with text or null`);
    return answer;
  }

  /** What went wrong, if anything. @returns {Promise<string | undefined>} */
  async #ask(/** @type {"setItem" | "removeItem"} */ what, /** @type {string} */ key, value = "") {
    try {
      await inTime(() => (what === "setItem" ? this.#adapter.setItem(key, value) : this.#adapter.removeItem(key)));
    } catch (failure) {
      return `${what} ${reasonOf(failure)}`;
    }
  }

  /** From now on this page keeps to itself what it has. `isHalf`: a session was being written, and its parts are of no use to anybody. */
  async #giveUp(/** @type {string} */ why, /** @type {boolean} */ isHalf) {
    if (this.#failure) return;
    this.#failure =
      `storageAdapter: ${why}. The session is kept in the memory of the page, and ends with it; the adapter is used again ` +
      "after the page is loaded anew.";
    this.#resolveGivenUp();
    for (const { failed } of this.#watchers) failed(this.#failure);
    if (!isHalf) return;
    const parts = [...this.#values.keys()].filter((key) => !DEVICE.some((name) => key.endsWith(`.${name}`)));
    await Promise.all(parts.map((key) => this.#ask("removeItem", key)));
  }

  #queue(/** @type {() => Promise<void>} */ work) {
    this.#underWay += 1;
    this.#idle = this.#idle
      .then(work)
      .catch(() => {})
      .finally(() => void (this.#underWay -= 1));
    return this.#idle;
  }

  #listen(/** @type {string} */ prefix) {
    if (this.#isAway || this.#channels.has(prefix) || typeof BroadcastChannel !== "function") return;
    const channel = new BroadcastChannel(`cognito-login.${prefix}`);
    channel.onmessage = async () => {
      await this.reread(prefix);
      for (const { changed } of this.#watchers) changed(prefix);
    };
    this.#channels.set(prefix, channel);
  }

  /** After the last write of those that wait, so that what other tabs read is whole. */
  #tellTabs() {
    for (const channel of this.#channels.values()) channel.postMessage(null);
  }
}

/** The keys of what is kept of a user. */
function keysOf(/** @type {string} */ prefix, /** @type {string | null} */ user, /** @type {string[]} */ names) {
  return user && user.length <= MAX_NAME ? names.map((name) => `${prefix}.${user}.${name}`) : [];
}

/**
 * What a call resolves to; rejects where it throws or rejects, and where it takes too long.
 * @param {() => unknown} call
 */
async function inTime(call) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const tooLate = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Reason(`gave no answer within ${TIMEOUT / 1000} seconds`)), TIMEOUT);
  });
  try {
    return await Promise.race([call(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** Why, in words from here. */
class Reason {
  constructor(/** @type {string} */ words) {
    this.words = words;
  }
}

/** What is told of a failure. An adapter's own message may hold what was written, and is not repeated. */
function reasonOf(/** @type {unknown} */ failure) {
  if (failure instanceof Reason) return failure.words;
  return failure instanceof Error ? `failed: ${failure.name}` : "failed";
}
