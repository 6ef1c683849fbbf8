// The states of the gallery, as states.json and replies.json have them: which there are, and what leads to each.

const json = async (name) => (await fetch(new URL(name, import.meta.url))).json();

/** What both files say; `screens` are the groups of the gallery in their order, each with all of its states. */
export async function loadStates() {
  const [{ languages, screens }, replies] = await Promise.all([json("states.json"), json("replies.json")]);
  return expanded(languages, screens, replies);
}

/** The same of the files' contents, for whoever has no `fetch`. */
export function expanded(languages, screens, replies) {
  const groups = screens.map((group) => {
    const name = group.screen ?? "configuration";
    const states = [...written(group), ...failing(group, replies)].map((state) => ({ screen: group.screen, ...state, group: name }));
    return { name, about: group.about, states };
  });
  const states = new Map(groups.flatMap((group) => group.states).map((state) => [state.id, state]));
  return { languages, replies, groups, states };
}

/** The states that are written down one by one. */
function written({ states }) {
  return Object.entries(states).map(([id, state]) => ({ ...state, id }));
}

/** The states of what may come of one call: the same steps, and another reply each time. */
function failing({ screen, failing }, replies) {
  if (!failing) return [];
  const { calls, steps, replies: names, ...state } = failing;
  return names.map((name) => {
    const { title, notice, busy } = replies[name];
    return { ...state, title, notice, busy, id: `${screen}-${name}`, steps: [{ reply: { [calls]: name } }, ...steps] };
  });
}

/** What leads to a state: the states that it comes after, from the first one on, and itself. */
export function wayTo(states, id) {
  const state = states.get(id);
  if (!state) throw new Error(`there is no state "${id}"`);
  return state.after ? [...wayTo(states, state.after), state] : [state];
}
