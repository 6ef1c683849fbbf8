// What a page can tell of a state by itself. Each function runs in the page, and returns what is wrong as a list of texts.

/** In one form are all fields that are typed into; each has the token by which browsers fill it in, and an account's name with it. */
export async function form() {
  const { shadowRoot } = document.querySelector("cognito-login, cognito-account");
  const TOKENS = {
    password: ["current-password", "new-password"],
    "new-password": ["new-password"],
    username: ["username"],
    code: ["one-time-code"],
    answer: ["off"],
    email: ["email", "username"],
    phone_number: ["tel"],
  };
  const wrong = [];
  const forms = shadowRoot.querySelectorAll("form");
  const fields = [...shadowRoot.querySelectorAll("input:not([type=radio])")];
  if (forms.length > 1) wrong.push(`${forms.length} forms`);
  for (const field of fields) {
    if (field.form !== forms[0]) wrong.push(`${field.name} is in no form`);
    const tokens = TOKENS[field.name] ?? TOKENS[field.name.replaceAll("_", "-")] ?? [];
    if (tokens.length && !tokens.includes(field.autocomplete)) wrong.push(`${field.name} has autocomplete=${field.autocomplete}`);
    if (!field.autocomplete) wrong.push(`${field.name} has no autocomplete`);
  }
  const asks = (token) => fields.some(({ autocomplete }) => autocomplete === token);
  if ((asks("new-password") || asks("current-password") || asks("one-time-code")) && !asks("username")) {
    wrong.push("no user name beside a password or a code");
  }
  return wrong;
}

/** What is pressed is large enough (2.5.8): a radio button together with its label. */
export async function targets() {
  const { shadowRoot } = document.querySelector("cognito-login, cognito-account");
  const SMALLEST = 24;
  return [...shadowRoot.querySelectorAll("button, input, select, a[href]")].flatMap((element) => {
    if (element.hidden || element.closest(".unseen")) return [];
    const target = element.type === "radio" ? element.labels[0] : element;
    const { width, height } = target.getBoundingClientRect();
    return width < SMALLEST || height < SMALLEST ? [`${element.name || element.textContent}: ${width} × ${height}`] : [];
  });
}

/** A field in error is described by the alert that says so, and whatever describes a field is there. */
export async function errors(isAboutField) {
  const { shadowRoot } = document.querySelector("cognito-login, cognito-account");
  const wrong = [];
  const alerts = [...shadowRoot.querySelectorAll("[role=alert], [role=status]:not(:empty)")];
  if (alerts.length > 1) wrong.push(`${alerts.length} live notices at once`);
  for (const field of shadowRoot.querySelectorAll("[aria-describedby]")) {
    for (const id of field.getAttribute("aria-describedby").split(" ")) {
      if (!shadowRoot.getElementById(id)) wrong.push(`${field.name || field.textContent}: there is no ${id}`);
    }
  }
  const invalid = [...shadowRoot.querySelectorAll("[aria-invalid=true]")];
  const alert = shadowRoot.querySelector("[role=alert]");
  for (const field of invalid) {
    const ids = (field.getAttribute("aria-describedby") ?? "").split(" ");
    if (!alert || !ids.includes(alert.id)) wrong.push(`${field.name} is invalid, and no alert describes it`);
  }
  if (isAboutField && !invalid.length) wrong.push("the notice is about a field, and none is marked");
  return wrong;
}

/** With the distances of 1.4.12 nothing is cut off and nothing sticks out. */
export async function spacing() {
  const { shadowRoot } = document.querySelector("cognito-login, cognito-account");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`);
  shadowRoot.adoptedStyleSheets.push(sheet);
  const width = document.documentElement.clientWidth;
  const wrong = [...shadowRoot.querySelectorAll("section *")].flatMap((element) => {
    if (element.closest(".unseen, svg") || !element.getClientRects().length) return [];
    const { left, right } = element.getBoundingClientRect();
    const said = `${element.localName} "${element.textContent.trim().slice(0, 40)}"`;
    if (left < 0 || right > width + 0.5) return [`${said} sticks out`];
    const isCut = getComputedStyle(element).overflow !== "visible" && element.localName !== "input" && element.localName !== "select";
    const isTooSmall = element.localName === "button" && (element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth);
    return isTooSmall || (isCut && element.scrollHeight > element.clientHeight) ? [`${said} is cut off`] : [];
  });
  shadowRoot.adoptedStyleSheets.pop();
  return wrong;
}

/** In forced colours, by borders alone: what can be pressed or typed into has one, and what is chosen is drawn by the browser. */
export async function forcedColours() {
  if (!matchMedia("(forced-colors: active)").matches) return ["colours are not forced"];
  const { shadowRoot } = document.querySelector("cognito-login, cognito-account");
  const canvas = getComputedStyle(shadowRoot.querySelector("section")).backgroundColor;
  const wrong = [];
  for (const element of shadowRoot.querySelectorAll("button, input, select, .notice, .choice")) {
    if (!element.checkVisibility() || element.closest(".unseen")) continue;
    const { appearance, borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(element);
    if (element.type === "radio") {
      if (appearance === "none") wrong.push("a radio button is not the browser's");
    } else if (borderTopStyle === "none" || parseFloat(borderTopWidth) < 1 || borderTopColor === canvas || /rgba\(.*, 0\)$/.test(borderTopColor)) {
      wrong.push(`${element.localName} ${element.name ?? element.textContent.slice(0, 30)} has no border`);
    }
  }
  return wrong;
}

/** Where less motion is asked for, nothing moves. */
export async function motion() {
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) return ["motion is not reduced"];
  const { shadowRoot } = document.querySelector("cognito-login, cognito-account");
  const running = shadowRoot.getAnimations().filter(({ playState }) => playState === "running");
  const styles = [...shadowRoot.querySelectorAll("*")].map((element) => getComputedStyle(element));
  const moving = styles.filter(({ transitionDuration }) => parseFloat(transitionDuration) > 0);
  return [...running.map((animation) => `${animation.animationName} runs`), ...moving.map(() => "a transition")];
}
