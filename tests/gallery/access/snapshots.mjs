// What is kept of the gallery for comparison: a text file for each screen, with a section for each state. The first state is there as a
// whole, the others mostly by the lines in which they differ from one before. `SNAPSHOTS=write` writes them anew.
import { readFile, writeFile } from "node:fs/promises";

const folder = new URL("../snapshots/", import.meta.url);

export const isWriting = process.env.SNAPSHOTS === "write";

/** The sections of a screen's file by the ids of its states; none where there is no file. */
export async function readSections(screen) {
  const text = await readFile(new URL(`${screen}.txt`, folder), "utf8").catch(() => "");
  return new Map(text.split(/^# /m).slice(1).map((section) => [section.split("\n", 1)[0], section.slice(section.indexOf("\n") + 1).trimEnd()]));
}

/** Writes the file of a screen. */
export function writeSections(screen, sections) {
  const text = [...sections].map(([id, lines]) => `# ${id}\n${lines}\n`).join("\n");
  return writeFile(new URL(`${screen}.txt`, folder), text);
}

/** What is kept of a state: its lines, or how they differ from those of the earlier state that is most alike. */
export function section(lines, earlier) {
  let shortest = lines;
  for (const [id, before] of earlier) {
    const told = [`as ${id}`, ...difference(before, lines)];
    if (told.length < shortest.length) shortest = told;
  }
  return shortest.join("\n");
}

/** The lines in which a text differs from the one before: `-` is gone and `+` has come, each below what both have before it. */
function difference(before, after) {
  const lengths = before.map(() => []);
  const common = (i, j) => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      lengths[i][j] = before[i] === after[j] ? 1 + common(i + 1, j + 1) : Math.max(common(i + 1, j), common(i, j + 1));
    }
  }
  const lines = [];
  let [i, j, below] = [0, 0, undefined];
  const say = (mark, line) => {
    if (below !== undefined) lines.push(`  ${below}`);
    below = undefined;
    lines.push(`${mark} ${line}`);
  };
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      below = before[i];
      [i, j] = [i + 1, j + 1];
    } else if (j >= after.length || (i < before.length && common(i + 1, j) >= common(i, j + 1))) say("-", before[i++]);
    else say("+", after[j++]);
  }
  return lines;
}
