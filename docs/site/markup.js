// An element with its attributes, and the script that it takes, as a page has them.

const escaped = (value) => value.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/**
 * @param {string} tag
 * @param {[string, string][]} attributes names and values in order
 */
export function markup(tag, attributes) {
  const lines = attributes.map(([name, value]) => `  ${name}="${escaped(value)}"\n`);
  return `<script type="module" src="cognito-login.js"></script>\n\n<${tag}\n${lines.join("")}></${tag}>`;
}
