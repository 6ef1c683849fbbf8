// A form for name and password without any library, as small as one can be that tells people what happens.
const STYLE = `
  body { font-family: system-ui, sans-serif; }
  form { max-inline-size: 24rem; margin: 2rem auto; display: grid; gap: 0.5rem; }
  input, button { font: inherit; padding: 0.5rem; }
`;

/** Puts the form on the page; `signIn(username, password)` is called when it is submitted. */
export function form(signIn) {
  const style = document.createElement("style");
  style.textContent = STYLE;
  document.head.append(style);
  const heading = document.createElement("h1");
  heading.textContent = "Sign in";
  const username = field("Email", { type: "email", name: "username", autocomplete: "username" });
  const password = field("Password", { type: "password", name: "password", autocomplete: "current-password" });
  const button = document.createElement("button");
  button.textContent = "Sign in";
  const message = document.createElement("p");
  message.setAttribute("role", "alert");
  const form = document.createElement("form");
  form.append(heading, ...username, ...password, button, message);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      await signIn(username[1].value, password[1].value);
      form.replaceChildren("You are signed in.");
      document.dispatchEvent(new Event("signed-in"));
    } catch (error) {
      message.textContent = error.message;
      button.disabled = false;
    }
  });
  document.body.append(form);
}

/** A label with its input. */
function field(text, attributes) {
  const label = document.createElement("label");
  label.textContent = text;
  label.htmlFor = attributes.name;
  const input = document.createElement("input");
  Object.assign(input, attributes, { id: attributes.name, required: true });
  return [label, input];
}
