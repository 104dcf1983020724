import { describe, expect, test } from "vitest";
import { scopeOf } from "./scope.ts";
import { account } from "./testing/shop.ts";

describe("where SST shortens the application's name in a role's", () => {
  const long = { app: "company-web-shop", account, functions: ["hello", "send-order-confirmation-mail"] };

  test("the policies have what is left of it", () => {
    expect(scopeOf("preview", { ...long, functions: ["hello"] }).prefix).toBe("company-web-shop-pr-");
    // SST has 55 letters: company-web-shop-pr-1234567-SendOrderConfirmationMailFunction would be 61.
    expect(scopeOf("preview", long).prefix).toBe("company-we*-pr-");
    expect(scopeOf("prod", long).prefix).toBe("company-web-shop-prod-");
  });

  test("a function whose name leaves nothing of it is refused", () => {
    const functions = ["send-an-order-confirmation-mail-to-each-customer"];
    expect(() => scopeOf("prod", { ...long, functions })).toThrow(
      /^The function send-an-order-confirmation-mail-to-each-customer has so long a name .* use \d+ letters less\.$/,
    );
  });
});
