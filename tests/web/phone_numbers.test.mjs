// The countries beside phone numbers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "./stage.mjs";

test("the calling codes are loaded once, and only where a phone number is asked for", async () => {
  const [without, withOne, withTwo] = await inPage(async ({ complete }) => {
    const loads = () => performance.getEntriesByType("resource").filter((entry) => entry.name.endsWith("/calling-codes.js")).length;
    const email = complete();
    await email.field("Email");
    await email.press("Create an account");
    await email.findText("h2", "Create your account");
    const without = loads();
    await complete({ "username-kind": "phone" }).find("select.country:not([hidden], :empty)");
    const withOne = loads();
    const attribute = complete({ screen: "sign-up", "sign-up-attributes": "phone_number" });
    await attribute.find("select.country:not([hidden], :empty)");
    return [without, withOne, loads()];
  });
  assert.deepEqual([without, withOne, withTwo], [0, 1, 1]);
});

test("the countries have names in the widget's language, in its order, and the likely one is chosen", async () => {
  const seen = await inPage(async ({ complete, attributes, until }) => {
    Object.defineProperty(navigator, "languages", { value: ["ja", "en-US"] });
    const widget = complete({ "username-kind": "phone" });
    const select = await widget.find("select.country:not([hidden], :empty)");
    const look = () => ({
      label: select.ariaLabel,
      chosen: select.selectedOptions[0].text,
      count: select.options.length,
      sorted: [...select.options].every(({ text }, at, all) => at === 0 || all[at - 1].text.localeCompare(text, select.closest("[lang]").lang) <= 0),
    });
    const english = look();
    select.value = "FR";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    widget.set({ lang: "ja" });
    await until("the countries in Japanese", () => select.selectedOptions[0].text === "フランス (+33)");
    return { english, japanese: look(), autocomplete: attributes(await widget.field("電話番号"), "autocomplete") };
  });
  const { count } = seen.english;
  assert.ok(count > 200);
  assert.deepEqual(seen, {
    english: { label: "Country or region", chosen: "Japan (+81)", count, sorted: true },
    japanese: { label: "国または地域", chosen: "フランス (+33)", count, sorted: true },
    autocomplete: ["username"],
  });
});

test("a number with + chooses its country, and another country changes its code", async () => {
  const seen = await inPage(async ({ complete }) => {
    Object.defineProperty(navigator, "languages", { value: ["en-US"] });
    const widget = complete({ screen: "sign-up", "sign-up-attributes": "phone_number" });
    const select = await widget.find("select.country:not([hidden], :empty)");
    const input = await widget.field("Phone number");
    const seen = [];
    const look = () => seen.push([select.value, input.value]);
    look();
    for (const typed of ["+8", "+8190", "090-1234-5678", "+1 (876) 555 0100", "+81 90-1234-5678"]) {
      await widget.typeInto("Phone number", typed);
      look();
    }
    for (const region of ["GB", "JE"]) {
      select.value = region;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      look();
    }
    return [...seen, input.autocomplete];
  });
  assert.deepEqual(seen, [
    ["US", ""],
    ["US", "+8"],
    ["JP", "+8190"],
    ["JP", "090-1234-5678"],
    ["US", "+1 (876) 555 0100"],
    ["JP", "+81 90-1234-5678"],
    ["GB", "+449012345678"],
    ["JE", "+449012345678"],
    "tel",
  ]);
});

test("what is submitted is complete and stays so; what is no number stays as it was typed", async () => {
  const seen = await inPage(async ({ complete, text, until }) => {
    const notANumber = "Check the phone number and its country. It can also begin with the country code, such as +44.";
    Object.defineProperty(navigator, "languages", { value: ["ja"] });
    const widget = complete({ "username-kind": "phone", screen: "sign-up" });
    await widget.find("select.country:not([hidden], :empty)");
    const input = await widget.field("Phone number");
    await widget.typeInto("Phone number", "090 12 ab");
    await widget.typeInto("Password", "Tidewater 2026!");
    await widget.submit();
    await widget.findText("[role=alert]", notANumber);
    await until("the focus on the number", () => widget.focused() === input);
    const wrong = input.value;
    await widget.typeInto("Phone number", "０９０ー１２３４ー５６７８");
    await widget.submit();
    // It goes to the pool, which is not there.
    await until("another alert", () => widget.all("[role=alert]").some((alert) => text(alert) !== notANumber));
    return [wrong, input.value];
  });
  assert.deepEqual(seen, ["090 12 ab", "+819012345678"]);
});

test("the country that was chosen is that of the next screen, too", async () => {
  const seen = await inPage(async ({ complete, until }) => {
    const widget = complete({ "username-kind": "phone" });
    const select = await widget.find("select.country:not([hidden], :empty)");
    select.value = "JP";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await widget.typeInto("Phone number", "090-1234-5678");
    await widget.press("Forgot your password?");
    await widget.findText("h2", "Reset your password");
    const next = await widget.find("select.country:not([hidden], :empty)");
    const input = await widget.field("Phone number");
    await until("the name", () => input.value);
    return [next === select, next.value, input.value];
  });
  assert.deepEqual(seen, [false, "JP", "090-1234-5678"]);
});
