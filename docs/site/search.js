// Finds sections by words: all of them must be there, as beginnings of words or in the middle of one.

/** So many letters of the text are shown around the first word. */
const EXCERPT = 140;

/**
 * The entries that have all words of a query, the best first.
 * @param {{ url: string, title: string, page: string, text: string }[]} entries
 */
export function find(entries, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return entries
    .map((entry) => ({ ...entry, score: score(entry, words), excerpt: excerpt(entry.text, words) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
}

/** Nothing where a word is missing. A word counts most where it is all of a title. */
function score({ title, page, text }, words) {
  const [inTitle, inPage, inText] = [title, page, text].map((one) => one.toLowerCase());
  let sum = inTitle === words.join(" ") ? 100 : 0;
  for (const word of words) {
    const points =
      (inTitle.startsWith(word) ? 20 : 0) + (inTitle.includes(word) ? 20 : 0) + (inPage.includes(word) ? 4 : 0) + (inText.includes(word) ? 1 : 0);
    if (points === 0) return 0;
    sum += points;
  }
  return sum;
}

function excerpt(text, words) {
  const found = words.map((word) => text.toLowerCase().indexOf(word)).filter((at) => at >= 0);
  const at = found.length === 0 ? 0 : Math.min(...found);
  const begin = at < EXCERPT / 2 ? 0 : text.lastIndexOf(" ", at - EXCERPT / 4) + 1;
  return (begin > 0 ? "… " : "") + text.slice(begin, begin + EXCERPT);
}
