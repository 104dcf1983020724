/** What routes lead to, in the place of the function itself. */
const ALIAS = "live";

/**
 * Makes the function's alias and gives its ARN. It starts at the version that its first deploy publishes. `moves`: each deploy
 * moves it to the version that it publishes. `stays`: it is left where it is, for the release to move. What the state has for
 * its version is then an old one, which the provider would send with any other change of it: nothing else of it may change.
 */
export function createAlias(
  resource: string,
  lambda: sst.aws.Function,
  behaviour: "moves" | "stays",
): $util.Output<string> {
  const alias = new aws.lambda.Alias(
    `${resource}Live`,
    { name: ALIAS, functionName: lambda.name, functionVersion: lambda.nodes.function.version },
    { ignoreChanges: behaviour === "stays" ? ["functionVersion", "routingConfig"] : [] },
  );
  return $interpolate`${lambda.arn}:${alias.name}`;
}
