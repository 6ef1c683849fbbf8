// The pages that are measured, ours first: everything else is compared with it.

/**
 * `loads` and `signsIn` say which benchmarks have the page; a `packaged` page is `dist/`, the others
 * are built from `pages/`.
 */
export const PAGES = [
  { name: "ours", title: "cognito-login", script: "cognito-login.js", packaged: true, loads: true, signsIn: true },
  { name: "ui-react", title: "Amplify UI Authenticator, React", loads: true },
  { name: "ui-vue", title: "Amplify UI Authenticator, Vue", loads: true },
  { name: "hanko", title: "hanko-elements", loads: true },
  { name: "amplify-auth", title: "aws-amplify/auth, plain form", loads: true, signsIn: true },
  { name: "identity-js", title: "amazon-cognito-identity-js, plain form", loads: true, signsIn: true },
  { name: "bigint", title: "BigInt and Web Crypto, plain form", signsIn: true },
  { name: "plain", title: "a plain form alone", loads: true },
  { name: "ready-made", title: "the same requests, ready-made", signsIn: true },
];

/** What all pages say to the pool. */
export const POOL = { "user-pool-id": "us-east-1_LocalPool", "client-id": "localclient000000000000000" };

/** The document of a page, as short for one as for another. */
export function documentOf({ script = "main.js", packaged }, endpoint, hasStyles) {
  const pool = { ...POOL, endpoint };
  const attributes = (prefix) => Object.entries(pool).map(([name, value]) => ` ${prefix}${name}="${value}"`).join("");
  const [ofBody, element] = packaged ? ["", `<cognito-login${attributes("")}></cognito-login>`] : [attributes("data-"), ""];
  const styles = hasStyles ? '<link rel="stylesheet" href="main.css">' : "";
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
    `<title>Sign in</title><link rel="icon" href="data:,">${styles}<script type="module" src="${script}"></script></head>` +
    `<body${ofBody}>${element}</body></html>`
  );
}

/** The pages of a benchmark, `loads` or `signsIn`, or those among them that are named. A name of the other benchmark is no mistake. */
export function choose(benchmark, names) {
  const list = (pages) => pages.map(({ name }) => name).join(", ");
  const unknown = names.filter((name) => !PAGES.some((page) => page.name === name));
  if (unknown.length > 0) throw new Error(`there is no page ${unknown.join(", ")}; there are ${list(PAGES)}`);
  const all = PAGES.filter((page) => page[benchmark]);
  const chosen = all.filter(({ name }) => names.length === 0 || names.includes(name));
  if (chosen.length === 0) throw new Error(`none of ${names.join(", ")} is measured here; these are: ${list(all)}`);
  return chosen;
}
