declare const __API_URL__: string;

/** Where the API is, in full: the build says so, see @lucky/pages. */
export const apiUrl = new URL(__API_URL__, location.origin).href.replace(/\/$/, "");
