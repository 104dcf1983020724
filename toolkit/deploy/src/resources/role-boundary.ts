/**
 * Gives every role that is made from here on a permissions boundary: the most that it may do, whatever its policies say. The
 * pipeline's roles may make no other (`pnpm policies`). Does nothing without one.
 */
export function limitRoles(permissionsBoundary: string | undefined): void {
  if (permissionsBoundary === undefined) return;
  $transform(aws.iam.Role, (args) => {
    args.permissionsBoundary = permissionsBoundary;
  });
}
