// An element's `storageAdapter`: what mirrors it is a file of its own, which is loaded with the first adapter of a page.
// @ts-check

/**
 * @typedef {import("./storage-mirror.js").Mirror} Mirror
 * @typedef {{ failed(message: string): void, changed(): void }} Watcher
 */

export class PageStore {
  /** What was asked for last, and may still be on its way. @type {{ adapter: unknown, prefix: string } | undefined} */
  #wanted;
  /** @type {Mirror | undefined} */
  #mirror;
  /** What the WebAssembly is given: the mirror, or what is no adapter, which it refuses in words. @type {unknown} */
  option;
  #stopWatching = () => {};
  #isTold = false;
  /** @type {Watcher} */
  #watcher;

  /** `watcher` hears once that the adapter has failed, and whenever another tab has changed what it holds. */
  constructor(/** @type {Watcher} */ watcher) {
    this.#watcher = watcher;
  }

  /**
   * Takes to an adapter and the keys of an app client, once what it holds was read; until then what was before stays.
   * @returns {Promise<boolean>} whether that is something else than before
   */
  async follow(/** @type {unknown} */ adapter, /** @type {string} */ clientId) {
    const prefix = `CognitoIdentityServiceProvider.${clientId}`;
    if (adapter === this.#wanted?.adapter && (!adapter || prefix === this.#wanted?.prefix)) return false;
    const wanted = (this.#wanted = { adapter, prefix });
    /** @type {Mirror | undefined} */
    let mirror;
    let option = adapter;
    if (adapter) {
      try {
        const { mirrorOf } = await import("./storage-mirror.js");
        mirror = mirrorOf(adapter);
        option = mirror ?? adapter;
      } catch (cause) {
        if (this.#wanted === wanted) this.#wanted = undefined;
        throw new Error(`storage-mirror.js of the package, which storageAdapter needs: ${cause}`, { cause });
      }
      await mirror?.reread(prefix);
    }
    if (wanted !== this.#wanted) return false;
    this.#stopWatching();
    this.#mirror = mirror;
    this.option = option;
    this.#stopWatching = mirror?.watch({ failed: (message) => this.#tell(message), changed: this.#watcher.changed }) ?? (() => {});
    return true;
  }

  /** Reads anew what the adapter holds. */
  async reread() {
    if (this.#wanted) await this.#mirror?.reread(this.#wanted.prefix);
  }

  /** Resolves when the adapter has done all that it was asked to; `undefined` where it has already. */
  settling() {
    return this.#mirror?.settling();
  }

  /** The element leaves the page. */
  close() {
    this.#stopWatching();
    this.#wanted = this.#mirror = this.option = undefined;
  }

  #tell(/** @type {string} */ message) {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#watcher.failed(message);
  }
}
