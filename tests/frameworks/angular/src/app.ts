import { Component, CUSTOM_ELEMENTS_SCHEMA, ElementRef, signal, viewChild } from "@angular/core";
import "cognito-login";
import type { CognitoLoginElement, CognitoLoginMessages, CognitoLoginSignedIn } from "cognito-login";

@Component({
  selector: "app-root",
  // The elements are the browser's, not Angular's.
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <main>
      <button id="german" (click)="lang.set('de')">Deutsch</button>
      <button id="toggle" (click)="isShown.set(!isShown())">Hide or show</button>
      <output>{{ greeting() }}</output>
      @if (isShown()) {
        <cognito-login
          #login
          user-pool-id="us-east-1_LocalPool"
          client-id="localclient000000000000000"
          endpoint="http://127.0.0.1:9229/"
          [lang]="lang()"
          [messages]="messages"
          [clientMetadata]="clientMetadata"
          (cognito-login-signed-in)="greet($event)"
        />
      }
    </main>
  `,
})
export class App {
  readonly messages: CognitoLoginMessages = { en: { "sign-in.heading": "Welcome" } };
  readonly clientMetadata = { campaign: "spring" };

  readonly login = viewChild<ElementRef<CognitoLoginElement>>("login");
  readonly lang = signal("en");
  readonly isShown = signal(true);
  readonly greeting = signal("");

  async greet({ detail }: CognitoLoginSignedIn) {
    const login = this.login()?.nativeElement;
    if (!login) return;
    const { idToken } = await login.getTokens();
    const answer = await fetch("/api/me", { headers: { authorization: `Bearer ${idToken}` } });
    const { email } = await answer.json();
    this.greeting.set(`Hello, ${email} (${detail.username})`);
  }
}
