// Writes the gallery's transcripts: `cargo xtask gallery`.
import { writeFileSync } from "node:fs";
import { record, text } from "./recording.mjs";

for (const [group, recording] of Object.entries(await record())) {
  writeFileSync(new URL(`../../demo/gallery/transcripts/${group}.json`, import.meta.url), text(recording));
  console.log(`${group}: ${Object.keys(recording).length} states with replies of the pool`);
}
