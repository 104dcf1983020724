/**
 * Sends an e-mail when the month has cost more than that, and as soon as it is likely to. It is the whole account's: what a
 * stage costs AWS knows only where its tags are activated for billing, and a budget of a tag that is not never rings.
 */
export function createBudget(
  resource: string,
  { dollars, email }: { readonly dollars: number; readonly email: string },
): aws.budgets.Budget {
  return new aws.budgets.Budget(resource, {
    name: `${$app.name}-${$app.stage}`,
    budgetType: "COST",
    limitAmount: String(dollars),
    limitUnit: "USD",
    timeUnit: "MONTHLY",
    notifications: ["ACTUAL", "FORECASTED"].map((notificationType) => ({
      notificationType,
      comparisonOperator: "GREATER_THAN",
      threshold: 100,
      thresholdType: "PERCENTAGE",
      subscriberEmailAddresses: [email],
    })),
  });
}
