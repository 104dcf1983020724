import { spawnSync } from "node:child_process";
import { api } from "@acme/contracts";
import type { Contract } from "@lucky/gateway/contract";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { drawForm, drawsIn } from "./draw-form.ts";
import { createVisits, type Visits } from "./visits.ts";

let visits: Visits;
beforeAll(async () => {
  visits = await createVisits();
});
afterEach(() => visits.endAll());
afterAll(() => visits?.close());

describe("a draw", () => {
  test("greets, and shows as many balls as asked, with the numbers of the response", async () => {
    const { page } = await visits.open();
    const { draw, balls, greeting } = drawForm(page);
    await draw("Ada", "7");
    await balls.nth(6).waitFor();
    expect(await greeting.textContent()).toBe("Hi, 'ADA'. Your lucky numbers are:");
    const response = await page.locator("#response").textContent();
    const { numbers } = JSON.parse(response?.split("\n\n")[1] ?? "");
    expect(await balls.allTextContents()).toEqual(numbers.map(String));
  });

  test("is one press away: the form has the contract's example", async () => {
    const { page } = await visits.open();
    const { submit, balls } = drawForm(page);
    await submit.click();
    await balls.nth(api["lucky-numbers"].example.count - 1).waitFor();
  });

  test("is said once to whoever listens", async () => {
    const { page } = await visits.open();
    const said = await page.evaluateHandle(() => {
      const texts: string[] = [];
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          for (const { textContent } of addedNodes) texts.push(String(textContent));
      }).observe(document.querySelector("#announcement") ?? document, { childList: true });
      return texts;
    });
    const { draw, balls } = drawForm(page);
    await draw("Ada", "3");
    await balls.nth(2).waitFor();
    const numbers = await balls.allTextContents();
    expect(await said.jsonValue()).toEqual([`Hi, 'ADA'. Your lucky numbers are: ${numbers.join(", ")}`]);
    expect(await page.locator("#announcement").getAttribute("role")).toBe("status");
  });

  test("shows the very request and response", async () => {
    const { page } = await visits.open();
    const { draw, balls } = drawForm(page);
    await draw("Ada", "2");
    await balls.nth(1).waitFor();
    expect(await page.locator("#request").textContent()).toBe(
      `POST ${visits.api.url}/lucky_numbers\ncontent-type: application/json\n\n{"name":"Ada","count":2}`,
    );
    expect(await page.locator("#response").textContent()).toMatch(
      /^200 OK \(\d+ ms\)\ncontent-type: application\/json\napigw-requestid: [\w=-]+\n\n\{"message"/,
    );
  });

  test("shows a curl that copies, and works when pasted into a shell", async () => {
    const { page } = await visits.open("/", { permissions: ["clipboard-read", "clipboard-write"] });
    const { draw, balls } = drawForm(page);
    await draw(`O'Brien "x" $HOME`, "2");
    await balls.nth(1).waitFor();
    await page.getByRole("button", { name: "Copy the curl command" }).click();
    const copied = await vi.waitUntil(() => page.evaluate(() => navigator.clipboard.readText()));
    expect(copied).toBe(await page.locator("#curl").textContent());
    const { stdout } = spawnSync("sh", ["-c", `${copied} --silent`], { encoding: "utf8" });
    expect(JSON.parse(stdout)).toEqual({
      message: `Hi, 'O'BRIEN "X" $HOME'. Your lucky numbers are:`,
      numbers: [expect.any(Number), expect.any(Number)],
    });
  });

  test("is one request, however fast somebody clicks", async () => {
    const { page, requests } = await visits.open();
    const { submit, balls } = drawForm(page);
    await submit.dblclick();
    await balls.first().waitFor();
    expect(drawsIn(requests)).toBe(1);
  });

  test("is one request also where the answer comes between the two clicks", async () => {
    const { page, requests } = await visits.open();
    const { submit, balls } = drawForm(page);
    await submit.hover();
    for (const clickCount of [1, 2]) {
      await page.mouse.down({ clickCount });
      await page.mouse.up({ clickCount });
      await balls.first().waitFor();
      await vi.waitFor(async () => expect(await submit.getAttribute("aria-disabled")).toBeNull());
    }
    expect(drawsIn(requests)).toBe(1);
  });

  test("needs no mouse", async () => {
    const { page } = await visits.open();
    const { name, count, submit, balls } = drawForm(page);
    const isFocused = (id: string) => page.evaluate((id) => document.activeElement?.id === id, id);
    while (!(await isFocused("name"))) await page.keyboard.press("Tab");
    expect(await name.inputValue()).toBe("SilentByte");
    await page.keyboard.type("Grace");
    await page.keyboard.press("Tab");
    await page.keyboard.type("4");
    expect([await name.inputValue(), await count.inputValue()]).toEqual(["Grace", "4"]); // tabbing had selected them
    await page.keyboard.press("Enter");
    await balls.nth(3).waitFor();
    await page.keyboard.press("Tab");
    expect(await submit.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
      "Copy the request",
    );
  });
});

describe("what the API says of a field", () => {
  test.each([
    ["ten", "Give a whole number from 0 to 4294967295."],
    ["1.5", "Give a whole number from 0 to 4294967295."],
    ["-1", "Give a whole number from 0 to 4294967295."],
    ["", "This field is required."],
  ])("stands beside it: a count of %j", async (typed, sentence) => {
    const { page } = await visits.open();
    const { draw, count, name, alert } = drawForm(page);
    await draw("Ada", typed);
    await page.getByText(sentence, { exact: true }).waitFor();
    expect(await count.getAttribute("aria-invalid")).toBe("true");
    expect(await count.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await descriptionOf("count")).toContain(sentence);
    expect(await name.getAttribute("aria-invalid")).toBeNull();
    expect(await alert.textContent()).toBe("");
    expect([await name.inputValue(), await count.inputValue()]).toEqual(["Ada", typed]);

    async function descriptionOf(id: string): Promise<string> {
      return page.evaluate((id) => {
        const ids = document.getElementById(id)?.getAttribute("aria-describedby")?.split(" ") ?? [];
        return ids.map((each) => document.getElementById(each)?.textContent).join(" ");
      }, id);
    }
  });

  test("stands beside both, and the focus is in the first", async () => {
    const { page } = await visits.open();
    const { draw, count, name } = drawForm(page);
    await draw("x".repeat(257), "ten");
    await page.getByText("Use at most 256 characters.", { exact: true }).waitFor();
    await page.getByText("Give a whole number from 0 to 4294967295.", { exact: true }).waitFor();
    for (const field of [name, count]) expect(await field.getAttribute("aria-invalid")).toBe("true");
    expect(await name.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  test("goes with the next draw", async () => {
    const { page } = await visits.open();
    const { draw, count, balls } = drawForm(page);
    await draw("Ada", "ten");
    await page.getByText("Give a whole number from 0 to 4294967295.", { exact: true }).waitFor();
    await draw("Ada", "3");
    await balls.nth(2).waitFor();
    expect(await count.getAttribute("aria-invalid")).toBeNull();
    expect(await page.locator("#count-problem").textContent()).toBe("");
  });
});

describe("the list of the API", () => {
  test("has every contract, and leads to its place in the reference", async () => {
    const { page } = await visits.open();
    const links = page.getByRole("region", { name: "The whole API" }).getByRole("link");
    const contracts: Contract[] = Object.values(api);
    const texts = contracts.map(({ method, path, summary }) => `${method} ${path} ${summary}`);
    expect(await links.allInnerTexts().then((all) => all.map((text) => text.replace(/\s+/g, " ")))).toEqual(
      texts,
    );
    for (const [index, { path }] of contracts.entries()) {
      await page.goto(`${visits.api.url}/`);
      await links.nth(index).click();
      const opened = page.locator(".opblock.is-open");
      await opened.waitFor();
      expect(await opened.getByText(path).first().isVisible()).toBe(true);
    }
  });
});
