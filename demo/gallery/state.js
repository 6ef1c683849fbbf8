// One state of the widget: `state.html?state=email-code-wrong&lang=ja&theme=dark`. The element is led there in English, in which its
// fields and buttons are named, and then takes on language and theme. `<html data-state>` becomes `ready` or `failed`.
import { Player } from "./player.js";
import { Recorder, Replay } from "./service.js";
import { loadStates, wayTo } from "./states.js";

const root = document.documentElement;
const place = document.getElementById("place");
const query = new URLSearchParams(location.search);
const isFramed = parent !== window;

/** Shows a language and a theme; resolves when the widget does. */
async function dress(element, { lang, theme }) {
  root.lang = lang;
  root.dataset.theme = theme;
  element.setAttribute("theme", theme);
  const widget = () => element.shadowRoot.querySelector(".cognito-login");
  // What is wrong with the attributes is told to developers, in English and without a theme.
  const isDrawn = () => !widget().querySelector("section").dataset.screen || (widget().lang === lang && widget().dataset.theme === theme);
  while (!isDrawn()) await new Promise(requestAnimationFrame);
}

async function show() {
  const { states, replies } = await loadStates();
  const way = wayTo(states, query.get("state"));
  const service = query.has("record") ? new Recorder(replies) : new Replay(replies, await recorded(way));
  await import("../cognito-login.js");
  const player = new Player(service, place);
  let before = 0;
  await player.play(way, (state) => {
    if (state !== way.at(-1)) before = service.exchanges?.length;
  });
  // For whoever records: what was said on the last part of the way.
  window.exchanges = service.exchanges?.slice(before);
  const look = { lang: query.get("lang") ?? "en", theme: query.get("theme") ?? "auto" };
  await dress(player.element, look);
  document.title = `${way.at(-1).title} · ${way.at(-1).screen ?? ""}`;
  addEventListener("message", async ({ origin, data }) => {
    if (origin !== location.origin) return;
    root.dataset.state = "changing";
    await dress(player.element, data);
    root.dataset.state = "ready";
  });
}

/** The recorded replies of a way, in their order. */
async function recorded(way) {
  const groups = [...new Set(way.map(({ group }) => group))];
  const load = async (group) => (await fetch(new URL(`transcripts/${group}.json`, import.meta.url))).json();
  const files = new Map(await Promise.all(groups.map(async (group) => [group, await load(group)])));
  return way.flatMap(({ id, group }) => files.get(group)[id] ?? []);
}

if (isFramed) {
  // A frame takes no focus from the page around it, and tells it how high it is.
  HTMLElement.prototype.focus = () => {};
  new ResizeObserver(() => parent.postMessage({ height: root.querySelector("body").scrollHeight }, location.origin)).observe(document.body);
}

try {
  await show();
  root.dataset.state = "ready";
} catch (error) {
  const failure = document.getElementById("failure");
  failure.textContent = error.message;
  failure.hidden = false;
  root.dataset.state = "failed";
  console.error(error);
}
if (isFramed) parent.postMessage({ state: root.dataset.state }, location.origin);
