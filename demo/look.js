// A look: a value for each token, `{ light, dark }` where it is a colour. Read from declarations, and written as the CSS of a page.
import { TOKENS } from "./tokens.js";

const property = (name) => `--cognito-login-${name}`;

const PER_SCHEME = /^light-dark\(\s*([^\s,]+)\s*,\s*([^\s,]+)\s*\)$/;

function read({ kind, value }, text) {
  if (!text) return value;
  if (kind !== "colour") return text.replaceAll(/\s+/g, " ");
  const [, light, dark] = text.match(PER_SCHEME) ?? [text, text, text];
  return { light, dark };
}

function write({ kind }, value) {
  if (kind !== "colour") return value;
  return value.light === value.dark ? value.light : `light-dark(${value.light}, ${value.dark})`;
}

/** The look of a rule; `declared(property)` is what the rule has for it, and empty where the widget's own value counts. */
export function readLook(declared) {
  return Object.fromEntries(TOKENS.map((token) => [token.name, read(token, declared(property(token.name)).trim())]));
}

/** What a page's style sheet has to say for a look. What is as the widget has it anyway is left out. */
export function writeLook(look) {
  const lines = TOKENS.filter((token) => write(token, token.value) !== write(token, look[token.name])).map(
    (token) => `  ${property(token.name)}: ${write(token, look[token.name])};\n`,
  );
  return `cognito-login,\ncognito-account {\n${lines.join("")}}\n`;
}
