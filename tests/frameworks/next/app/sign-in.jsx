"use client";

import "cognito-login";
import { useCallback, useState } from "react";

const messages = { en: { "sign-in.heading": "Welcome" } };
const clientMetadata = { campaign: "spring" };

export function SignIn() {
  const [lang, setLang] = useState("en");
  const [isShown, setIsShown] = useState(true);
  const [greeting, setGreeting] = useState("");

  // React sets neither properties nor listeners on an element that the server has rendered.
  const attach = useCallback((login) => {
    const greet = async ({ detail }) => {
      const { idToken } = await login.getTokens();
      const answer = await fetch("/api/me", { headers: { authorization: `Bearer ${idToken}` } });
      const { email } = await answer.json();
      setGreeting(`Hello, ${email} (${detail.username})`);
    };
    Object.assign(login, { messages, clientMetadata });
    login.addEventListener("cognito-login-signed-in", greet);
    return () => login.removeEventListener("cognito-login-signed-in", greet);
  }, []);

  return (
    <main>
      <button id="german" onClick={() => setLang("de")}>
        Deutsch
      </button>
      <button id="toggle" onClick={() => setIsShown(!isShown)}>
        Hide or show
      </button>
      <output>{greeting}</output>
      {isShown && (
        <cognito-login
          ref={attach}
          user-pool-id="us-east-1_LocalPool"
          client-id="localclient000000000000000"
          endpoint="http://127.0.0.1:9229/"
          lang={lang}
        />
      )}
    </main>
  );
}
