// What people do on the pages of single examples. Each function runs in the page, and has all that it needs in itself.

/** Signs in, answers the page's own dialog wrongly and then rightly. */
export async function answerDialog({ username, password, inbox }) {
  const until = async (what, condition) => {
    for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
      const found = await condition();
      if (found) return found;
    }
    throw new Error(`in vain: ${what}; the page has ${document.body.innerText} ${document.querySelector("cognito-login").shadowRoot?.textContent}`);
  };
  const login = document.querySelector("cognito-login");
  const dialog = document.querySelector("dialog");
  await customElements.whenDefined("cognito-login");
  await login.ready;
  for (const [name, value] of Object.entries({ username, password })) {
    const input = login.shadowRoot.querySelector(`input[name=${name}]`);
    input.value = value;
    input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }
  login.shadowRoot.querySelector("[type=submit]").click();

  const wasWrong = [];
  const send = async (code) => {
    await until("the dialog", () => dialog.open);
    wasWrong.push(!dialog.querySelector("[role=alert]").hidden);
    dialog.querySelector("input").value = code;
    dialog.querySelector("button").click();
  };
  const code = await until("a mail with a code", async () => {
    const mails = await (await fetch(`${inbox}/local/inbox`)).json();
    return JSON.stringify(mails).match(/"code":"(\d{6})"/)?.[1];
  });
  await send(code === "000000" ? "000001" : "000000");
  await send(code);
  const greeting = await until("a greeting", () => document.querySelector("output").textContent);
  return { greeting, wasWrong };
}

/** Signs in by the element, whereupon Amplify greets, and signs out by Amplify, whereupon the element asks again. */
export async function signInBesideAmplify({ username, password }) {
  const until = async (what, condition) => {
    for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
      const found = condition();
      if (found) return found;
    }
    throw new Error(`in vain: ${what}; the page has ${document.body.innerText} ${document.querySelector("cognito-login").shadowRoot?.textContent}`);
  };
  const login = document.querySelector("cognito-login");
  const find = (selector) => login.shadowRoot.querySelector(selector);
  await customElements.whenDefined("cognito-login");
  await login.ready;
  for (const [name, value] of Object.entries({ username, password })) {
    const input = find(`input[name=${name}]`);
    input.value = value;
    input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }
  find("[type=submit]").click();
  const output = document.querySelector("output");
  const greeting = await until("Amplify's greeting", () => output.textContent);
  document.querySelector("#sign-out").click();
  await until("the end of the session", () => output.textContent === "" && find("input[name=password]"));
  return { greeting, screen: find("section").dataset.screen };
}

/** Signs in, signs out and signs in once more. */
export async function signInTwice({ username, password }) {
  const until = async (what, condition) => {
    for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
      const found = condition();
      if (found) return found;
    }
    throw new Error(`in vain: ${what}; the page has ${document.body.innerText} ${document.querySelector("cognito-login").shadowRoot?.textContent}`);
  };
  const login = document.querySelector("cognito-login");
  const find = (selector) => login.shadowRoot.querySelector(selector);
  const output = document.querySelector("output");
  await customElements.whenDefined("cognito-login");
  await login.ready;
  const signIn = async () => {
    await until("the form", () => find("input[name=password]"));
    for (const [name, value] of Object.entries({ username, password })) {
      const input = find(`input[name=${name}]`);
      input.value = value;
      input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    }
    find("[type=submit]").click();
    return until("a greeting", () => output.textContent);
  };
  const greetings = [await signIn()];
  await login.signOut();
  output.textContent = "";
  greetings.push(await signIn());
  const { idToken } = await login.getTokens();
  return { greetings, client: JSON.parse(atob(idToken.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))).aud };
}

/** Signs in by a library that is no part of the widget; the element that comes then goes on with its session, and ends it. */
export async function takeOver({ username, password, endpoint, hasEnded }) {
  const until = async (what, condition) => {
    for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
      const found = condition();
      if (found) return found;
    }
    throw new Error(`in vain: ${what}; the page has ${document.body.innerText} ${document.querySelector("cognito-login")?.shadowRoot?.textContent}`);
  };
  await until("the library", () => globalThis.library);
  const session = await globalThis.library.signIn(username, password);
  const before = session.getIdToken().getJwtToken();
  if (hasEnded) {
    // The tokens as they are a day later, but for their signature, which is for back ends.
    for (const [key, value] of Object.entries(localStorage)) {
      if (!/\.(id|access)Token$/.test(key)) continue;
      const [head, payload, signature] = value.split(".");
      const claims = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
      for (const time of ["iat", "exp", "auth_time"]) claims[time] -= 86_400;
      const base64 = btoa(JSON.stringify(claims)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
      localStorage.setItem(key, [head, base64, signature].join("."));
    }
  }

  const login = document.createElement("cognito-login");
  const screens = [];
  let email;
  login.addEventListener("cognito-login-screen", ({ detail }) => screens.push(detail.screen));
  login.addEventListener("cognito-login-signed-in", ({ detail }) => (email = detail.claims.email));
  Object.assign(login, { userPoolId: "us-east-1_LocalPool", clientId: "localclient000000000000000", endpoint, storage: "local" });
  document.body.append(login);
  await until("the end of a sign-in", () => email);
  await until("its screen", () => login.shadowRoot.querySelector("section")?.dataset.screen === "signed-in");
  const shown = [...screens];
  const { idToken, expiresAt } = await login.getTokens();
  const found = (await globalThis.library.session()).getIdToken().getJwtToken();
  await login.signOut();
  const isFoundLater = Boolean(await globalThis.library.session());
  const left = Object.keys(localStorage).filter((key) => /Token$|LastAuthUser$/.test(key));
  login.remove();
  return { screens: shown, email, idToken, expiresAt, isSame: idToken === before, found, isFoundLater, left };
}
