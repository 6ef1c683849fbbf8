// The states of the gallery: which there are, and what leads to each. states.json lists the groups, a file of states/ has
// a group's states, and replies.json has what the service is made to say.

/** Reads a file of the gallery, as JSON. @typedef {(name: string) => Promise<any>} Read */

/** @type {Read} */
const fetched = async (name) => (await fetch(new URL(name, import.meta.url))).json();

/** Everything, for the page that lists it and for the tests. */
export async function loadGallery(read = fetched) {
  const { languages, groups: names } = await read("states.json");
  const replies = await read("replies.json");
  const groups = await Promise.all(names.map((name) => loadGroup(name, replies, read)));
  return { languages, groups };
}

/** What leads to a state: the states that it comes after, from the first one on, and itself; and what it takes to show it. */
export async function loadWay(id) {
  const [{ languages, groups: names }, replies] = await Promise.all([fetched("states.json"), fetched("replies.json")]);
  const way = [];
  for (let next = id; next; next = way[0].after) {
    const { states } = await loadGroup(groupName(names, next), replies, fetched);
    const state = states.find((state) => state.id === next);
    if (!state) throw new Error(`there is no state "${next}"`);
    way.unshift(state);
  }
  return { languages, way, replies };
}

/** What the pool said on a way, in its order. */
export async function loadTranscript(way) {
  const parts = way.map(async ({ id, group }) => (await fetched(`transcripts/${group}.json`))[id] ?? []);
  return (await Promise.all(parts)).flat();
}

/** The id of a state begins with the name of its group. */
function groupName(names, id) {
  const name = names.find((name) => id === name || id.startsWith(`${name}-`));
  if (!name) throw new Error(`there is no state "${id}"`);
  return name;
}

async function loadGroup(name, replies, read) {
  const { screen, about, states, failing } = await read(`states/${name}.json`);
  const all = [...Object.entries(states), ...(failing ? failures(name, failing, replies) : [])];
  return { name, about, states: all.map(([id, state]) => ({ screen, ...state, id, group: name })) };
}

/** The states of what may come of one call: the same steps, and another reply each time. The pool is asked for none. */
function failures(group, { calls, steps, replies: names, ...rest }, replies) {
  return names.map((name) => {
    const { title, notice, busy } = replies[name];
    const state = { ...rest, title, notice, busy, steps: [{ reply: { [calls]: name } }, ...steps], asksPool: false };
    return [`${group}-${name}`, state];
  });
}
