import "cognito-login";
import type { CognitoLoginElement, CognitoLoginMessages, CognitoLoginSignedIn } from "cognito-login";
import { createSignal, Show } from "solid-js";

const messages: CognitoLoginMessages = { en: { "sign-in.heading": "Welcome" } };
const clientMetadata = { campaign: "spring" };

export function App() {
  let login: CognitoLoginElement | undefined;
  const [lang, setLang] = createSignal("en");
  const [isShown, setIsShown] = createSignal(true);
  const [greeting, setGreeting] = createSignal("");

  async function greet({ detail }: CognitoLoginSignedIn) {
    if (!login) return;
    const { idToken } = await login.getTokens();
    const answer = await fetch("/api/me", { headers: { authorization: `Bearer ${idToken}` } });
    const { email } = await answer.json();
    setGreeting(`Hello, ${email} (${detail.username})`);
  }

  return (
    <main>
      <button id="german" onClick={() => setLang("de")}>
        Deutsch
      </button>
      <button id="toggle" onClick={() => setIsShown(!isShown())}>
        Hide or show
      </button>
      <output>{greeting()}</output>
      <Show when={isShown()}>
        <cognito-login
          ref={login}
          user-pool-id="us-east-1_LocalPool"
          client-id="localclient000000000000000"
          endpoint="http://127.0.0.1:9229/"
          lang={lang()}
          prop:messages={messages}
          prop:clientMetadata={clientMetadata}
          on:cognito-login-signed-in={greet}
        />
      </Show>
    </main>
  );
}
