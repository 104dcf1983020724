/** What has a hash in its name never changes; a page is asked for each time. By glob, the narrower one last. */
export const cacheControl = {
  "**": "public, max-age=31536000, immutable",
  "**/*.html": "no-cache",
} as const;
