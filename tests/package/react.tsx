// A React developer's page. It is compiled against the packed package and never run.
import { useRef } from "react";
import type { CognitoLoginElement } from "cognito-login";

export function SignIn({ onDone }: { onDone(username: string): void }) {
  const login = useRef<CognitoLoginElement>(null);
  return (
    <>
      <cognito-login
        ref={login}
        className="wide"
        lang="ja"
        user-pool-id="eu-west-1_AbCdEfGhI"
        clientId="1example23456789"
        auth-flow="CUSTOM_AUTH"
        session-minutes={5}
        oncognito-login-signed-in={(event) => onDone(event.detail.username)}
      >
        <p slot="loading">…</p>
      </cognito-login>
      {/* @ts-expect-error There is no such theme. */}
      <cognito-account theme="blue" />
    </>
  );
}
