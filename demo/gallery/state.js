// One state of the widget: `state.html?state=email-code-wrong&lang=ja&theme=dark`. The element is led there in English,
// in which its fields and buttons are named, and then takes on language and theme. With `shadow=none` it draws in the page's own
// tree. `<html data-state>` becomes `ready` or `failed`.
import { Player } from "./player.js";
import { Recorder, Replay } from "./service.js";
import { loadTranscript, loadWay } from "./states.js";

const root = document.documentElement;
const place = document.getElementById("place");
const query = new URLSearchParams(location.search);
const isFramed = parent !== window;

/** The look that was asked for last. */
let wanted;

/** Shows a language and a theme; resolves when the widget does, or something else was asked for. */
async function dress({ element, root: tree }, look) {
  wanted = look;
  root.dataset.state = "dressing";
  root.lang = look.lang;
  root.dataset.theme = look.theme;
  element.setAttribute("theme", look.theme);
  const isDressed = () => {
    const widget = tree.querySelector(".cognito-login");
    // What is wrong with the attributes is told to developers, in English and without a theme.
    const isForDevelopers = !widget.querySelector("section").dataset.screen;
    return isForDevelopers || (widget.lang === look.lang && widget.dataset.theme === look.theme);
  };
  while (wanted === look && !isDressed()) await new Promise((resolve) => setTimeout(resolve, 5));
  if (wanted === look) root.dataset.state = "ready";
}

async function show() {
  const { languages, way, replies } = await loadWay(query.get("state") ?? "");
  const service = query.has("record") ? new Recorder(replies) : new Replay(replies, await loadTranscript(way));
  await import("../cognito-login.js");
  const player = new Player(service, place, query.get("shadow"));
  let before = 0;
  await player.play(way, (state) => {
    if (state !== way.at(-1)) before = service.exchanges?.length;
  });
  // For whoever records: what was said on the last part of the way.
  window.exchanges = service.exchanges?.slice(before);
  const [lang, theme] = [query.get("lang"), query.get("theme") ?? "auto"];
  await dress(player, { lang: languages.includes(lang) ? lang : languages[0], theme });
  document.title = `${way.at(-1).title} · ${way.at(-1).group}`;
  addEventListener("message", ({ origin, data }) => {
    if (origin === location.origin) dress(player, data);
  });
}

if (isFramed) {
  // A frame takes no focus from the page around it, and tells it how high it is.
  HTMLElement.prototype.focus = () => {};
  const tell = () => parent.postMessage({ height: document.body.scrollHeight }, location.origin);
  new ResizeObserver(tell).observe(document.body);
}

try {
  await show();
} catch (error) {
  const failure = document.getElementById("failure");
  failure.textContent = error.message;
  failure.hidden = false;
  root.dataset.state = "failed";
  console.error(error);
}
if (isFramed) parent.postMessage({ state: root.dataset.state }, location.origin);
