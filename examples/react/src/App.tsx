import "cognito-login";
import type { CognitoLoginElement, CognitoLoginMessages, CognitoLoginSignedIn } from "cognito-login";
import { useRef, useState } from "react";

const messages: CognitoLoginMessages = { en: { "sign-in.heading": "Welcome" } };
const clientMetadata = { campaign: "spring" };

export function App() {
  const login = useRef<CognitoLoginElement>(null);
  const [lang, setLang] = useState("en");
  const [isShown, setIsShown] = useState(true);
  const [greeting, setGreeting] = useState("");

  async function greet({ detail }: CognitoLoginSignedIn) {
    if (!login.current) return;
    const { idToken } = await login.current.getTokens();
    const answer = await fetch("/api/me", { headers: { authorization: `Bearer ${idToken}` } });
    const { email } = await answer.json();
    setGreeting(`Hello, ${email} (${detail.username})`);
  }

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
          ref={login}
          userPoolId="us-east-1_LocalPool"
          clientId="localclient000000000000000"
          endpoint="http://127.0.0.1:9229/"
          lang={lang}
          messages={messages}
          clientMetadata={clientMetadata}
          oncognito-login-signed-in={greet}
        />
      )}
    </main>
  );
}
