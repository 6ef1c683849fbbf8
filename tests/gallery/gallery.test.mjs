// Every state of the gallery, in every language and theme, on a page as narrow as a small telephone, under a strict
// policy. Needs `dist/`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { openBrowser } from "../browser/browser.mjs";
import { serveGallery } from "./site.mjs";
import { groups, languages } from "./states.mjs";

/** CSS pixels: what WCAG 2.2 asks for in "Reflow". */
const WIDTH = 320;

/** So many browsers at a time; more only slow each other down. */
const BROWSERS = 2;

/** A language of each direction. axe-core looks at both in every state, and at the others in turns. */
const DIRECTIONS = ["en", "ar"];
const OTHERS = languages.filter((tag) => !DIRECTIONS.includes(tag));

const texts = Object.fromEntries(languages.map((tag) => [tag, readTexts(tag)]));

function readTexts(tag) {
  return JSON.parse(readFileSync(new URL(`../../src/i18n/texts/${tag}.json`, import.meta.url), "utf8"));
}

/** A text of a language file as it may stand on a screen: what is filled in may be anything. */
function pattern(text) {
  const forms = typeof text === "string" ? [text] : Object.values(text);
  const escaped = forms.map((form) => form.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll(/\{\w+\}/g, ".+"));
  return new RegExp(`^(${escaped.join("|")})$`);
}

let site;
const free = [];

before(async () => {
  site = await serveGallery();
  for (let number = 0; number < BROWSERS; number++) free.push(await openBrowser({ width: WIDTH }));
});

after(async () => {
  for (const browser of free) await browser.close();
  site?.close();
});

test("a state", { concurrency: BROWSERS }, async (t) => {
  const states = groups.flatMap(({ states }) => states);
  const tests = states.map((state, index) => t.test(`${state.id}`, () => holds(state, OTHERS[index % OTHERS.length])));
  await Promise.all(tests);
});

/** Opens a state in a browser that is free, and looks at it in every dress. */
async function holds(state, other) {
  const browser = free.pop();
  try {
    await browser.open(`${site.url}/gallery/state.html?state=${state.id}&lang=${languages[0]}&theme=light`);
    const { problems, seen } = await browser.run(look, languages, DIRECTIONS, [...DIRECTIONS, other]);
    const { told, wrong } = parted(problems, state);
    assert.deepEqual(wrong, []);
    assert.equal(told.length > 0, Boolean(isForAuthor(state.notice)), `${state.id}: what the page's author reads`);
    assert.equal(seen.length, languages.length + DIRECTIONS.length);
    for (const { dress, screen, heading, notice, isNoticeFirst, overflows, violations } of seen) {
      const where = `${state.id} in ${dress.lang}, ${dress.theme}`;
      assert.equal(screen, state.screen, where);
      assert.deepEqual(overflows, [], `${where}: wider than ${WIDTH} px`);
      assert.deepEqual(violations, [], `${where}: axe-core`);
      assert.ok(isNoticeFirst, `${where}: the notice stands below what is pressed next`);
      const headings = texts[dress.lang][`${state.screen}.heading`];
      if (state.heading) assert.equal(heading, state.heading, where);
      else if (headings) assert.match(heading, pattern(headings), where);
      if (state.notice && state.screen) {
        assert.ok(words(dress.lang, state.notice).some((one) => one.test(notice)), `${where}: ${notice}`);
      }
    }
  } finally {
    free.push(browser);
  }
}

/** Whether the page's author alone can mend it: the console says what it is. */
const isForAuthor = (notice) => hasNoWords(notice) || ["passkey_wrong_host", "scope_missing"].includes(notice);

/** Whether the screen says no more of it than that something went wrong. */
const hasNoWords = (notice) => notice?.startsWith("secret_hash") || notice === "client_unknown";

/** What the console is to say in a state, and what it is not. */
function parted(problems, { notice }) {
  const isTold = (problem) => isForAuthor(notice) && problem.startsWith("console: ");
  return { told: problems.filter(isTold), wrong: problems.filter((problem) => !isTold(problem)) };
}

/** What may be said of a kind of notice: there are variants by details and by kinds of sign-in names. */
function words(lang, notice) {
  const name = hasNoWords(notice) ? "notice.unexpected" : `notice.${notice}`;
  return Object.entries(texts[lang])
    .filter(([key]) => key === name || key.startsWith(`${name}.`))
    .map(([, text]) => pattern(text));
}

/** Runs in the page: waits for the state, and looks at it in every language and theme. */
async function look(languages, inDark, inDetail) {
  const { dataset } = document.documentElement;
  const settled = async () => {
    while (!["ready", "failed"].includes(dataset.state)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await settled();
  await import("/axe.js");
  // Another theme changes nothing but colours.
  const COLOURS = { runOnly: { type: "rule", values: ["color-contrast"] } };
  const ALL = {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    // The widget is a part of somebody's page, whose heading of the first level is not the widget's.
    rules: { "page-has-heading-one": { enabled: false } },
  };
  const seen = [];
  for (const theme of dataset.state === "ready" ? ["light", "dark"] : []) {
    for (const lang of theme === "light" ? languages : inDark) {
      dataset.state = "asked";
      postMessage({ lang, theme }, location.origin);
      await settled();
      const { shadowRoot } = document.querySelector("cognito-login, cognito-account");
      const rules = theme === "light" ? ALL : COLOURS;
      const options = { ...rules, preload: false, resultTypes: ["violations"] };
      const { violations } = inDetail.includes(lang) ? await axe.run(document, options) : { violations: [] };
      seen.push({
        dress: { lang, theme },
        screen: shadowRoot.querySelector("section").dataset.screen ?? null,
        heading: shadowRoot.querySelector("h2")?.textContent.trim(),
        notice: shadowRoot.querySelector("[part~=error], [part~=status]")?.textContent.trim(),
        isNoticeFirst: isNoticeFirst(shadowRoot),
        overflows: overflows(shadowRoot),
        violations: violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target}: ${node.failureSummary}`)),
      });
    }
  }
  return { problems: window.problems, seen };

  /** Where there is a form, the notice stands by it. */
  function isNoticeFirst(root) {
    const has = (selector) => root.querySelector(selector) !== null;
    const first = root.querySelector("[part~=button], [role=alert]");
    return has("form") || !has("[role=alert]") || first.role === "alert";
  }

  function overflows(root) {
    const { scrollingElement, documentElement } = document;
    const width = documentElement.clientWidth;
    const page = scrollingElement.scrollWidth > width ? [`the page is ${scrollingElement.scrollWidth} px wide`] : [];
    const wide = [...root.querySelectorAll("section *")].filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect();
      return own > 0 && (left < 0 || right > width + 0.5) && !element.closest(".unseen");
    });
    return [...page, ...wide.map((element) => `${element.localName} ${element.textContent.trim().slice(0, 40)}`)];
  }
}
