// The elements under `trunk serve`: trunk loads the WebAssembly itself, and what it exports is all that they need.
// (`cargo xtask demo` serves the page with the package's own script instead.)
import { defineElements } from "../element/element.js";
import { Widget } from "../element/widget.js";

const started = new Promise((resolve) => addEventListener("TrunkApplicationStarted", resolve, { once: true }));

// The gallery stands beside the package, which is not here.
document.querySelector("a[data-text=gallery]").remove();

defineElements(async () => {
  // Whichever of the two comes first.
  const glue = async () => (window.wasmBindings || (await started), window.wasmBindings);
  return { Widget, glue: glue() };
});
