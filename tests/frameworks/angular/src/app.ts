import { Component, signal } from "@angular/core";
import { Login } from "./login";

@Component({
  selector: "app-root",
  imports: [Login],
  template: `
    <main>
      <button id="german" (click)="lang.set('de')">Deutsch</button>
      <button id="toggle" (click)="isShown.set(!isShown())">Hide or show</button>
      @if (isShown()) {
        <app-login [lang]="lang()" />
      }
    </main>
  `,
})
export class App {
  readonly lang = signal("en");
  readonly isShown = signal(true);
}
