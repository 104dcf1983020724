/** What routes lead to, where a deploy is not live by itself. */
const ALIAS = "live";

/**
 * Makes the function's alias and gives its ARN. It starts at the version that its first deploy publishes; then live.ts moves
 * it, and no deploy does. Its version in the state stays the first one, so nothing else of it may ever change here: the
 * provider would send the first version with that.
 */
export function createAlias(resource: string, lambda: sst.aws.Function): $util.Output<string> {
  const alias = new aws.lambda.Alias(
    `${resource}Live`,
    { name: ALIAS, functionName: lambda.name, functionVersion: lambda.nodes.function.version },
    { ignoreChanges: ["functionVersion", "routingConfig"] },
  );
  return $interpolate`${lambda.arn}:${alias.name}`;
}
