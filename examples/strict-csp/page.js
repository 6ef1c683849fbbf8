// Imported by the name in the import map.
import "cognito-login";

const login = document.querySelector("cognito-login");
const output = document.querySelector("output");

login.addEventListener("cognito-login-signed-in", async ({ detail }) => {
  const { idToken } = await login.getTokens();
  const answer = await fetch("/api/me", { headers: { authorization: `Bearer ${idToken}` } });
  const { email } = await answer.json();
  output.textContent = `Hello, ${email} (${detail.username})`;
});

document.querySelector("#german").addEventListener("click", () => login.setAttribute("lang", "de"));
document.querySelector("#toggle").addEventListener("click", () => {
  if (login.isConnected) login.remove();
  else document.body.append(login);
});
