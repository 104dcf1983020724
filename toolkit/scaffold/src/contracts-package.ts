/** The package of the contracts, which imports what declares tables as soon as one is declared. */
export const CONTRACTS_PACKAGE = "packages/contracts/package.json";
export const USED = '"@lucky/resources"';

type Manifest = { dependencies?: Record<string, string>; [field: string]: unknown };

export function addResources(manifest: string): string {
  return edit(manifest, (dependencies) => ({ ...dependencies, "@lucky/resources": "workspace:*" }));
}

export function removeResources(manifest: string): string {
  return edit(manifest, ({ "@lucky/resources": _, ...others }) => others);
}

/** With its fields in the order that they have, and the dependencies in that of the alphabet. */
function edit(
  source: string,
  change: (dependencies: Record<string, string>) => Record<string, string>,
): string {
  const manifest: Manifest = JSON.parse(source);
  const dependencies = Object.entries(change(manifest.dependencies ?? {})).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return `${JSON.stringify({ ...manifest, dependencies: Object.fromEntries(dependencies) }, null, 2)}\n`;
}
