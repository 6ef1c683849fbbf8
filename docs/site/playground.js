// The playground: a form for the attributes, a live element with them, and the markup that they are.
import { markup } from "./markup.js";

const root = document.querySelector("#playground");
const form = root.querySelector("form");
const tag = root.querySelector("#element");
const person = root.querySelector("#person");
const stage = root.querySelector("#stage");
const events = root.querySelector("#events");

/** Read by an element when it is first on the page: another value takes another element. */
const READ_ONCE = ["shadow"];

/** The first element of a page decides; this page has its own file. */
const MARKUP_ALONE = ["wasm-url"];

/** So many events are shown. */
const SHOWN = 8;

const EVENTS = ["ready", "screen", "signed-in", "signed-out", "tokens-refreshed", "error", "challenge"];

const fields = [...form.elements].filter((field) => field.name);

/** What the form says, as names and values in its order. */
const attributes = () => fields.map(({ name, value }) => [name, value.trim()]).filter(([, value]) => value !== "");

/** A new element in the place of the one that is there. */
function renew() {
  const element = document.createElement(tag.value);
  for (const [name, value] of attributes()) if (!MARKUP_ALONE.includes(name)) element.setAttribute(name, value);
  for (const name of EVENTS) element.addEventListener(`cognito-login-${name}`, tell);
  stage.replaceChildren(element);
  write();
}

function change({ target }) {
  const { name, value } = target;
  if (!name) return;
  if (READ_ONCE.includes(name)) return renew();
  const element = stage.firstElementChild;
  if (!MARKUP_ALONE.includes(name)) {
    if (value.trim() === "") element.removeAttribute(name);
    else element.setAttribute(name, value.trim());
  }
  write();
}

function write() {
  root.querySelector("#markup").textContent = markup(tag.value, attributes());
}

function tell({ type, detail }) {
  const item = document.createElement("li");
  const told = JSON.stringify(detail ?? {});
  const parts = told === "{}" ? [type] : [type, told];
  item.append(
    ...parts.map((part) => {
      const code = document.createElement("code");
      code.textContent = part;
      return code;
    }),
  );
  events.prepend(item);
  while (events.children.length > SHOWN) events.lastElementChild.remove();
}

/** Fills in who signs in where. */
function take() {
  const { value, dataset } = person.selectedOptions[0];
  const field = (name) => fields.find((one) => one.name === name);
  field("user-pool-id").value = dataset.userPoolId;
  field("client-id").value = dataset.clientId;
  field("endpoint").value = root.dataset.pool;
  field("auth-flow").value = dataset.authFlow === "USER_SRP_AUTH" ? "" : dataset.authFlow;
  field("username").value = value;
  renew();
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", change);
tag.addEventListener("change", renew);
person.addEventListener("change", take);
// A browser that brings a form back after a reload brings what was typed; else the first person is there.
if (attributes().length === 0) take();
else renew();
