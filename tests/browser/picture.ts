import { fileURLToPath } from "node:url";
import { startApi } from "./api.ts";
import { launchChromium } from "./chromium.ts";
import { drawForm } from "./draw-form.ts";

// Takes the picture of the page for the README: `pnpm exec node browser/picture.ts`, with port 3000 free.

const file = fileURLToPath(new URL("../../docs/page.png", import.meta.url));
const [browser, api] = await Promise.all([launchChromium(), startApi(3000)]);
try {
  const page = await browser.newPage({
    viewport: { width: 1000, height: 900 },
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  await page.goto(api.origin);
  const { draw, submit, balls } = drawForm(page);
  await draw("SilentByte", "10");
  await balls.nth(9).waitFor();
  await submit.blur();
  await page.screenshot({ path: file });
} finally {
  await Promise.all([browser.close(), api.stop()]);
}
