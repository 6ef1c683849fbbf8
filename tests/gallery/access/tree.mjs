// What a screen reader gets of a page, as text: a line for each role with its name and states, in the order in which it is read.

/** The states that are said of a node, where they are not what they mostly are. */
const STATES = ["focused", "level", "checked", "pressed", "expanded", "disabled", "required", "invalid", "busy", "readonly", "live", "atomic"];

/** What a role has by itself. */
const IMPLIED = { alert: ["live", "atomic"], status: ["live", "atomic"] };

/** No more than a container or a part of what its parent says. */
const UNSAID = new Set(["none", "generic", "InlineTextBox", "Section", "LabelText", "RootWebArea", "Slot"]);

/** The lines of a tree, by the nodes of `Accessibility.getFullAXTree`. */
export function linesOf(nodes) {
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  return children(nodes[0], byId, 0, undefined);
}

function children(node, byId, depth, named) {
  return (node.childIds ?? []).flatMap((id) => (byId.has(id) ? lines(byId.get(id), byId, depth, named) : []));
}

function lines(node, byId, depth, named) {
  const role = node.role?.value;
  if (node.ignored || UNSAID.has(role)) return children(node, byId, depth, named);
  const name = (node.name?.value ?? "").replace(/\s+/g, " ").trim();
  if (role === "StaticText") return !name || named?.includes(name) ? [] : [`${"  ".repeat(depth)}text "${name}"`];
  const value = role === "textbox" && node.value?.value ? [`value="${node.value.value}"`] : [];
  const description = node.description?.value ? [`described="${node.description.value.replace(/\s+/g, " ").trim()}"`] : [];
  const line = [role, ...(name ? [`"${name}"`] : []), ...states(node, role), ...value, ...description].join(" ");
  // What is in a field is its value, and what can be selected is the browser's to read.
  const below = role === "textbox" || role === "combobox" ? [] : children(node, byId, depth + 1, name || undefined);
  const [text] = below.length === 1 ? (below[0].match(/(?<=^ *text )".*"$/) ?? []) : [];
  return text && !name ? [`${"  ".repeat(depth)}${line} ${text}`] : [`${"  ".repeat(depth)}${line}`, ...below];
}

function states({ properties = [] }, role) {
  const found = new Map(properties.map(({ name, value }) => [name, value.value]));
  return STATES.flatMap((name) => {
    const value = found.get(name);
    const isUsual = value === undefined || value === false || value === "false" || value === "off" || value === "";
    if (isUsual && !(name === "checked" || name === "pressed") || value === undefined) return [];
    if (IMPLIED[role]?.includes(name)) return [];
    return value === true || value === "true" ? [name] : [`${name}=${value}`];
  });
}
