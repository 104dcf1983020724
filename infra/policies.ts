import type { Extra } from "@lucky/deploy/policies";

/**
 * What this application needs of AWS besides what `pnpm policies` grants by itself: `deploy` to be deployed, `functions` as
 * the most that its functions may do. A scope is prod or the previews; `scope.prefix` is how their names begin.
 *
 *     functions: [allow("ses", ["SendEmail"], `arn:aws:ses:*:${scope.account}:identity/*`)],
 */
export const extra = (): Extra => ({ deploy: [], functions: [] });
