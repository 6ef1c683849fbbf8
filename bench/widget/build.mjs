// Builds the pages as their authors would for production, each into a folder with `main.js` and, where there is any, `main.css`.
import { fileURLToPath } from "node:url";
import { build as bundle } from "vite";

const root = new URL(".", import.meta.url);

/** Builds the pages of these names into folders of theirs in `folder`. */
export async function build(names, folder) {
  for (const name of names) {
    await bundle({
      root: fileURLToPath(root),
      configFile: false,
      // What it warns of is the peers' own.
      logLevel: "error",
      define: { "process.env.NODE_ENV": '"production"', global: "globalThis", __VUE_PROD_DEVTOOLS__: "false" },
      build: {
        outDir: `${folder}/${name}`,
        emptyOutDir: true,
        target: "es2022",
        modulePreload: { polyfill: false },
        cssCodeSplit: false,
        rolldownOptions: {
          input: fileURLToPath(new URL(`pages/${name}.js`, root)),
          output: { entryFileNames: "main.js", chunkFileNames: "[name].js", assetFileNames: "main[extname]", codeSplitting: false },
        },
      },
    });
  }
}
