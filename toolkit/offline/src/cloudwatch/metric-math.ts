/** The values of a metric, one a period; undefined where it has none. */
export type Series = readonly (number | undefined)[];

/**
 * Evaluates CloudWatch's metric math, as much of it as our alarms use: numbers, metrics, + - * / with brackets, and
 * FILL(metric, value). Where an operand is missing, or a divisor is 0, there is no value.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function evaluateMath(expression: string, metrics: Readonly<Record<string, Series>>): Series {
  const periods = Math.max(0, ...Object.values(metrics).map(({ length }) => length));
  const constant = (value: number): Series => Array<number>(periods).fill(value);
  const tokens = expression.match(/[A-Za-z_]\w*|\d+(?:\.\d+)?|\S/g) ?? [];

  function take(expected?: string): string {
    const token = tokens.shift() ?? "the end";
    if (expected !== undefined && token !== expected)
      throw new Error(`${expression}: ${expected} is expected, not ${token}`);
    return token;
  }

  function sum(): Series {
    let value = product();
    while (tokens[0] === "+" || tokens[0] === "-") value = combine(take(), value, product());
    return value;
  }

  function product(): Series {
    let value = operand();
    while (tokens[0] === "*" || tokens[0] === "/") value = combine(take(), value, operand());
    return value;
  }

  function operand(): Series {
    const token = take();
    if (token === "(") return inBrackets(sum);
    if (token === "FILL") {
      take("(");
      return inBrackets(() => {
        const series = sum();
        take(",");
        const value = Number(take());
        return series.map((each) => each ?? value);
      });
    }
    if (/^\d/.test(token)) return constant(Number(token));
    const metric = metrics[token];
    if (metric === undefined) throw new Error(`${expression}: there is no metric ${token}`);
    return metric;
  }

  function inBrackets(inner: () => Series): Series {
    const value = inner();
    take(")");
    return value;
  }

  const value = sum();
  if (tokens.length > 0) throw new Error(`${expression}: ${tokens[0]} is not understood`);
  return value;
}

function combine(operator: string, left: Series, right: Series): Series {
  return left.map((a, index) => {
    const b = right[index];
    if (a === undefined || b === undefined) return undefined;
    if (operator === "+") return a + b;
    if (operator === "-") return a - b;
    if (operator === "*") return a * b;
    return b === 0 ? undefined : a / b;
  });
}
