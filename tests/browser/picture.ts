import { fileURLToPath } from "node:url";
import { startServer, stopServer } from "@lucky/local/testing";
import { launchChromium } from "./chromium.ts";
import { drawForm } from "./draw-form.ts";

// Takes the picture of the page for the README: `pnpm exec node browser/picture.ts`, with port 3000 free.

const file = fileURLToPath(new URL("../../docs/page.png", import.meta.url));
const [browser, api] = await Promise.all([
  launchChromium(),
  startServer(["--port", "3000"], { cwd: import.meta.dirname }),
]);
try {
  const page = await browser.newPage({
    viewport: { width: 1000, height: 900 },
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  await page.goto(api.url);
  const { draw, submit, balls } = drawForm(page);
  await draw("SilentByte", "10");
  await balls.nth(9).waitFor();
  await submit.blur();
  await page.screenshot({ path: file });
} finally {
  await Promise.all([browser.close(), stopServer(api)]);
}
