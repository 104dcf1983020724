/** Where the API is, without a slash at the end. Throws an Error that says what to set. */
export function readApiUrl({ VITE_API_URL: url = "" }: NodeJS.ProcessEnv): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url.replace(/\/+$/, "");
  throw new Error(`Set VITE_API_URL to where the API is, such as https://api.example.com, not "${url}".`);
}
