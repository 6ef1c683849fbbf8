import { Component, CUSTOM_ELEMENTS_SCHEMA, ElementRef, input, signal, viewChild } from "@angular/core";
import "cognito-login";
import type { CognitoLoginElement, CognitoLoginMessages, CognitoLoginSignedIn } from "cognito-login";

@Component({
  selector: "app-login",
  // The elements are the browser's, not Angular's.
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
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
    <output>{{ greeting() }}</output>
  `,
})
export class Login {
  readonly lang = input("en");
  readonly messages: CognitoLoginMessages = { en: { "sign-in.heading": "Welcome" } };
  readonly clientMetadata = { campaign: "spring" };
  readonly greeting = signal("");
  readonly login = viewChild.required<ElementRef<CognitoLoginElement>>("login");

  async greet({ detail }: CognitoLoginSignedIn) {
    const { idToken } = await this.login().nativeElement.getTokens();
    const answer = await fetch("/api/me", { headers: { authorization: `Bearer ${idToken}` } });
    const { email } = await answer.json();
    this.greeting.set(`Hello, ${email} (${detail.username})`);
  }
}
