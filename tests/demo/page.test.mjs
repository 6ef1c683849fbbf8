// The demo page as people use it: its brands and its theme builder. Needs `dist/`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openSite } from "../browser/opened.mjs";
import { serveDemo } from "./site.mjs";

const BRANDS = ["tidewater", "fennmark", "bobbin"];

const opened = openSite(serveDemo, { width: 320 });

/** Opens the page, waits for widget and brand, and runs a function in it, with another that waits for a condition. */
async function onPage(query, work) {
  await opened.browser.open(`${opened.site.url}/${query}`);
  return opened.browser.run(`async () => {
    const until = async (look) => {
      const end = performance.now() + 20_000;
      for (;;) {
        const found = look();
        if (found) return found;
        if (performance.now() > end) throw new Error("waited in vain for " + look);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await until(() => document.getElementById("css").textContent);
    await customElements.whenDefined("cognito-login");
    await document.getElementById("login").ready;
    const widget = document.getElementById("login").shadowRoot;
    const change = (token, value) => {
      const input = document.querySelector("[data-token=" + token + "]");
      input.value = value;
      input.dispatchEvent(new Event("input"));
      input.dispatchEvent(new Event("change"));
    };
    const css = () => document.getElementById("css").textContent;
    const styleOf = (selector) => getComputedStyle(widget.querySelector(selector));
    return (${work})({ until, widget, change, css, styleOf });
  }`);
}

for (const brand of BRANDS) {
  test(`${brand}: no wider than a telephone, no fault that axe-core knows, nothing against the policy`, async () => {
    const seen = await onPage(`?brand=${brand}`, async () => {
      document.getElementById("builder").open = true;
      await import("/axe.js");
      const faults = [];
      for (const theme of ["light", "dark"]) {
        const select = document.getElementById("theme");
        select.value = theme;
        select.dispatchEvent(new Event("change"));
        const { violations } = await axe.run(document, { preload: false, resultTypes: ["violations"] });
        faults.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${theme}: ${id} ${target}`)));
      }
      const { scrollWidth, clientWidth } = document.scrollingElement;
      return { brand: document.documentElement.dataset.brand, faults, wide: scrollWidth > clientWidth, problems: window.problems };
    });
    assert.deepEqual(seen, { brand, faults: [], wide: false, problems: [] });
  });
}

test("another brand dresses the widget, and names the page", async () => {
  const seen = await onPage("?theme=light", async ({ until, styleOf }) => {
    const before = styleOf(".primary").backgroundColor;
    const select = document.getElementById("brand");
    select.value = "fennmark";
    select.dispatchEvent(new Event("change"));
    await until(() => styleOf(".primary").backgroundColor !== before);
    await until(() => document.title === "Fennmark");
    const { backgroundColor, borderRadius } = styleOf(".primary");
    return { backgroundColor, borderRadius, issuer: document.getElementById("login").getAttribute("totp-issuer") };
  });
  assert.deepEqual(seen, { backgroundColor: "rgb(122, 31, 43)", borderRadius: "0px", issuer: "Fennmark" });
});

test("what is chosen in the builder shows in the widget, and comes out as CSS", async () => {
  const seen = await onPage("?theme=light", async ({ change, css, styleOf }) => {
    const first = css();
    change("primary-light", "#204060");
    change("radius", "1.25");
    change("space", "1.5");
    const shown = [styleOf(".primary").backgroundColor, styleOf(".primary").borderRadius, styleOf(".card").rowGap];
    const written = css();
    document.getElementById("reset").click();
    return { shown, written, again: css() === first, radius: styleOf(".primary").borderRadius, problems: window.problems };
  });
  assert.deepEqual(seen.shown, ["rgb(32, 64, 96)", "20px", "24px"]);
  for (const line of ["primary: light-dark(#204060, #6cc5cf);", "radius: 1.25rem;", "space: 1.5rem;"]) {
    assert.ok(seen.written.includes(`  --cognito-login-${line}\n`), seen.written);
  }
  assert.deepEqual({ again: seen.again, radius: seen.radius }, { again: true, radius: "10px" });
  assert.deepEqual(seen.problems, []);
});

test("a colour for the other scheme shows that scheme", async () => {
  const seen = await onPage("?theme=light", async ({ until, change, widget, styleOf }) => {
    change("surface-dark", "#101820");
    await until(() => widget.querySelector(".cognito-login").dataset.theme === "dark");
    return styleOf(".card").backgroundColor;
  });
  assert.equal(seen, "rgb(16, 24, 32)");
});

test("too little contrast is told, in the page's language", async () => {
  const tell = async ({ change }) => {
    const place = document.getElementById("contrast");
    const before = place.textContent;
    change("muted-light", "#999999");
    return [before, place.querySelector("li").textContent];
  };
  const [kept, lost] = await onPage("?theme=light", tell);
  assert.match(kept, /WCAG 2.2 AA/);
  assert.equal(lost, "Quiet text on Background, Light: 2.80 of 4.5");
  const [, inJapanese] = await onPage("?theme=light&lang=ja", tell);
  assert.equal(inJapanese, "背景の上の控えめな文字（ライト）: 2.80（必要 4.5）");
});

test("the button copies the CSS", async () => {
  const seen = await onPage("", async ({ until, css }) => {
    // The browser's own asks a person, and there is none.
    let copied;
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => void (copied = text) } });
    document.getElementById("copy").click();
    await until(() => document.getElementById("copy").textContent === "Copied");
    return copied === css();
  });
  assert.ok(seen);
});
