// What the local pool tells of itself: its people and its inbox. Only a demo has this; a real pool has neither.

/** Reads a list; `undefined` where the pool does not answer. */
async function list(endpoint, path) {
  try {
    const response = await fetch(new URL(path, endpoint));
    if (!response.ok) return undefined;
    const answer = await response.json();
    return Array.isArray(answer) ? answer : (answer.users ?? answer.messages ?? []);
  } catch {
    return undefined;
  }
}

export const users = (endpoint) => list(endpoint, "/local/users");

export const inbox = (endpoint) => list(endpoint, "/local/inbox");

/** Calls at once and then every few seconds, as long as somebody can see the page. */
export function poll(seconds, work) {
  const look = () => {
    if (!document.hidden) work();
  };
  document.addEventListener("visibilitychange", look);
  setInterval(look, seconds * 1000);
  work();
}
