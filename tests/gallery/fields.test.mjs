// What password managers go by that look into no shadow root: with `shadow="none"` one form a screen in the page's own tree, and each
// field's name, token and type. The same in shadow roots, by rules, is in access.test.mjs. Needs `dist/`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openSite } from "../browser/opened.mjs";
import { serveGallery } from "./site.mjs";
import { groups } from "./states.mjs";

const ACCOUNT = "hidden username username text";
const CODE = "code one-time-code text";
const PASSWORD = "password current-password password";
const NEW_PASSWORD = "new-password new-password password";
const PHONE = "phone_number tel tel";

/**
 * The fields by state, in their order: `name autocomplete type`. `hidden` stands before one that nobody sees and nobody can change: it
 * names the account that a code or a new password is for. A list has no name, and is left alone.
 */
const FIELDS = {
  "sign-in": ["username username email", PASSWORD],
  "sign-in-phone": ["select", "username username tel", PASSWORD],
  "sign-up": ["username username email", "password new-password password"],
  "confirm-sign-up": [ACCOUNT, CODE],
  "forgot-password": ["username username email"],
  "reset-password": [ACCOUNT, CODE, NEW_PASSWORD],
  "email-code": [ACCOUNT, CODE],
  "sms-code": [ACCOUNT, CODE],
  "totp-code": [ACCOUNT, CODE],
  "choose-mfa": [ACCOUNT, ...Array(3).fill("choice  radio")],
  "totp-setup": [ACCOUNT, CODE],
  "email-setup": [ACCOUNT, "email email email"],
  "new-password": [ACCOUNT, NEW_PASSWORD, "name name text"],
  "custom-challenge": [ACCOUNT, "answer off text"],
  "change-password": [ACCOUNT, PASSWORD, NEW_PASSWORD],
  "change-email": [ACCOUNT, "email email email"],
  "verify-email": [ACCOUNT, CODE],
  "change-phone-number": [ACCOUNT, "select", PHONE],
  "verify-phone-number": [ACCOUNT, CODE],
  "delete-account": [ACCOUNT],
};

/** Where nothing is asked for. */
const WITHOUT = ["loading", "choose-factor", "remember-device", "signed-in", "account-signed-out", "configuration"];

const opened = openSite(serveGallery);

/** Opens a state, and returns its forms with their fields, what stands outside of them, ids that stand there twice, and the account that is named. */
async function look(state) {
  await opened.browser.open(`${opened.site.url}/gallery/state.html?state=${state}&lang=en&theme=light&shadow=none`);
  return opened.browser.run(async () => {
    const { dataset } = document.documentElement;
    while (!["ready", "failed"].includes(dataset.state)) await new Promise((resolve) => setTimeout(resolve, 5));
    const element = document.querySelector("cognito-login, cognito-account");
    const described = ({ localName, name, autocomplete, type, hidden, readOnly }) => {
      if (localName === "select") return "select";
      return `${hidden && readOnly ? "hidden " : ""}${name} ${autocomplete} ${type}`;
    };
    const fields = [...element.querySelectorAll("input, select, textarea")];
    return {
      isInPage: !element.shadowRoot,
      forms: [...element.querySelectorAll("form")].map((form) => fields.filter((field) => field.form === form).map(described)),
      outside: fields.filter((field) => !field.form).map(described),
      account: element.querySelector("input[hidden]")?.value,
      repeated: fields.map(({ id }) => id).filter((id, index, ids) => id && ids.indexOf(id) !== index),
    };
  });
}

test("every screen is in one of the tables", () => {
  const firsts = groups.map(({ states: [{ id }] }) => id);
  const listed = [...Object.keys(FIELDS), ...WITHOUT];
  assert.deepEqual(firsts.filter((id) => !listed.includes(id)), []);
});

test("one form a screen, with the right names and tokens", async () => {
  for (const [state, fields] of [...Object.entries(FIELDS), ...WITHOUT.map((state) => [state, []])]) {
    const { account, ...seen } = await look(state);
    const forms = fields.length > 0 ? [fields] : [];
    assert.deepEqual(seen, { isInPage: true, forms, outside: [], repeated: [] }, state);
    if (fields.includes(ACCOUNT)) assert.match(account, /^[\w-]+@example\.com$/, state);
  }
});
