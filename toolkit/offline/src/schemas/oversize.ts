// What is too much in all, though each part will do.

type Inputs = Readonly<Record<string, unknown>>;

const LONGEST_ENVIRONMENT = 4096; // bytes: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
const LONGEST_INLINE = 10_240; // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, without spaces
const LONGEST_TRUST = 2048; // likewise; 4096 where the account asks for it
const MOST_WIDGETS = 500; // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html

/** Sentences; none where there is nothing. */
export function findOversize(type: string, inputs: Inputs): readonly string[] {
  const found = SIZES[type]?.(inputs) ?? [];
  return found.flatMap(({ what, size, most }) =>
    size > most ? [`${what} has ${size}, and AWS takes ${most} at most`] : [],
  );
}

type Size = { readonly what: string; readonly size: number; readonly most: number };

const SIZES: Readonly<Record<string, (inputs: Inputs) => readonly Size[]>> = {
  "aws:lambda/function:Function": ({ environment }) => {
    const { variables = {} } = (environment ?? {}) as { variables?: Record<string, string> }; // the provider's
    const size = Buffer.byteLength(Object.entries(variables).flat().join(""));
    return [{ what: "environment, in bytes,", size, most: LONGEST_ENVIRONMENT }];
  },
  "aws:iam/role:Role": ({ inlinePolicies = [], assumeRolePolicy }) => [
    {
      what: "inlinePolicies, in characters,",
      size: (inlinePolicies as readonly { policy?: string }[]).reduce(
        (sum, { policy }) => sum + dense(policy),
        0,
      ), // likewise
      most: LONGEST_INLINE,
    },
    { what: "assumeRolePolicy, in characters,", size: dense(assumeRolePolicy), most: LONGEST_TRUST },
  ],
  "aws:cloudwatch/dashboard:Dashboard": ({ dashboardBody }) => {
    const { widgets = [] } = JSON.parse(String(dashboardBody)) as { widgets?: readonly unknown[] }; // CloudWatch's
    return [{ what: "dashboardBody, in widgets,", size: widgets.length, most: MOST_WIDGETS }];
  },
};

function dense(policy: unknown): number {
  const text = typeof policy === "string" ? policy : JSON.stringify(policy ?? "");
  return text.replaceAll(/\s/g, "").length;
}
