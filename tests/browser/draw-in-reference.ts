import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Tries `POST /lucky_numbers` out, and gives the body of the response that the reference shows. */
export async function drawInReference(page: Page): Promise<unknown> {
  const operation = page.locator(".opblock", { hasText: "/lucky_numbers" });
  await operation.getByRole("button").first().click();
  await operation.getByLabel("Request body").fill('{"name":"Ada","count":3}');
  await operation.getByRole("button", { name: "Execute" }).click();
  const response = operation.locator(".live-responses-table");
  await response.getByText("200", { exact: true }).waitFor();
  return JSON.parse((await response.locator("code.language-json").first().textContent()) ?? "");
}

/** What it then is. */
export const NUMBERS = {
  message: "Hi, 'ADA'. Your lucky numbers are:",
  numbers: [expect.any(Number), expect.any(Number), expect.any(Number)],
};
