// Served into the test page: an element in it, and ways to look at it and to use it as a person does.

/** Elements by tag and attributes; `events` are the types of all events that the package promises. */
globalThis.testing = (endpoint, events) => ({
  until,
  text,
  attributes,

  /** An element that has just these attributes. */
  bare: (given, tag = "cognito-login") => new Widget(tag, given, events),

  /** An element that is set up rightly, for a pool that is not there, and some more attributes. */
  complete: (more = {}, tag = "cognito-login") => new Widget(tag, { ...SET_UP, endpoint, ...more }, events),
});

const SET_UP = { "user-pool-id": "us-east-1_LocalPool", "client-id": "localclient", storage: "memory" };

class Widget {
  /** The type and the detail of each event so far. */
  told = [];

  constructor(tag, given, events) {
    this.element = document.createElement(tag);
    for (const type of events) this.element.addEventListener(type, ({ detail }) => this.told.push([type, detail]));
    this.set(given);
    document.body.append(this.element);
  }

  /** Sets attributes; `null` takes one away. */
  set(attributes) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) this.element.removeAttribute(name);
      else this.element.setAttribute(name, value);
    }
  }

  /** The details of the events of one type. */
  toldOf(type) {
    return this.told.filter(([told]) => told === type).map(([, detail]) => detail);
  }

  /** What the element draws itself, without the slots around it. */
  get root() {
    return (this.element.shadowRoot ?? this.element).querySelector("[part~=container]");
  }

  all(selector) {
    return [...(this.root?.querySelectorAll(selector) ?? [])];
  }

  count(selector) {
    return this.all(selector).length;
  }

  /** Waits for an element of the widget's, not of the form that is there before it. */
  async find(selector) {
    await this.element.ready;
    return until(selector, () => this.all(selector)[0]);
  }

  /** Waits for an element with just this text. */
  async findText(selector, wanted) {
    await this.element.ready;
    return until(`${selector} "${wanted}"`, () => this.all(selector).find((element) => text(element) === wanted));
  }

  /** Waits for the input with this label. */
  async field(label) {
    const { htmlFor } = await this.findText("label", label);
    return this.find(`[id="${htmlFor}"]`);
  }

  /** Types as a person does, for all that the widget notices. */
  async typeInto(label, typed) {
    const field = await this.field(label);
    field.value = typed;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }

  /** Signs in by the form. */
  async signIn(name) {
    await this.typeInto("Email", name);
    await this.typeInto("Password", "secret");
    await this.submit();
  }

  async press(label) {
    (await this.findText("button", label)).click();
  }

  /** Submits the form as Enter does. */
  async submit() {
    (await this.find("form")).requestSubmit();
  }

  /** The element with the focus, in the widget's own tree. */
  focused() {
    return (this.element.shadowRoot ?? document).activeElement;
  }
}

function text(element) {
  return element.textContent.trim();
}

/** The values of attributes; those that are not there are empty. */
function attributes(element, ...names) {
  return names.map((name) => element.getAttribute(name) ?? "");
}

/** Looks again and again until there is something. */
async function until(what, look) {
  const end = performance.now() + 20_000;
  for (;;) {
    const found = look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}; there is: ${shown()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What all elements of the page show, for an error. */
function shown() {
  const elements = [...document.querySelectorAll("cognito-login, cognito-account")];
  return elements.map((element) => JSON.stringify((element.shadowRoot ?? element).textContent)).join(", ") || "no element";
}
