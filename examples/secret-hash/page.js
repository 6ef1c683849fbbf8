// The widget asks for a hash before each request that needs one: of what was
// typed, and later of the account's own name.
const login = document.querySelector("cognito-login");

login.secretHash = async (username) => {
  const answer = await fetch("/secret-hash", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username }),
  });
  if (!answer.ok) throw new Error(`/secret-hash answered ${answer.status}`);
  return (await answer.json()).secretHash;
};

login.addEventListener("cognito-login-signed-in", ({ detail }) => {
  document.querySelector("output").textContent = `Hello, ${detail.claims.email}`;
});
