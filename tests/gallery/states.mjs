// The gallery's states for the tests, read from its own files.
import { readFile } from "node:fs/promises";
import { loadGallery } from "../../demo/gallery/states.js";

const folder = new URL("../../demo/gallery/", import.meta.url);

export const { languages, groups } = await loadGallery(async (name) => JSON.parse(await readFile(new URL(name, folder), "utf8")));
