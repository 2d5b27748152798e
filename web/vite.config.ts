import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * Builds the staff app. `#core`, `#web` and `#product` resolve through package.json imports.
 * QMS_DIST moves the output: two checkouts, or a build beside a running server, must not share one folder.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [react()],
  // Inlined assets would need `data:` in the content security policy; fonts and icons stay files.
  build: {
    outDir: process.env["QMS_DIST"] ?? "../dist/app",
    emptyOutDir: true,
    target: "es2023",
    assetsDir: "assets",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // zod must be told not to compile before any contract is made; without this, shared chunks run ahead of the entry.
        strictExecutionOrder: true,
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  // Written on script and style tags of index.html; the server swaps it for the nonce of the reply.
  html: { cspNonce: "__NONCE__" },
});
