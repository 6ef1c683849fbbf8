// The page asks for the answer to the pool's custom challenge itself, in a dialog.
const login = document.querySelector("cognito-login");
const dialog = document.querySelector("dialog");
const answer = document.querySelector("#answer");
const question = document.querySelector("#question");
const wrong = document.querySelector("[role=alert]");

let respond;

login.addEventListener("cognito-login-challenge", (event) => {
  const { parameters } = event.detail;
  // What `parameters` holds is what the pool's own trigger sends; what this page does not know it leaves to the widget.
  if (parameters.type !== "EMAIL_CODE") return;
  event.preventDefault();
  respond = event.detail.respond;
  ask(`The code that we have sent to ${parameters.destination}`);
});

// The pool asks the same again after a wrong answer, and `respond` is still the one to answer with.
login.addEventListener("cognito-login-error", ({ detail }) => {
  if (respond && detail.code === "wrong_code") ask(question.textContent, true);
});

function ask(text, again = false) {
  question.textContent = text;
  wrong.hidden = !again;
  answer.value = "";
  dialog.showModal();
}

dialog.querySelector("form").addEventListener("submit", () => respond(answer.value));

login.addEventListener("cognito-login-signed-in", ({ detail }) => {
  respond = undefined;
  document.querySelector("output").textContent = `Hello, ${detail.claims.email}`;
});
