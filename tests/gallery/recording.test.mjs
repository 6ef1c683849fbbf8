// Whether the local pool still says what the gallery shows. Needs `dist/`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { record, text } from "./recording.mjs";

test("the transcripts are what the local pool says", async () => {
  for (const [group, recording] of Object.entries(await record())) {
    const file = new URL(`../../demo/gallery/transcripts/${group}.json`, import.meta.url);
    assert.equal(readFileSync(file, "utf8"), text(recording), `${group}: record again by \`cargo xtask gallery\``);
  }
});
