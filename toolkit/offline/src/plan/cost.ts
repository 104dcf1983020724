import type { Resource, State } from "../state.ts";

/** What a stage costs whether it is called or not. */
export type Cost = {
  readonly dollarsPerMonth: number;
  readonly parts: readonly { readonly what: string; readonly count: number; readonly dollarsEach: number }[];
  /** When the prices were looked up: us-east-1, without what is free of charge. */
  readonly asOf: string;
};

const AS_OF = "2026-07";

/** Dollars a month: https://aws.amazon.com/cloudwatch/pricing and the pages of the other services. What is not here stands for nothing. */
const PRICES: readonly {
  readonly what: string;
  readonly type: string;
  readonly dollarsEach: number;
  /** How many a resource counts for; one unless told. */
  readonly count?: (resource: Resource) => number;
}[] = [
  { what: "dashboard", type: "aws:cloudwatch/dashboard:Dashboard", dollarsEach: 3 },
  {
    what: "metric of an alarm",
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    dollarsEach: 0.1,
    count: metricsOf,
  },
  { what: "alarm of alarms", type: "aws:cloudwatch/compositeAlarm:CompositeAlarm", dollarsEach: 0.5 },
  { what: "secret", type: "aws:secretsmanager/secret:Secret", dollarsEach: 0.4 },
  { what: "key", type: "aws:kms/key:Key", dollarsEach: 1 },
  { what: "hosted zone", type: "aws:route53/zone:Zone", dollarsEach: 0.5 },
  { what: "NAT gateway", type: "aws:ec2/natGateway:NatGateway", dollarsEach: 32.85 },
];

export function costOf(state: State): Cost {
  const parts = PRICES.flatMap(({ what, type, dollarsEach, count = () => 1 }) => {
    const sum = state.ofType(type).reduce((total, resource) => total + count(resource), 0);
    return sum > 0 ? [{ what, count: sum, dollarsEach }] : [];
  });
  const cents = parts.reduce(
    (total, { count, dollarsEach }) => total + Math.round(count * dollarsEach * 100),
    0,
  );
  return { dollarsPerMonth: cents / 100, parts, asOf: AS_OF };
}

/** An alarm on a calculation is paid by the metrics in it. */
function metricsOf({ inputs }: Resource): number {
  const queries = (inputs.metricQueries ?? []) as readonly { readonly metric?: object }[]; // the provider's
  return Math.max(1, queries.filter(({ metric }) => metric !== undefined).length);
}
