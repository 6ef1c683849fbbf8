// The gallery's states for the tests, read from its own files.
import { readFileSync } from "node:fs";
import { expanded } from "../../demo/gallery/states.js";

const json = (name) => JSON.parse(readFileSync(new URL(`../../demo/gallery/${name}`, import.meta.url), "utf8"));

const { languages: tags, screens } = json("states.json");

export const { languages, groups, states } = expanded(tags, screens, json("replies.json"));
