/** What came of a call: bytes as text of base64. */
export type Outcome = { readonly status: number; readonly body?: unknown };

/** A call of each kind, made through a generated client. */
export type Calls = Readonly<Partial<Record<keyof typeof expected, () => Promise<Outcome>>>>;

export const order = {
  items: [{ sku: "pen", quantity: 2, deliverAt: "2026-02-01T12:00:00.000Z", options: { gift: true } }],
  payment: { kind: "card", number: "4111111111111111", expiresAt: "2030-01-31T00:00:00.000Z" },
  placedAt: "2026-01-31T12:00:00.000Z",
} as const;
export const menu = { title: "File", hidden: false, items: [{ title: "Open", hidden: true }] };
export const settings = { theme: "dark", editor: { tabs: false, width: 100, font: null } };
export const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0x00);

/** What the functions of the fixture answer, by the kind of the call. */
export const expected = {
  "a body of JSON": { status: 200, body: { message: "Hello, ADA!", greetings: ["Hello, ADA!"] } },
  "headers and cookies": { status: 201, body: { id: "k1", text: "Buy milk", tags: ["shop"] } },
  "a query with a list and a number": {
    status: 200,
    body: { notes: [], limit: 5, tags: ["shop", "food & drink"] },
  },
  "a query with a truth value, an enum and a header": {
    status: 200,
    body: { asked: { tag: ["home"], sort: "oldest", archived: true }, page: 2 },
  },
  "a parameter of the path": { status: 200, body: { id: "7", text: "Buy milk", tags: [] } },
  "a problem of the contract": { status: 404, body: { type: "urn:problem:note-not-found", status: 404 } },
  "a problem with members": {
    status: 410,
    body: { type: "https://example.com/problems/order-archived", shelf: "B7" },
  },
  "a request that breaks the contract": {
    status: 422,
    body: { type: "urn:problem:invalid-request", errors: [{ pointer: "#/count" }] },
  },
  "dates and one of several kinds": { status: 201, body: { ...order, id: "8" } },
  "who calls": { status: 200, body: { user: "ada", theme: "light" } },
  "nobody who calls": { status: 401, body: { type: "urn:problem:unauthenticated" } },
  "a greedy path and text": { status: 200, body: "the content of 2026/report.txt" },
  "bytes sent": { status: 200, body: { bytes: png.length } },
  "bytes received": { status: 200, body: "iVBORw0KGgoH" },
  "a body of text": { status: 200, body: { text: "id,text\n7,é\n" } },
  "a form": { status: 200, body: { name: "Ada & Zoë", topics: ["50% off", "a=b"], stars: 5 } },
  "a form with files": {
    status: 200,
    body: { title: "A dot", files: [{ type: "image/gif", base64: "R0lG" }] },
  },
  "no body": { status: 204 },
  "what holds itself": { status: 200, body: { id: "m", menu } },
  "a record of any names": { status: 200, body: settings },
  "schemas with names": { status: 201, body: { name: "Ada", role: "reader", friends: [{ name: "Bob" }] } },
  "a query of one of several kinds": {
    status: 200,
    body: { users: [{ name: "Ada", role: "reader" }], next: null },
  },
  "a query of any names": { status: 200, body: { asked: ["limit", "color"] } },
  "each part of a request": {
    status: 200,
    body: { user: "Ada & [Bob]", q: "milk & honey", deep: false, page: 2, session: "s1" },
  },
  "a problem of a field": {
    status: 409,
    body: { type: "urn:problem:email-taken", suggestions: ["2.taken@example.com"] },
  },
  "a redirect": { status: 302 },
} as const satisfies Record<string, Outcome>;

/** What a generator's client cannot do, whatever the document says, and why. */
export const limits: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  orval: {
    "a body of text": "it sends any text but text/plain as JSON",
    "a query of any names": "it sends an object as [object Object]",
  },
  "swagger-typescript-api": {
    "bytes sent": "it sends them as JSON",
    "a body of text": "it says text/plain of any text",
    "a query of any names": "it sends an object as [object Object]",
  },
};

export const toBase64 = async (blob: Blob): Promise<string> =>
  btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
