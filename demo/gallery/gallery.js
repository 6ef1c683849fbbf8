// The list of all screens, and the states of one of them, each in a frame of its own: `#sign-up`, or for one state
// `#sign-up/sign-up-weak`.
import { make, byId } from "./dom.js";
import { loadGallery } from "./states.js";

const { languages, groups } = await loadGallery();
const query = new URLSearchParams(location.search);

// --- What all frames look like

const looks = ["lang", "theme", "width"];

/** What was chosen, in the address, so that a link shows the same. */
const look = () => Object.fromEntries(looks.map((name) => [name, byId(name).value]));

const nameOf = (tag) => new Intl.DisplayNames([tag], { type: "language" }).of(tag);

byId("lang").append(...languages.map((tag) => make("option", { value: tag, lang: tag }, nameOf(tag))));

for (const name of looks) {
  const select = byId(name);
  const given = query.get(name) ?? { width: innerWidth < 600 ? "320" : "440" }[name];
  if ([...select.options].some(({ value }) => value === given)) select.value = given;
  select.addEventListener("change", () => {
    query.set(name, select.value);
    history.replaceState(null, "", `?${query}${location.hash}`);
    dress();
  });
}

/** Changes the frames that are there; what their elements show stays. */
function dress() {
  const { theme, width } = look();
  document.documentElement.dataset.theme = theme;
  byId("states").dataset.width = width;
  for (const frame of frames()) frame.contentWindow?.postMessage(look(), location.origin);
  for (const link of document.querySelectorAll("a[data-state]")) link.href = address(link.dataset.state);
  for (const link of byId("screens").querySelectorAll("a")) link.href = location.pathname + location.search + link.hash;
}

const frames = () => [...byId("states").querySelectorAll("iframe")];

const address = (id) => `state.html?${new URLSearchParams({ state: id, lang: look().lang, theme: look().theme })}`;

// --- The screens

byId("screens").append(
  ...groups.map(({ name, states }) =>
    make("li", {}, make("a", { href: `#${name}` }, make("span", {}, name), " ", make("small", {}, String(states.length)))),
  ),
);

/** The screen that the address names; the first form where it names none. */
function chosen() {
  const [named] = decodeURIComponent(location.hash.slice(1)).split("/");
  return groups.find(({ name }) => name === named) ?? groups.find(({ name }) => name === "sign-in");
}

let shown;
let isArriving;

function show() {
  const group = chosen();
  for (const link of byId("screens").querySelectorAll("a")) {
    const isShown = link.hash === `#${group.name}`;
    link.ariaCurrent = isShown ? "page" : null;
    if (isShown) link.scrollIntoView({ block: "nearest", inline: "center" });
  }
  document.title = `${group.name} · Gallery · cognito-login`;
  byId("name").textContent = group.name;
  byId("about").textContent = group.about;
  if (shown !== group) {
    near.disconnect();
    byId("states").replaceChildren(...group.states.map(figure));
    for (const frame of frames()) near.observe(frame);
  }
  shown = group;
  dress();
  isArriving = true;
  arrive();
}

/** Brings the state that the address names into view, and again when frames above it grow, until the person goes elsewhere. */
function arrive() {
  if (isArriving) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

for (const type of ["wheel", "touchstart", "pointerdown", "keydown"]) {
  addEventListener(type, () => (isArriving = false), { passive: true });
}

/** A state with its frame, which is empty yet. */
function figure({ id, group, title, notice, after }) {
  const frame = make("iframe", { title: `${title} (${id})` });
  frame.dataset.begins = id;
  const alone = make("a", { href: address(id), ariaLabel: `Open alone: ${title}` }, "Open alone");
  alone.dataset.state = id;
  const begins = after && make("span", {}, "after ", make("a", { href: `#${groupOf(after).name}/${after}` }, after));
  const facts = make("span", { className: "facts" }, notice && make("code", {}, notice), begins, alone);
  return make("figure", { id: `${group}/${id}` }, make("figcaption", {}, make("strong", {}, title), facts), frame);
}

const groupOf = (id) => groups.find(({ states }) => states.some((state) => state.id === id));

// --- Frames begin when they come near what is seen, those in the middle first, and a few at a time: each starts a widget

const AT_ONCE = 3;

const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) target.toggleAttribute("data-near", isIntersecting);
    begin();
  },
  { rootMargin: "50%" },
);

function begin() {
  const underWay = frames().filter(({ dataset }) => !dataset.begins && !dataset.state).length;
  const waiting = frames().filter(({ dataset }) => dataset.begins && "near" in dataset);
  const distance = (frame) => Math.abs(frame.getBoundingClientRect().top - innerHeight / 2);
  waiting.sort((a, b) => distance(a) - distance(b));
  for (const frame of waiting.slice(0, Math.max(0, AT_ONCE - underWay))) {
    frame.src = address(frame.dataset.begins);
    delete frame.dataset.begins;
  }
}

// --- What the frames tell: how high they are, and how far they got

addEventListener("message", ({ origin, source, data }) => {
  const frame = frames().find(({ contentWindow }) => contentWindow === source);
  if (origin !== location.origin || !frame) return;
  if (data.height) {
    frame.height = Math.ceil(data.height);
    arrive();
  }
  if (data.state) {
    frame.dataset.state = data.state;
    begin();
  }
  // It may have begun before the look was changed last.
  if (data.state === "ready") source.postMessage(look(), location.origin);
});

addEventListener("hashchange", () => {
  const before = shown;
  show();
  if (shown === before) return;
  byId("main").focus({ preventScroll: true });
  if (location.hash === `#${shown.name}`) scrollTo({ top: 0 });
});

show();
