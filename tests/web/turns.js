// Served into the test page: who has the page's thread, task by task.

const { postMessage } = MessagePort.prototype;

/** Takes every turn that it gets, by messages to itself: calls back, and counts. */
globalThis.takingTurns = (each = () => {}) => {
  let taken = 0;
  const { port1, port2 } = new MessageChannel();
  const ask = () => postMessage.call(port2, null);
  port1.onmessage = () => {
    taken += 1;
    each();
    ask();
  };
  ask();
  return { taken: () => taken, end: () => port1.close() };
};

/** Counts the turns that all others ask for in the same way, from now on. */
globalThis.countingTurns = () => {
  let asked = 0;
  MessagePort.prototype.postMessage = function (...message) {
    asked += 1;
    return postMessage.apply(this, message);
  };
  return () => asked;
};

/** Calls back with the name of each operation, before it is asked for. */
globalThis.beforeEachCall = (told) => {
  const { fetch } = window;
  window.fetch = (url, init) => {
    const target = new Headers(init?.headers).get("x-amz-target");
    if (target) told(target.split(".").pop());
    return fetch(url, init);
  };
};
