// What is drawn, and what a person may do with it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage, ofError } from "./stage.mjs";

test("the sign-in form is one that password managers and keyboards know", async () => {
  for (const shadow of ["open", "none"]) {
    const seen = await inPage(async ({ complete, text, attributes }, shadow) => {
      const widget = complete({ shadow });
      return {
        heading: text(await widget.find("h2")),
        name: attributes(await widget.field("Email"), "type", "inputmode", "autocomplete", "name"),
        password: attributes(await widget.field("Password"), "type", "autocomplete", "name"),
        submit: text(await widget.find("button[type=submit]")),
        forms: widget.count("form"),
        buttons: widget.count("button"),
      };
    }, shadow);
    assert.deepEqual(seen, {
      heading: "Sign in",
      name: ["email", "email", "username", "username"],
      password: ["password", "current-password", "password"],
      submit: "Sign in",
      forms: 1,
      // And those that show the password, lead to a new account and to a new password.
      buttons: 4,
    });
  }
});

test("a sign-in name is what the page says", async () => {
  const kinds = [
    ["email", "Email", "email", "email"],
    ["phone", "Phone number", "tel", "tel"],
    ["username", "Username", "text", ""],
  ];
  for (const [kind, label, type, inputmode] of kinds) {
    const seen = await inPage(async ({ complete, attributes, until }, kind, label) => {
      const name = await complete({ "username-kind": kind, username: "given" }).field(label);
      await until("the name in the field", () => name.value);
      return [...attributes(name, "type", "inputmode", "autocomplete"), name.value];
    }, kind, label);
    assert.deepEqual(seen, [type, inputmode, "username", "given"]);
  }
});

test("an empty field is named, marked and focused", async () => {
  const [first, second, errors] = await inPage(async ({ complete, attributes, until }) => {
    const widget = complete();
    await widget.submit();
    const alert = await widget.findText("[role=alert]", "Enter your email address.");
    const name = await widget.field("Email");
    const [invalid, describedBy] = attributes(name, "aria-invalid", "aria-describedby");
    await until("the focus on the name", () => widget.focused() === name);
    const first = { invalid, described: describedBy === alert.id };

    await widget.typeInto("Email", "me@example.com");
    await widget.submit();
    await widget.findText("[role=alert]", "Enter your password.");
    const password = await widget.field("Password");
    const marked = [name, password].flatMap((field) => attributes(field, "aria-invalid"));
    await until("the focus on the password", () => widget.focused() === password);
    const second = { marked, name: name.value };
    return [first, second, widget.toldOf("cognito-login-error").map(({ code }) => code)];
  });
  assert.deepEqual(first, { invalid: "true", described: true });
  assert.deepEqual(second, { marked: ["", "true"], name: "me@example.com" });
  assert.deepEqual(errors, ["name_missing", "password_missing"]);
});

test("the same error again is a new alert", async () => {
  const alerts = await inPage(async ({ complete, until }) => {
    const widget = complete();
    await widget.submit();
    const first = await widget.find("[role=alert]");
    await widget.submit();
    await until("another alert", () => widget.all("[role=alert]").some((alert) => alert !== first));
    return widget.count("[role=alert]");
  });
  assert.equal(alerts, 1);
});

test("an endpoint that nobody serves is told, and what was typed stays", async () => {
  const message = "We could not reach the sign-in service. Check your connection and try again.";
  const seen = await inPage(async ({ complete }, message) => {
    const widget = complete();
    await widget.typeInto("Email", "me@example.com");
    await widget.typeInto("Password", " p4ss wörd ");
    await widget.submit();
    await widget.findText("[role=alert]", message);
    return {
      typed: [(await widget.field("Email")).value, (await widget.field("Password")).value],
      error: widget.toldOf("cognito-login-error").pop(),
      told: JSON.stringify(widget.told),
    };
  }, message);
  assert.deepEqual(seen.typed, ["me@example.com", " p4ss wörd "]);
  assert.deepEqual(ofError(seen.error), { code: "network", message, screen: "sign-in", retryable: true });
  assert.doesNotMatch(seen.told, /p4ss/);
});

test("the password can be shown", async () => {
  const seen = await inPage(async ({ complete, attributes }) => {
    const widget = complete();
    await widget.typeInto("Password", "secret");
    const button = await widget.findText("button", "Show password");
    const before = attributes(button, "aria-pressed", "type");
    button.click();
    await widget.find("button[aria-pressed=true]");
    const password = await widget.field("Password");
    const follows = password.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING;
    return { before, after: [password.type, password.value], follows: follows !== 0 };
  });
  assert.deepEqual(seen, {
    // It does not submit.
    before: ["false", "button"],
    after: ["text", "secret"],
    // Tab leads from one field to the next; the button comes after both.
    follows: true,
  });
});

test("a new password is measured against the page's rules while it is typed, in words", async () => {
  const seen = await inPage(async ({ complete, attributes, until }) => {
    const widget = complete({ screen: "sign-up", "password-policy": "min=10 upper digit" });
    const list = await widget.find("ul[aria-live=polite]");
    const rules = () => widget.all("li").map((rule) => rule.textContent.replace(/\s+/g, " "));
    const before = rules();
    const [described] = attributes(await widget.field("Password"), "aria-describedby");
    await widget.typeInto("Password", "Tide");
    await until("a rule to be kept", () => widget.count("li.kept") === 1);
    const during = rules();
    await widget.typeInto("Password", "Tidewater 1");
    await until("all rules to be kept", () => widget.count("li.kept") === 3);
    const description = await widget.find(`[id="${described}"]`);
    return { before, during, after: rules(), described: description.contains(list) };
  });
  assert.deepEqual(seen.before, [
    "○Still needed: At least 10 characters",
    "○Still needed: An uppercase letter (A–Z)",
    "○Still needed: A number (0–9)",
  ]);
  assert.deepEqual(seen.during.map((rule) => rule[0]), ["○", "✓", "○"]);
  assert.equal(seen.after[2], "✓Done: A number (0–9)");
  assert.ok(seen.described);
});

test("a sign-up asks for what the page says", async () => {
  const seen = await inPage(async ({ complete, attributes, text }) => {
    const asked = "given_name email phone_number custom:favourite_team";
    const widget = complete({ screen: "sign-up", "sign-up-attributes": asked });
    await widget.field("Favourite team");
    return {
      labels: widget.all("label").map(text),
      given: attributes(await widget.field("Given name"), "type", "autocomplete", "name"),
      phone: attributes(await widget.field("Phone number"), "type", "inputmode", "autocomplete"),
      password: attributes(await widget.field("Password"), "type", "autocomplete", "name"),
    };
  });
  assert.deepEqual(seen, {
    // The sign-in name is the e-mail address already.
    labels: ["Email", "Password", "Given name", "Phone number", "Favourite team"],
    given: ["text", "given-name", "given_name"],
    phone: ["tel", "tel", "tel"],
    password: ["password", "new-password", "password"],
  });
});

test("the name goes along from form to form", async () => {
  const names = await inPage(async ({ complete, until }) => {
    const widget = complete();
    const name = async () => (await widget.field("Email")).value;
    await widget.typeInto("Email", "me@example.com");
    await widget.press("Forgot your password?");
    await widget.findText("h2", "Reset your password");
    await until("the name in the field", () => widget.all("input")[0].value);
    const first = await name();
    await widget.typeInto("Email", "other@example.com");
    await widget.press("Back to sign in");
    await widget.findText("h2", "Sign in");
    await until("the name in the field", () => widget.all("input")[0].value);
    const second = await name();
    await widget.press("Create an account");
    await widget.findText("h2", "Create your account");
    await until("the name in the field", () => widget.all("input")[0].value);
    return [first, second, await name()];
  });
  assert.deepEqual(names, ["me@example.com", "other@example.com", "other@example.com"]);
});

test("Japanese is complete", async () => {
  const alert = "メールアドレスを入力してください。";
  const seen = await inPage(async ({ complete, text, attributes }, alert) => {
    const widget = complete({ lang: "ja" });
    const heading = text(await widget.find("h2"));
    await widget.field("メールアドレス");
    await widget.field("パスワード");
    await widget.findText("button", "パスワードを表示");
    await widget.submit();
    await widget.findText("[role=alert]", alert);
    const [lang] = attributes(await widget.find("[lang]"), "lang");
    return [heading, lang, widget.toldOf("cognito-login-error").pop().message];
  }, alert);
  assert.deepEqual(seen, ["サインイン", "ja", alert]);
});

test("an account without anybody says so, and signs in by itself", async () => {
  const heading = await inPage(async ({ complete, text }) => {
    const widget = complete({}, "cognito-account");
    const heading = text(await widget.find("h2"));
    await widget.findText("p", "You are not signed in.");
    await widget.press("Sign in");
    await widget.field("Email");
    await widget.press("Cancel");
    await widget.findText("p", "You are not signed in.");
    return heading;
  });
  assert.equal(heading, "Your account");
});

test("a form that another script keeps from the widget goes nowhere, and takes no password there", async () => {
  const refused = await inPage(async ({ complete, until }) => {
    const widget = complete({ shadow: "none" });
    await widget.typeInto("Email", "me@example.com");
    await widget.typeInto("Password", " p4ss wörd ");
    addEventListener("submit", (event) => event.stopImmediatePropagation(), { capture: true });
    // The policy allows no form to go anywhere, and tells of one that would.
    const refused = [];
    addEventListener("securitypolicyviolation", ({ blockedURI }) => refused.push(new URL(blockedURI).pathname));
    (await widget.find("form")).requestSubmit();
    // A page goes to one place at a time: the next form would take this one's turn.
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve));
    const another = document.body.appendChild(document.createElement("form"));
    another.action = "/another";
    another.requestSubmit();
    await until("the other form to be refused", () => refused.includes("/another"));
    return refused;
  });
  assert.deepEqual(refused, ["/another"]);
});
