import type { Page } from "playwright-core";

/** What a person does and sees, by its names and roles alone. */
export function drawForm(page: Page) {
  const name = page.getByLabel("Your name");
  const count = page.getByLabel("How many");
  const submit = page.locator("button[type=submit]"); // its name changes while it draws
  return {
    name,
    count,
    submit,
    balls: page.getByRole("list", { name: "Lucky numbers" }).getByRole("listitem"),
    greeting: page.getByRole("region", { name: "Your draw" }).getByRole("heading"),
    alert: page.getByRole("alert"),
    async draw(givenName: string, givenCount: string) {
      await name.fill(givenName);
      await count.fill(givenCount);
      await submit.click();
    },
  };
}

/** How often the page has asked the API for numbers. */
export function drawsIn(requests: readonly string[]): number {
  return requests.filter((request) => /^POST .*\/lucky_numbers$/.test(request)).length;
}
