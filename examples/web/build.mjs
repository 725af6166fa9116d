// Bundles the page into dist/ for the portal that API_URL names; with --serve it stays to serve it on PORT.
import { cp } from "node:fs/promises";
import { context } from "esbuild";

const portal = process.env.API_URL ?? "http://localhost:8000";
const port = Number(process.env.PORT ?? 8080);

const page = await context({
  entryPoints: ["src/main.ts"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  outdir: "dist",
  define: { PORTAL: JSON.stringify(new URL(portal).origin) },
});
await cp("public", "dist", { recursive: true });
await page.rebuild();
if (process.argv.includes("--serve")) {
  await page.serve({ servedir: "dist", host: "127.0.0.1", port });
  console.log(`http://127.0.0.1:${port}/ shows the news of ${portal}. Ctrl-C stops it.`);
} else {
  await page.dispose();
}
