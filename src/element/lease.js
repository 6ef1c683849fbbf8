// The right to refresh where the browser has no Web Locks, as on pages over plain http: a lease in `localStorage`, with an owner and an
// end. It is loaded where it is needed. It has that part of `navigator.locks` which the WebAssembly uses.
//
// A lease is good as long as a store is: writes of two tabs in the same moment are told apart by looking again a little later. A tab that
// crashed keeps its lease to its end, a tab that was frozen finds that another has it, and an end too far off, as after a change of the
// clock, is none. Where the store refuses, the elements of the page still take turns.
// @ts-check

/**
 * @typedef {{ owner: string, ends: number }} Lease
 * @typedef {{ getItem(key: string): string | null, setItem(key: string, value: string): void, removeItem(key: string): void }} Store
 */

/** How long a lease lasts, in milliseconds: longer than a request may take. */
const LEASE = 35_000;

/** How long after a write to look whether it has lasted: more than twice what a write takes to reach other tabs. */
const SETTLE = 150;

/** How long to wait before looking again whether a lease is over. */
const PAUSE = 100;

/** Elements of one page take turns by this, which no other tab reaches. @type {Map<string, string>} */
const inPage = new Map();
/** @type {Store} */
const pageStore = {
  getItem: (key) => inPage.get(key) ?? null,
  setItem: (key, value) => void inPage.set(key, value),
  removeItem: (key) => void inPage.delete(key),
};

/**
 * Locks of one page.
 * @param {() => Store | null | undefined} shared gives what all tabs share; may throw
 */
export function locksIn(shared) {
  return {
    /**
     * As `navigator.locks.request()`, with the option `ofPage` for what no other tab shares.
     * @param {string} name
     * @param {{ signal?: AbortSignal, ofPage?: boolean }} options
     * @param {() => unknown} granted the lock is held until what comes back is settled
     */
    async request(name, { signal, ofPage }, granted) {
      const key = `cognito-login.lease.${name}`;
      const owner = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");
      const store = await take((!ofPage && usable(shared, key)) || pageStore, key, owner, signal);
      const release = () => {
        // Another tab's lease is not this one's to end.
        if (read(store, key)?.owner === owner) attempt(() => store.removeItem(key));
      };
      globalThis.addEventListener?.("pagehide", release);
      try {
        return await granted();
      } finally {
        globalThis.removeEventListener?.("pagehide", release);
        release();
      }
    },
  };
}

/** Waits until the lease is this owner's, and answers with where it is; rejects when the signal says so. */
async function take(/** @type {Store} */ store, /** @type {string} */ key, /** @type {string} */ owner, /** @type {AbortSignal | undefined} */ signal) {
  for (;;) {
    signal?.throwIfAborted();
    if (read(store, key)) {
      // A random part, so that those who wait do not all write in one moment.
      await pause(PAUSE + Math.random() * PAUSE);
      continue;
    }
    const lease = JSON.stringify({ owner, ends: Date.now() + LEASE });
    if (!attempt(() => store.setItem(key, lease))) {
      store = pageStore;
      continue;
    }
    if (store !== pageStore) await pause(SETTLE);
    if (read(store, key)?.owner !== owner) continue;
    if (signal?.aborted) {
      attempt(() => store.removeItem(key));
      signal.throwIfAborted();
    }
    return store;
  }
}

/** The lease that is in force. @returns {Lease | undefined} */
function read(/** @type {Store} */ store, /** @type {string} */ key) {
  try {
    const lease = JSON.parse(store.getItem(key) ?? "null");
    const left = lease.ends - Date.now();
    // Nobody writes one that lasts longer: then the clock was changed.
    return typeof lease.owner === "string" && left > 0 && left <= LEASE ? lease : undefined;
  } catch {
    return undefined;
  }
}

/** What tabs share, where it takes what is written. */
function usable(/** @type {() => Store | null | undefined} */ shared, /** @type {string} */ key) {
  try {
    const store = shared();
    store?.getItem(key);
    return store;
  } catch {
    return undefined;
  }
}

function attempt(/** @type {() => void} */ work) {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

function pause(/** @type {number} */ millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

/** The locks of this page. */
export const locks = locksIn(() => globalThis.localStorage);
