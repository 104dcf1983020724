/** The fields that a problem has by itself (RFC 9457), which its members cannot be called. */
export const standardMembers = ["type", "title", "status", "detail", "instance", "errors"] as const;
export type StandardMember = (typeof standardMembers)[number];
