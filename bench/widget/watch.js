// Runs in a page before anything of its own: sees when the form can be seen and used, and what the main thread was busy with. The same
// in every page.
"use strict";

(() => {
  const NAME = "input:not([type=hidden], [type=password], [type=checkbox], [type=radio])";
  const PASSWORD = "input[type=password]";
  const SETTLED = 400;
  /** The trees that inputs may be in. */
  const roots = [document];
  const longTasks = [];
  let [memories, last] = [[], 0];
  const seen = {};
  const hear = {};
  const signedIn = new Promise((resolve) => (hear.signedIn = resolve));
  const visible = new Promise((resolve) => (hear.visible = resolve));

  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options);
    roots.push(root);
    return root;
  };

  for (const name of ["instantiate", "instantiateStreaming"]) {
    const work = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await work.apply(WebAssembly, given);
      seen.instantiated ??= performance.now();
      const { exports = {} } = made.instance ?? made;
      memories.push(...Object.values(exports).filter((value) => value instanceof WebAssembly.Memory));
      return made;
    };
  }

  const busy = () => (last = performance.now());
  const observe = (type, entry) =>
    new PerformanceObserver((list) => list.getEntries().forEach(entry)).observe({ type, buffered: true });
  observe("longtask", ({ startTime, duration }) => {
    longTasks.push({ start: startTime, millis: duration });
    busy();
  });
  observe("resource", busy);
  observe("layout-shift", ({ value }) => (seen.shift = (seen.shift ?? 0) + value));

  const find = (selector) => roots.map((root) => root.querySelector(selector)).find((input) => input && isSeen(input));

  function isSeen(input) {
    const { width, height } = input.getBoundingClientRect();
    return width > 0 && height > 0 && input.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }

  // Whatever made it visible, markup, script or style sheet, a frame shows it first.
  function look() {
    const input = find(NAME);
    if (!input) return requestAnimationFrame(look);
    seen.visible = performance.now();
    hear.visible(seen.visible);
    input.focus();
  }
  requestAnimationFrame(look);

  addEventListener("input", () => (seen.key ??= performance.now()), true);
  addEventListener("keydown", ({ key, timeStamp }) => {
    seen.firstKey ??= timeStamp;
    if (key === "Enter") seen.submit ??= timeStamp;
  }, true);
  for (const type of ["signed-in", "cognito-login-signed-in"]) {
    addEventListener(type, () => {
      seen.signedIn = performance.now();
      requestAnimationFrame(() => requestAnimationFrame(() => hear.signedIn(seen.signedIn)));
    }, true);
  }

  const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

  window.watched = {
    /** When the name's field was first seen. */
    visible,

    /** When the person was told of the sign-in, two frames after that. */
    signedIn,

    focusName: () => find(NAME).focus(),
    focusPassword: () => find(PASSWORD).focus(),

    /** Whether a key has arrived within that time. */
    async hasKey(millis) {
      for (const end = performance.now() + millis; seen.key === undefined && performance.now() < end; ) await wait(2);
      return seen.key !== undefined;
    },

    /** Waits until the page is loaded and has done nothing noticeable for a while. */
    async settled() {
      busy();
      while (document.readyState !== "complete" || performance.now() - last < SETTLED) await wait(50);
    },

    /** Everything that was seen, with times in milliseconds from the start of the navigation. */
    report() {
      const resources = performance.getEntriesByType("resource").map(({ name, startTime, responseEnd, initiatorType }) => {
        return { name, start: startTime, end: responseEnd, initiatorType };
      });
      const [{ responseEnd }] = performance.getEntriesByType("navigation");
      const wasmBytes = memories.reduce((all, memory) => all + memory.buffer.byteLength, 0);
      return { ...seen, kept: find(NAME)?.value ?? "", longTasks, resources, documentEnd: responseEnd, wasmBytes };
    },
  };
})();
