// The page that lists the states. Needs `dist/`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openSite } from "../browser/opened.mjs";
import { serveGallery } from "./site.mjs";
import { groups } from "./states.mjs";

const opened = openSite(serveGallery, { width: 320 });

/** Opens the page and runs a function in it, with another that waits for a condition. */
async function onPage(query, work, ...given) {
  await opened.browser.open(`${opened.site.url}/gallery/${query}`);
  return opened.browser.run(
    `async (...given) => {
      const until = async (look) => {
        const end = performance.now() + 20_000;
        for (;;) {
          const found = look();
          if (found) return found;
          if (performance.now() > end) throw new Error("waited in vain for " + look);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      };
      return (${work})(until, ...given);
    }`,
    ...given,
  );
}

test("every screen is listed, and one of them is shown", async () => {
  const seen = await onPage("#email-code", async (until) => {
    await until(() => document.querySelector("#states figure"));
    return {
      list: [...document.querySelectorAll("#screens a")].map(({ hash }) => hash.slice(1)),
      current: document.querySelector("[aria-current]").hash,
      states: [...document.querySelectorAll("#states figure")].map(({ id }) => id.split("/")[1]),
      problems: window.problems,
    };
  });
  assert.deepEqual(seen.list, groups.map(({ name }) => name));
  assert.equal(seen.current, "#email-code");
  assert.deepEqual(seen.states, groups.find(({ name }) => name === "email-code").states.map(({ id }) => id));
  assert.deepEqual(seen.problems, []);
});

test("what is chosen shows in every frame, and in the address", async () => {
  const seen = await onPage("?theme=dark#signed-in", async (until) => {
    const frame = await until(() => document.querySelector("iframe"));
    frame.scrollIntoView();
    await until(() => frame.dataset.state === "ready");
    const widget = () => frame.contentDocument.querySelector("cognito-login").shadowRoot.querySelector(".cognito-login");
    await until(() => widget().dataset.theme === "dark");
    const select = document.getElementById("lang");
    select.value = "ja";
    select.dispatchEvent(new Event("change"));
    const heading = await until(() => widget().lang === "ja" && widget().querySelector("h2").textContent);
    await until(() => Math.abs(frame.clientHeight - frame.contentDocument.body.scrollHeight) < 2);
    return { heading, search: location.search, alone: document.querySelector("a[data-state]").search, problems: window.problems };
  });
  assert.equal(seen.heading, "サインインしています");
  assert.equal(seen.search, "?theme=dark&lang=ja");
  assert.equal(seen.alone, "?state=signed-in&lang=ja&theme=dark");
  assert.deepEqual(seen.problems, []);
});

test("a state's own address leads to it, and nothing takes the focus", async () => {
  const seen = await onPage("#sms-code/sms-code-new", async (until) => {
    const figure = await until(() => document.getElementById("sms-code/sms-code-new"));
    await until(() => figure.querySelector("iframe").dataset.state === "ready");
    const isSeen = () => {
      const { top } = figure.getBoundingClientRect();
      return top >= 0 && top < innerHeight;
    };
    // Frames above it come into being meanwhile, and grow.
    return { isSeen: await until(isSeen), focused: document.activeElement.localName };
  });
  assert.deepEqual(seen, { isSeen: true, focused: "body" });
});

test("the page is not wider than a telephone, and has no fault that axe-core knows", async () => {
  const violations = await onPage("#sign-up", async (until) => {
    await until(() => document.querySelector("#states figure"));
    const { scrollWidth, clientWidth } = document.scrollingElement;
    if (scrollWidth > clientWidth) return [`${scrollWidth} px wide`];
    await import("/axe.js");
    const found = [];
    for (const theme of ["light", "dark"]) {
      document.documentElement.dataset.theme = theme;
      const { violations } = await axe.run(document, { preload: false, iframes: false });
      found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target}`)));
    }
    return found;
  });
  assert.deepEqual(violations, []);
});
