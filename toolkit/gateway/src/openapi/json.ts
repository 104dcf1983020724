/** An object of JSON, such as a schema or any other part of a document. */
export type Json = { readonly [key: string]: unknown };
