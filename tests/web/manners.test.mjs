// How an element behaves towards the page that it is on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage, ofError } from "./stage.mjs";

test("the page hears that the widget is there and what it shows", async () => {
  const told = await inPage(async ({ complete }) => {
    const widget = complete();
    await widget.element.ready;
    await widget.find("h2");
    return widget.told;
  });
  assert.deepEqual(told, [
    ["cognito-login-ready", {}],
    ["cognito-login-screen", { screen: "sign-in" }],
  ]);
});

test("a wrong configuration is told where the form would be", async () => {
  const pool = { "user-pool-id": "us-east-1_LocalPool" };
  const client = { "client-id": "localclient" };
  const cases = [
    [client, "user-pool-id: this attribute is required"],
    [pool, "client-id: this attribute is required"],
    [
      { ...client, "user-pool-id": "nonsense" },
      'user-pool-id: "nonsense" is not a user pool id, such as eu-central-1_AbCdEfGhI',
    ],
    [
      { ...pool, ...client, endpoint: "http://pool.example/" },
      'endpoint: "http://pool.example/" must be an https URL; http is for 127.0.0.1 and localhost alone',
    ],
  ];
  for (const shadow of ["open", "none"]) {
    for (const [given, message] of cases) {
      const [forms, errors] = await inPage(async ({ bare, until }, given, message) => {
        const widget = bare(given);
        await widget.findText("[role=alert]", `This sign-in form is not set up correctly. ${message}`);
        // The page is told after the person.
        await until("the error", () => widget.toldOf("cognito-login-error").length);
        return [widget.count("form"), widget.toldOf("cognito-login-error")];
      }, { ...given, shadow }, message);
      assert.equal(forms, 0);
      assert.deepEqual(errors.map(ofError), [{ code: "configuration", message, screen: "", retryable: false }]);
    }
  }
});

test("an element without any attribute is a wrong configuration too, whatever its properties are", async () => {
  for (const property of [null, "?", 7]) {
    const alert = await inPage(async ({ bare, text }, property) => {
      const widget = bare({});
      widget.element.clientMetadata = property;
      return text(await widget.find("[role=alert]"));
    }, property);
    assert.match(alert, /user-pool-id: this attribute is required$/);
  }
});

test("a configuration can be put right, and wrong again", async () => {
  const [right, alert, forms] = await inPage(async ({ bare, complete, text }) => {
    const rightly = complete();
    await rightly.element.ready;
    const given = Object.fromEntries([...rightly.element.attributes].map(({ name, value }) => [name, value]));
    rightly.element.remove();

    const widget = bare({});
    await widget.find("[role=alert]");
    widget.set(given);
    await widget.field("Email");
    const right = widget.count("[role=alert]");
    widget.set({ storage: "cupboard" });
    const alert = text(await widget.find("[role=alert]"));
    return [right, alert, widget.count("form")];
  });
  assert.equal(right, 0);
  assert.match(alert, /storage: "cupboard" is not one of session, local, memory/);
  assert.equal(forms, 0);
});

test("another language keeps what was typed", async () => {
  const [typed, screens] = await inPage(async ({ complete }) => {
    const widget = complete();
    await widget.typeInto("Email", "me@example.com");
    await widget.typeInto("Password", "secret");
    widget.set({ lang: "ja" });
    const typed = [(await widget.field("メールアドレス")).value, (await widget.field("パスワード")).value];
    return [typed, widget.toldOf("cognito-login-screen")];
  });
  assert.deepEqual(typed, ["me@example.com", "secret"]);
  assert.deepEqual(screens, [{ screen: "sign-in" }], "it is the same screen");
});

test("a promise that another configuration makes pointless is rejected with a reason", async () => {
  const code = await inPage(async ({ complete }) => {
    const widget = complete();
    await widget.typeInto("Email", "me@example.com");
    await widget.typeInto("Password", "secret");
    await widget.submit();
    // While the password is being proved, nobody can know whether that screen will come.
    const shown = widget.element.show("signed-in").then(() => "shown", (error) => error.code);
    widget.set({ "client-id": "anotherclient" });
    return shown;
  });
  assert.equal(code, "restarted");
});

test("another theme is a matter of an attribute", async () => {
  const typed = await inPage(async ({ complete }) => {
    const widget = complete();
    await widget.find("[data-theme=auto]");
    await widget.typeInto("Email", "me@example.com");
    for (const theme of ["dark", "light"]) {
      widget.set({ theme });
      await widget.find(`[data-theme=${theme}]`);
    }
    return (await widget.field("Email")).value;
  });
  assert.equal(typed, "me@example.com");
});

test("two elements in one document have different ids", async () => {
  const [one, other, ids] = await inPage(async ({ complete }) => {
    const widgets = [complete({ shadow: "none" }), complete({ shadow: "none", lang: "ja" })];
    const one = (await widgets[0].field("Email")).id;
    const other = (await widgets[1].field("メールアドレス")).id;
    for (const widget of widgets) {
      await widget.submit();
      await widget.find("[role=alert]");
    }
    return [one, other, [...document.querySelectorAll("[id^=cognito-login-]")].map(({ id }) => id)];
  });
  assert.notEqual(one, other);
  assert.deepEqual([new Set(ids).size, ids.length], [6, 6], `two fields and a notice each: ${ids}`);
});

test("styles are adopted once, and nothing is written inline", async () => {
  const seen = await inPage(async ({ complete }) => {
    const widgets = [complete({ shadow: "none" }), complete({ shadow: "none" }), complete()];
    const inline = [];
    const radii = [];
    for (const widget of widgets) {
      await widget.find("h2");
      inline.push(widget.count("style, [style], link, script"));
      radii.push(getComputedStyle(await widget.find("[part~=card]")).borderTopLeftRadius);
    }
    const [light, shadow] = [document, widgets[2].element.shadowRoot].map((tree) => [...tree.adoptedStyleSheets]);
    return { inline, radii, sheets: [light.length, shadow.length], same: light[0] === shadow[0] };
  });
  assert.deepEqual(seen.inline, [0, 0, 0]);
  assert.ok(seen.radii.every((radius) => radius !== "0px"), `the styles apply: ${seen.radii}`);
  assert.deepEqual([seen.sheets, seen.same], [[2, 2], true], "the form's sheet and the screens', one each for all");
});

test("an element that is removed leaves nothing and says nothing", async () => {
  const seen = await inPage(async ({ complete, until }) => {
    const widget = complete();
    await widget.typeInto("Email", "me@example.com");
    await widget.typeInto("Password", "secret");
    // A service that has the request and takes its time.
    let fail;
    window.fetch = () => new Promise((_, reject) => (fail = () => reject(new TypeError("Failed to fetch"))));
    await widget.submit();
    await until("the request", () => fail);
    const { root } = widget;
    widget.element.remove();
    await until("an empty root", () => root.childElementCount === 0);
    const left = root.isConnected;
    const told = widget.told.length;
    fail();
    // What follows on a promise runs before the next task.
    await new Promise((resolve) => setTimeout(resolve));
    const silent = widget.told.length === told;

    // Once more does no harm, and what is asked of it waits for its return.
    widget.element.remove();
    widget.set({ lang: "ja" });
    const reset = widget.element.reset();
    const code = widget.element.getTokens().then(() => "tokens", (error) => error.code);
    document.body.append(widget.element);
    const typed = (await widget.field("メールアドレス")).value;
    await reset;
    return { silent, left, typed, code: await code };
  });
  assert.deepEqual(seen, { silent: true, left: false, typed: "", code: "not_signed_in" });
});

test("nobody signed in means no tokens", async () => {
  const [code, signedOut] = await inPage(async ({ complete }) => {
    const widget = complete();
    await widget.find("h2");
    const code = await widget.element.getTokens().then(() => "tokens", (error) => error.code);
    // And there is nothing to end.
    await widget.element.signOut();
    return [code, widget.toldOf("cognito-login-signed-out")];
  });
  assert.equal(code, "not_signed_in");
  assert.deepEqual(signedOut, []);
});

test("an element takes the focus only when a person uses it", async () => {
  const kept = await inPage(async ({ complete }) => {
    const input = document.body.appendChild(document.createElement("input"));
    input.focus();
    const widget = complete();
    await widget.find("h2");
    widget.set({ lang: "ja" });
    await widget.find("[lang=ja]");
    return document.activeElement === input;
  });
  assert.ok(kept);
});

test("a screen that the page asks for has the focus, which goes to where the person goes on", async () => {
  const focused = await inPage(async ({ complete, until }) => {
    const button = document.body.appendChild(document.createElement("button"));
    const widget = complete();
    await widget.find("h2");
    button.focus();
    await widget.element.show("sign-up");
    await until("the focus to be in the widget", () => document.activeElement === widget.element);
    return widget.element.shadowRoot.activeElement.localName;
  });
  assert.match(focused, /^(h2|input)$/);
});

test("what is no name of a screen is refused by its code", async () => {
  const codes = await inPage(async ({ complete }) => {
    const { element } = complete();
    return Promise.all([undefined, null, 7, {}, ""].map((name) => element.show(name).catch(({ code }) => code)));
  });
  assert.deepEqual(codes, Array(5).fill("screen_unknown"));
});

test("without slots, what the page has for a screen is seen with that screen alone, and its foot below the form", async () => {
  const seen = await inPage(async ({ complete, until }) => {
    const { element: model } = complete({ shadow: "none" });
    const element = model.cloneNode();
    model.remove();
    const fillings = ["header", "loading", "sign-in", "sign-up", "footer"].map((name) => {
      const filling = document.createElement("p");
      filling.slot = name;
      return filling;
    });
    const own = document.createElement("p");
    own.hidden = true;
    // Of another element, whose slot that is.
    fillings[0].append(document.createElement("p"));
    fillings[0].firstChild.slot = "footer";
    element.append(...fillings, own);
    document.body.append(element);
    const shown = () => fillings.filter(({ hidden }) => !hidden).map(({ slot }) => slot).join(" ");
    await element.ready;
    const first = await until("the first screen's", () => shown() !== "header loading sign-in sign-up footer" && shown());
    await element.show("sign-up");
    const then = await until("the other screen's", () => shown() !== first && shown());
    const form = element.querySelector("form");
    const isAbove = (filling) => Boolean(filling.compareDocumentPosition(form) & Node.DOCUMENT_POSITION_FOLLOWING);
    return { first, then, above: fillings.map(isAbove), ownIsHidden: own.hidden };
  });
  const above = [true, true, true, true, false];
  assert.deepEqual(seen, { first: "header sign-in footer", then: "header sign-up footer", above, ownIsHidden: true });
});

test("the page fills the slots of a screen", async () => {
  const shown = await inPage(async ({ complete }) => {
    const widget = complete();
    const filling = document.createElement("p");
    filling.slot = "sign-in";
    filling.textContent = "Welcome";
    widget.element.append(filling);
    const slot = await widget.find("slot[name=sign-in]");
    return slot.assignedElements().map((element) => element.textContent);
  });
  assert.deepEqual(shown, ["Welcome"]);
});

test("a custom challenge names its screen", async () => {
  const seen = await inPage(async ({ complete, text }) => {
    const service = serviceInPage();
    const seen = [];
    for (const [type, heading] of [["sms-code", "Check your phone"], ["totp-code", "Enter your authenticator code"]]) {
      service.answers("RespondToAuthChallenge", () => ({
        ChallengeName: "CUSTOM_CHALLENGE",
        Session: "a session of at least 20 characters",
        ChallengeParameters: { type, destination: "+81 *** 7890" },
      }));
      const widget = complete({ "auth-flow": "CUSTOM_AUTH" });
      await widget.signIn("me@example.com");
      await widget.findText("h2", heading);
      await widget.field("Verification code");
      seen.push(widget.all("button").map(text));
      widget.element.remove();
    }
    return seen;
  });
  assert.deepEqual(seen, [["Verify", "Send a new code", "Back to sign in"], ["Verify", "Back to sign in"]]);
});

test("an answer to a challenge is for that challenge alone", async () => {
  const answers = await inPage(async ({ complete, until }) => {
    const service = serviceInPage();
    let round = 0;
    const challenge = (question) => ({
      ChallengeName: "CUSTOM_CHALLENGE",
      Session: `a session of at least 20 characters, ${(round += 1)}`,
      ChallengeParameters: { type: "QUESTION", title: question },
    });
    service.answers("RespondToAuthChallenge", ({ ChallengeName, ChallengeResponses }) =>
      challenge(ChallengeName === "CUSTOM_CHALLENGE" ? `after ${ChallengeResponses.ANSWER}` : "first"),
    );
    const widget = complete({ "auth-flow": "CUSTOM_AUTH" });
    const responds = [];
    widget.element.addEventListener("cognito-login-challenge", ({ detail }) => responds.push(detail.respond));
    const answered = () => service.bodiesOf("RespondToAuthChallenge").map((body) => body.ChallengeResponses.ANSWER).filter(Boolean);

    await widget.signIn("me@example.com");
    await until("a challenge", () => responds.length === 1);
    responds[0]("one");
    await until("another round", () => responds.length === 2);
    // Closed: this is another question.
    responds[0]("late");
    responds[1]("two");
    await until("a third round", () => responds.length === 3);

    // Another client: a machine that counts its challenges from one again.
    widget.set({ "client-id": "anotherclient" });
    await widget.findText("h2", "Sign in");
    await widget.signIn("me@example.com");
    await until("its challenge", () => responds.length === 4);
    for (const respond of responds.slice(0, 3)) respond("of another machine");
    responds[3]("four");
    await until("its second round", () => responds.length === 5);

    widget.element.remove();
    await until("an empty element", () => !widget.root);
    responds[4]("of nobody");
    await new Promise((resolve) => setTimeout(resolve));
    return answered();
  });
  assert.deepEqual(answers, ["one", "two", "four"]);
});

test("a page that goes into the browser's cache keeps no password, neither shown nor typed", async () => {
  const seen = await inPage(async ({ complete, until, attributes }) => {
    const widget = complete();
    await widget.typeInto("Email", "me@example.com");
    await widget.typeInto("Password", "secret");
    await widget.press("Show password");
    const password = await widget.field("Password");
    await until("a shown password", () => password.type === "text");
    // A page that is left for good needs nothing.
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: false }));
    await new Promise((resolve) => setTimeout(resolve));
    const before = [password.type, password.value];
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    // As the browser does: what was queued runs before the page freezes.
    await Promise.resolve();
    await until("a hidden password", () => password.type === "password");
    const [pressed] = attributes(await widget.findText("button", "Show password"), "aria-pressed");
    return { before, after: [password.type, password.value, pressed], name: (await widget.field("Email")).value };
  });
  assert.deepEqual(seen, { before: ["text", "secret"], after: ["password", "", "false"], name: "me@example.com" });
});

test("what another frame has made is as good as what the page has", async () => {
  const sent = await inPage(async ({ complete }) => {
    const service = serviceInPage();
    service.answers("InitiateAuth", (body) => ({ AuthenticationResult: service.tokens(body.AuthParameters.USERNAME) }));
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const widget = complete({ "auth-flow": "USER_PASSWORD_AUTH" });
    // No instance of this page's `Object`.
    widget.element.clientMetadata = Object.assign(new frame.contentWindow.Object(), { campaign: "spring" });
    await widget.signIn("me@example.com");
    await widget.findText("h2", "You are signed in");
    return service.bodiesOf("InitiateAuth").map(({ ClientMetadata }) => ClientMetadata.campaign);
  });
  assert.deepEqual(sent, ["spring"]);
});
