// Stands first in the pages of the gallery while they are tested: notes whatever goes wrong in them, from the start.
"use strict";

window.problems = [];
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
  problems.push(`policy: ${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`);
});
addEventListener("error", ({ message, target }) => problems.push(`error: ${message ?? target.outerHTML}`), true);
addEventListener("unhandledrejection", ({ reason }) => problems.push(`rejection: ${reason}`));
for (const level of ["error", "warn"]) {
  const write = console[level];
  console[level] = (...given) => {
    problems.push(`console: ${given.join(" ")}`);
    write(...given);
  };
}
