// An ordinary page around the widget. Everything it does with the widget is in the documentation: attributes,
// properties, methods and events.
import { Builder } from "./builder.js";
import { byId, make } from "./dom.js";
import { inbox, poll, users } from "./pool.js";
import { texts } from "./texts.js";

const login = byId("login");
const endpoint = login.getAttribute("endpoint");
const query = new URLSearchParams(location.search);
let people = [];
let chosen;

/** What sign-in with other providers takes. */
const OAUTH = ["oauth-domain", "oauth-providers", "oauth-scopes"];

// --- Language, brand and theme, of the page and so of the widget

const words = () => texts[document.documentElement.lang] ?? texts.en;

const text = (key) => words().brands[byId("brand").value][key] ?? words()[key];

const builder = new Builder({ words, showScheme });

const languages = Array.from(byId("language").options, ({ value }) => value);

function nearest(tag) {
  const primary = (one) => one.split("-")[0];
  return languages.find((known) => known === tag) ?? languages.find((known) => primary(known) === primary(tag)) ?? "en";
}

function setLanguage(tag) {
  const language = nearest(tag);
  byId("language").value = language;
  // The page's own words are not in as many languages as the widget's.
  document.documentElement.lang = language in texts ? language : "en";
  for (const element of document.querySelectorAll("cognito-login, cognito-account")) element.lang = language;
  showTexts();
  builder.showTexts();
  showPeople();
  showInbox();
}

function showTexts() {
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = text(element.dataset.text);
}

/** A brand is a style sheet of the widget's custom properties, and what the page around it wears and says. */
async function setBrand(brand) {
  const select = byId("brand");
  select.value = brand;
  if (!select.value) select.value = select.options[0].value;
  const name = select.selectedOptions[0].text;
  const icon = select.value === "tidewater" ? "demo/icon.svg" : `demo/brands/${select.value}.svg`;
  const sheet = await styleSheet(`demo/brands/${select.value}.css`);
  document.documentElement.dataset.brand = select.value;
  document.title = name;
  byId("name").textContent = name;
  for (const image of document.querySelectorAll(".brand img")) image.src = icon;
  document.querySelector("link[rel=icon]").href = icon;
  for (const element of document.querySelectorAll("cognito-login, cognito-account")) element.setAttribute("totp-issuer", name);
  showTexts();
  builder.begin(sheet);
}

/** Puts another style sheet into the place of the brand's, once it is there: nothing is seen without one. */
async function styleSheet(href) {
  const before = byId("look");
  if (before.getAttribute("href") === href && before.sheet) return before.sheet;
  const link = make("link", { rel: "stylesheet", href });
  const loaded = new Promise((resolve, reject) => Object.assign(link, { onload: resolve, onerror: reject }));
  before.after(link);
  await loaded;
  before.remove();
  link.id = "look";
  return link.sheet;
}

function setTheme(theme) {
  const known = ["light", "dark"].includes(theme) ? theme : "auto";
  document.documentElement.dataset.theme = known;
  byId("theme").value = known;
  for (const element of document.querySelectorAll("cognito-login, cognito-account")) element.setAttribute("theme", known);
}

byId("language").addEventListener("change", (event) => setLanguage(event.target.value));
byId("theme").addEventListener("change", (event) => setTheme(event.target.value));
byId("brand").addEventListener("change", (event) => setBrand(event.target.value));

/** Whoever changes a dark colour wants to see it. */
function showScheme(scheme) {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const chosen = byId("theme").value;
  const shown = chosen === "auto" ? (isDark ? "dark" : "light") : chosen;
  if (shown !== scheme) setTheme(scheme);
}

// --- Ways to sign in

const nameOf = (person) => person.username ?? person.email ?? "";
const signInNameOf = (person) => person.email ?? person.username ?? "";

function showPeople() {
  const shared = people.length > 0 && samePassword();
  byId("password").replaceChildren(
    ...(shared ? [text("allPassword"), " ", make("span", { className: "secret" }, people[0].password)] : []),
  );
  byId("ways").replaceChildren(...people.map(card));
  showWayToPasskeys();
}

/** The pool's passkeys are for `localhost`, and an address has none. */
function showWayToPasskeys() {
  const note = byId("on-localhost");
  note.hidden = location.hostname === "localhost" || chosen?.authFlow !== "USER_AUTH";
  const url = Object.assign(new URL(location.href), { hostname: "localhost" });
  if (chosen) url.searchParams.set("username", signInNameOf(chosen));
  note.querySelector("a").href = url.href;
}

function card(person) {
  const inUse = chosen !== undefined && nameOf(chosen) === nameOf(person);
  const button = make("button", { type: "button", disabled: inUse }, text(inUse ? "inUse" : "use"));
  button.addEventListener("click", () => use(person));
  const fact = (label, value) => value && make("p", {}, label && `${label} `, make("span", { className: "secret" }, value));
  return make(
    "li",
    { className: "way" },
    make("p", {}, describe(person)),
    fact("", signInNameOf(person)),
    samePassword() ? undefined : fact(text("password"), person.password),
    fact(text("totpCode"), person.totpCode),
    button,
  );
}

/** The seeded people share one, which then need not be said for each. */
const samePassword = () => people.every((person) => person.password === people[0].password);

const describe = (person) => text("people")?.[signInNameOf(person)] ?? person.description ?? "";

async function use(person) {
  const signedIn = !byId("account").hidden;
  chosen = person;
  showPeople();
  if (signedIn) await login.signOut();
  // The other clients come back from no provider.
  for (const name of OAUTH) login.removeAttribute(name);
  set("user-pool-id", person.userPoolId);
  set("client-id", person.clientId);
  set("auth-flow", person.authFlow ?? query.get("flow"));
  set("username", signInNameOf(person));
  login.scrollIntoView({ block: "nearest" });
}

function set(name, value) {
  if (value) login.setAttribute(name, value);
}

async function loadPeople() {
  const found = await users(endpoint);
  byId("no-pool").hidden = found !== undefined;
  if (found === undefined || JSON.stringify(found) === JSON.stringify(people)) return;
  const first = people.length === 0;
  people = found;
  if (first) preset();
  showPeople();
}

/** `?flow=CUSTOM_AUTH&username=…`, for bookmarks. */
function preset() {
  const username = query.get("username");
  const flow = query.get("flow");
  const person =
    people.find((one) => username && [one.email, one.username].includes(username)) ??
    people.find((one) => flow && one.authFlow === flow);
  if (person) use(person);
  else set("username", username);
  set("auth-flow", flow);
}

// --- Inbox

let mails = [];

function showInbox() {
  const items = mails.slice(0, 5).map((mail) =>
    make(
      "li",
      {},
      make("p", { className: "subject" }, mail.subject ?? ""),
      mail.code ? make("p", { className: "secret code" }, mail.code) : make("p", {}, mail.body ?? ""),
      make("p", { className: "hint" }, `${text("inboxTo")} ${mail.to ?? ""}`),
    ),
  );
  byId("inbox").replaceChildren(...(items.length ? items : [make("li", { className: "hint" }, text("inboxEmpty"))]));
}

async function loadInbox() {
  const found = await inbox(endpoint);
  if (found === undefined || JSON.stringify(found) === JSON.stringify(mails)) return;
  // The latest first, whichever way the pool lists them.
  mails = found.toSorted((a, b) => order(b) - order(a));
  showInbox();
}

const order = (mail) => (typeof mail.sentAt === "number" ? mail.sentAt : Date.parse(mail.sentAt) || 0);

// --- What the widget tells

const EVENTS = ["ready", "screen", "signed-in", "signed-out", "tokens-refreshed", "error", "challenge"];

for (const event of EVENTS) document.addEventListener(`cognito-login-${event}`, log);

/** Names and screens. Details hold no secrets, but a log is no place for claims either. */
function log(event) {
  const { screen, code, reason, username } = event.detail ?? {};
  const more = [screen, code, reason, username].filter(Boolean).join(" · ");
  const time = make("time", {}, new Date().toLocaleTimeString(document.documentElement.lang));
  const from = event.target.localName === "cognito-account" ? " (account)" : "";
  byId("events").prepend(make("li", {}, time, make("span", {}, event.type + from), more && make("strong", {}, more)));
  while (byId("events").childElementCount > 12) byId("events").lastElementChild.remove();
}

login.addEventListener("cognito-login-screen", (event) => showAccount(event.detail.screen === "signed-in"));
login.addEventListener("cognito-login-signed-in", () => showAccount(true));
login.addEventListener("cognito-login-signed-out", () => showAccount(false));

/** The account's settings stand on the page while somebody is signed in. */
function showAccount(signedIn) {
  const place = byId("account");
  if (signedIn === !place.hidden) return;
  place.hidden = !signedIn;
  place.replaceChildren();
  if (!signedIn) return;
  const account = make("cognito-account");
  for (const name of ["user-pool-id", "client-id", "endpoint", "auth-flow", "totp-issuer", "lang", "theme", ...OAUTH]) {
    const value = login.getAttribute(name);
    if (value) account.setAttribute(name, value);
  }
  place.append(account);
}

// --- Start

setTheme(query.get("theme"));
setBrand(query.get("brand") ?? "tidewater");
setLanguage(query.get("lang") ?? navigator.language);
set("auth-flow", query.get("flow"));
set("username", query.get("username"));
document.querySelector("a[data-text=inboxLink]").href = endpoint;
// Authenticator codes change twice a minute.
poll(10, loadPeople);
poll(2, loadInbox);
