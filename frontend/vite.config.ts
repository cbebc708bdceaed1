import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const UNUSED = /KaTeX_(?:Caligraphic|Fraktur|SansSerif|Script|Typewriter|AMS|Main-Bold|Main-Italic|Math-Bold)/;

/** KaTeX's style sheet with the few fonts that our formulas use, and these in one format. */
function fewFonts(): Plugin {
  return {
    name: "few-fonts",
    enforce: "pre",
    transform(code, id) {
      if (!id.includes("katex.min.css")) return null;
      return code
        .replace(/@font-face\{[^}]*\}/g, (face) => (UNUSED.test(face) ? "" : face))
        .replace(/,url\([^)]*\.(?:woff|ttf)\)\s*format\("[^"]*"\)/g, "");
    },
  };
}

/** A line that says which sources a bundle was made of: tests compare it with those on the disk. */
function stamp(): Plugin {
  return {
    name: "stamp",
    generateBundle(_, bundle) {
      const hash = createHash("sha256");
      const files = readdirSync("src").sort().map((name) => `src/${name}`);
      for (const name of [...files, "package-lock.json", "vite.config.ts"]) hash.update(readFileSync(name));
      for (const file of Object.values(bundle)) {
        if (file.type === "chunk") file.code = `/* sources ${hash.digest("hex")} */\n${file.code}`;
      }
    },
  };
}

export default defineConfig({
  plugins: [fewFonts(), stamp()],
  build: {
    target: "es2022",
    outDir: process.env.OUT ?? "../src/edgewise/explorer/static",
    emptyOutDir: true,
    assetsInlineLimit: 1e7,
    cssCodeSplit: false,
    lib: { entry: "src/main.ts", formats: ["es"], fileName: () => "explorer.js", cssFileName: "explorer" },
  },
  test: { include: ["tests/*.test.ts"] },
} as never);
