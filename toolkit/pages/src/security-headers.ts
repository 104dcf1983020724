/** With every file of the site, on this machine and from CloudFront: what a policy in the HTML cannot say. */
export const securityHeaders = {
  "content-security-policy": "frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
} as const;
