// Phone numbers as people type them at home, judged by a library that knows all countries' numbers. Needs no `dist/`.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { getCountries, getCountryCallingCode, getExampleNumber } from "libphonenumber-js/max";
import { complete, likelyRegion, planOfNumber } from "../../src/element/calling-codes.js";
import { tableText } from "./calling_codes_table.mjs";

const examples = createRequire(import.meta.url)("libphonenumber-js/examples.mobile.json");

test("the table is the library's", () => {
  const file = new URL("../../src/element/calling-codes-table.js", import.meta.url);
  const there = readFileSync(file, "utf8");
  if (there !== tableText()) writeFileSync(file, tableText());
  assert.equal(there, tableText(), "src/element/calling-codes-table.js was stale, and has been written anew");
});

test("a number of any region is complete, whether it is typed as at home, without what one dials first, or in full", () => {
  assert.ok(getCountries().length > 200);
  for (const region of getCountries()) {
    const example = getExampleNumber(region, examples);
    // What Argentina's mobile numbers have at home lies in their middle; they are typed without it, or in full.
    const typed = region === "AR" ? [] : [example.formatNational()];
    typed.push(example.nationalNumber);
    for (const one of typed) assert.equal(complete(one, region), example.number, `${one} in ${region}`);
    for (const one of [example.number, example.formatInternational()]) {
      assert.equal(complete(one, region), one);
      assert.equal(planOfNumber(one).code, getCountryCallingCode(region));
      assert.ok(planOfNumber(one).regions.includes(region), region);
    }
  }
});

test("what people put between the digits is left out", () => {
  for (const typed of ["090-1234-5678", " (090) 1234 5678 ", "０９０ー１２３４ー５６７８", "090.1234/5678", "090−1234–5678", "9012345678"]) {
    assert.equal(complete(typed, "JP"), "+819012345678", typed);
  }
});

test("what the prefix alone would get wrong is right", () => {
  const numbers = [
    ["8 (912) 345-67-89", "RU", "+79123456789"],
    ["812 345-67-89", "RU", "+78123456789"],
    ["8 812 345-67-89", "RU", "+78123456789"],
    ["8 612 34567", "LT", "+37061234567"],
    ["8 029 491-19-11", "BY", "+375294911911"],
    ["06 20 123 4567", "HU", "+36201234567"],
    ["06 1234 5678", "IT", "+390612345678"],
    ["1 (415) 555-0100", "CA", "+14155550100"],
  ];
  for (const [typed, region, number] of numbers) assert.equal(complete(typed, region), number);
});

test("what is no number of home stays as it was typed", () => {
  for (const typed of ["", "+1 415 555 0100", "＋８１ ９０", "me@example.com", "7d8ca528-4931-4254-9273-ea5ee853f271", "0", "1".repeat(16)]) {
    assert.equal(complete(typed, "JP"), typed);
  }
  assert.equal(complete("090-1234-5678", ""), "090-1234-5678");
});

test("a number with + names its country as soon as the code is there, the main one of several", () => {
  assert.equal(planOfNumber("090"), undefined);
  assert.equal(planOfNumber("+8"), undefined);
  const mains = ["+81", "＋８１ ９０", "+1 876", "+44", "+7 7", "+39"].map((typed) => planOfNumber(typed).regions[0]);
  assert.deepEqual(mains, ["JP", "JP", "US", "GB", "RU", "IT"]);
});

test("the region is the one that the first language which has one is spoken in", () => {
  const regions = [["ja", "en-US"], ["en-GB", "ja"], ["en"], ["es-419", "pt-BR"], ["eo"], ["zh-Hant"], ["en_US", "C", "de-AT"], []].map(likelyRegion);
  assert.deepEqual(regions, ["JP", "GB", "US", "BR", "", "TW", "AT", ""]);
});
