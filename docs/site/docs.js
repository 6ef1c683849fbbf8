// On every page: the search, the menu, and the buttons that copy code.
import { find } from "./search.js";

const input = document.querySelector("#search");
const list = document.querySelector("#found");
const none = document.querySelector("#found-none");

/** So many results are shown. */
const SHOWN = 12;

/** The index, asked for when somebody is about to search. */
let index;

async function load() {
  const answer = await fetch("search.json");
  if (!answer.ok) throw new Error(`search.json: ${answer.status}`);
  return answer.json();
}

function entries() {
  index ??= load().catch((error) => {
    index = undefined;
    throw error;
  });
  return index;
}

/** What came of the last key; an answer that comes later than the next question is dropped. */
async function search() {
  const query = input.value;
  if (query.trim() === "") return close();
  try {
    const found = find(await entries(), query).slice(0, SHOWN);
    if (input.value === query) show(found);
  } catch {
    say("The search could not be loaded.");
  }
}

function show(found) {
  if (found.length === 0) return say("Nothing has these words.");
  none.hidden = true;
  list.replaceChildren(...found.map(option));
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  select(0);
}

function say(text) {
  close();
  none.textContent = text;
  none.hidden = false;
}

function option({ url, title, page, excerpt }, number) {
  const item = document.createElement("li");
  item.id = `found-${number}`;
  item.role = "option";
  item.dataset.url = url;
  const heading = document.createElement("b");
  heading.textContent = title;
  const about = document.createElement("span");
  about.textContent = title === page ? excerpt : [page, excerpt].filter(Boolean).join(" · ");
  item.append(heading, about);
  return item;
}

function select(number) {
  const options = [...list.children];
  const selected = (number + options.length) % options.length;
  options.forEach((one, at) => one.setAttribute("aria-selected", String(at === selected)));
  options[selected].scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", options[selected].id);
}

function close() {
  list.hidden = true;
  none.hidden = true;
  list.replaceChildren();
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

const selected = () => [...list.children].findIndex((one) => one.getAttribute("aria-selected") === "true");

function go(item) {
  close();
  input.blur();
  location.assign(item.dataset.url);
}

input.closest("search").hidden = false;
input.addEventListener("focus", () => entries().catch(() => {}));
input.addEventListener("input", search);
input.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Escape") close();
  else if (list.hidden) return;
  else if (event.key === "ArrowDown") select(selected() + 1);
  else if (event.key === "ArrowUp") select(selected() - 1);
  else if (event.key === "Enter") go(list.children[selected()]);
  else return;
  event.preventDefault();
});
// Before the input loses its focus, which closes the list.
list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const item = event.target.closest("li");
  if (item) go(item);
});
input.addEventListener("blur", close);

addEventListener("keydown", (event) => {
  const isTyped = event.composedPath().some((target) => target.matches?.("input, textarea, select"));
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyped) return;
  event.preventDefault();
  input.focus();
});

// The menu is longer than most windows: the page that one is on is in sight there.
const current = document.querySelector(".menu [aria-current]");
const menu = current.closest(".menu");
menu.scrollTop = Math.max(0, current.offsetTop - menu.clientHeight / 2);

for (const button of document.querySelectorAll(".copy")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
    button.textContent = "Copied";
    button.addEventListener("blur", () => (button.textContent = "Copy"), { once: true });
    button.addEventListener("pointerleave", () => (button.textContent = "Copy"), { once: true });
  });
}
