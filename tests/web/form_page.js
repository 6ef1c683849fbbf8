// What the tests of the first form do in the page: one element, looked at before and after its WebAssembly is there.
const SELF = {
  "user-pool-id": "us-east-1_LocalPool",
  "client-id": "localclient",
  endpoint: "http://127.0.0.1:9/",
};

let nodes = [];
let counted = 0;
let requests = 0;
const shifts = [];

new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });

// The pool's answers do not come.
const load = window.fetch;
window.fetch = (url, options) => {
  if (String(url) !== SELF.endpoint && url.url !== SELF.endpoint) return load(url, options);
  requests += 1;
  return new Promise(() => {});
};

/** All nodes below a node, in the order of the document; without the countries, which come later. */
function below(node) {
  if (node.localName === "select") return [];
  return [...node.childNodes].flatMap((child) => [child, ...below(child)]);
}

window.page = {
  element: undefined,

  /** Adds the element and tells what it shows. */
  begin(attributes, tag = "cognito-login", properties = {}) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries({ ...SELF, ...attributes })) element.setAttribute(name, value);
    Object.assign(element, properties);
    document.body.append(element);
    this.element = element;
    nodes = below(this.container());
    return this.markup();
  },

  /** Adds an element whose words come in a file, and tells what it shows then. */
  async beginInTime(...given) {
    this.begin(...given);
    await this.until(() => this.container().querySelector("input"));
    nodes = below(this.container());
    return this.markup();
  },

  container() {
    return (this.element.shadowRoot ?? this.element).querySelector("[part~=container]");
  },

  /** What the container holds; without the countries, which come later. */
  markup() {
    const copy = this.container().cloneNode(true);
    for (const select of copy.querySelectorAll("select")) select.remove();
    return copy.innerHTML;
  },

  areSameNodes() {
    const now = below(this.container());
    return now.length === nodes.length && now.every((node, index) => node === nodes[index]);
  },

  input(name) {
    return this.container().querySelector(`[name=${name}]`);
  },

  button(text) {
    return [...this.container().querySelectorAll("button")].find((button) => button.textContent === text);
  },

  screen() {
    return this.container().querySelector("section").dataset.screen;
  },

  focused() {
    return this.container().getRootNode().activeElement;
  },

  type(name, text) {
    this.input(name).value = text;
    this.input(name).dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  },

  press(text) {
    this.button(text).click();
  },

  submit() {
    this.container().querySelector("form").requestSubmit();
  },

  /** What is marked as busy. */
  busy() {
    return [...this.container().querySelectorAll("[aria-busy=true]")].map((element) => element.tagName);
  },

  requests: () => requests,
  shifts: () => shifts.reduce((sum, { value }) => sum + value, 0),

  count(type) {
    this.container().addEventListener(type, () => (counted += 1));
  },

  counted: () => counted,

  painted: () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))),

  async until(holds) {
    while (!holds()) await new Promise(requestAnimationFrame);
    return true;
  },

  /** A while in which what is under way would have come. */
  async settled() {
    for (let times = 0; times < 5; times += 1) await this.painted();
  },
};
