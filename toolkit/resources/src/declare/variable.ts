/**
 * The environment variable by which a function finds a resource: a table's name under `TABLE_DRAWS`, a setting's own text under
 * `SENDER`. A secret is under `MAIL_KEY` on this machine alone; on AWS, `SECRET_MAIL_KEY` names the parameter that holds it.
 */
export function variableOf({ kind, name }: { readonly kind: string; readonly name: string }): string {
  const own = name.replaceAll("-", "_").toUpperCase();
  return kind === "table" ? `TABLE_${own}` : own;
}
