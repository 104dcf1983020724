// Calls by hand on one table: the item "a" is put anew before each. Where the other engine is wrong, a call says so.

/** A call, and why the engines differ, where they do. */
export type Call = readonly [operation: string, input: object, difference?: string | undefined];

export const TABLE = "calls";
export const definition = {
  name: TABLE,
  partition: { name: "id", type: "S" },
  sort: { name: "nth", type: "N" },
  indexes: { byMail: { partition: { name: "mail", type: "S" }, sort: { name: "nth", type: "N" } } },
} as const;

const text = (S: string) => ({ S });
const number = (N: string) => ({ N });
const key = (id: string, nth = "1") => ({ id: text(id), nth: number(nth) });
const bytes = (...values: number[]) => new Uint8Array(values);

export const item = {
  ...key("a"),
  mail: text("m"),
  n: number("1"),
  l: { L: [number("1"), number("2"), number("3")] },
  m: { M: { x: number("1"), y: text("") } },
  ss: { SS: ["a", "b"] },
  ns: { NS: ["1", "2"] },
  e: text(""),
  b: { B: bytes(1, 2) },
  bs: { BS: [bytes(1)] },
  nothing: { NULL: true },
  no: { BOOL: false },
};

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
const PADS = "docs: an element beyond a list's end is appended at the end; dynoxide fills the gap with nulls";
const PARENT =
  "dynalite's makers recorded on AWS that a path without its parent is invalid; dynoxide removes nothing";
const TYPES = "dynalite's makers recorded on AWS that a wrong type is refused as such; dynoxide compares it";
const STRICT = "docs: an update has one of four clauses, at least";
const NUMBERS = "docs: a set has a number once, so adding one that is there changes nothing";
const ACTIONS = "docs: an action has exactly one of its kinds";
const EARLY = "recorded on AWS: what is wrong with an expression is refused before the transaction starts";
const KEYS = "docs: an update cannot change a key";
const START = "docs: a query starts after a key of its own partition and range";
const SHORT = "docs: a table's name has three characters at least";
const REQUIRED = "docs: a size's argument is a path; recorded by dynalite's makers: a text will do";

const update = (UpdateExpression: string, value?: object, difference?: string, rest: object = {}): Call => [
  "UpdateItem",
  {
    TableName: TABLE,
    Key: key("a"),
    UpdateExpression,
    ReturnValues: "ALL_NEW",
    ...(value && { ExpressionAttributeValues: { ":v": value } }),
    ...rest,
  },
  difference,
];
const digits = "9".repeat(38);

const updates: readonly Call[] = [
  update("SET n = n + :v", number("99999999999999999999")),
  update("SET n = n - :v", number(digits)),
  update("SET n = :v", number("1e125")),
  update("SET n = :v", number("1e126")),
  update("SET n = :v", number("1e-131")),
  update("SET n = :v", number(`${digits}9`)),
  update("SET n = :v", number("abc")),
  update("SET n = :v", number("-0")),
  update("SET n = :v", number("1.50")),
  update("SET n = n + :v", number("9e125")),
  update("SET n = n + :v", number("1e-38")),
  update("SET q = n ADD n :v", number("1")),
  update("SET q = ss ADD ss :v", { SS: ["z"] }),
  update("SET q = l, l[0] = :v", number("9")),
  update("SET q = m, m.x = :v", number("9")),
  update("SET q = if_not_exists(m, :v), m.x = :v", number("9")),
  update("REMOVE l[0], l[1]"),
  update("REMOVE l[1], l[0]"),
  update("SET l[3] = :v", number("7")),
  update("SET l[7] = :v", number("7"), PADS),
  update("SET l = list_append(l, :v)", { L: [text("e")] }),
  update("SET l = list_append(:v, l)", { L: [text("e")] }),
  update("SET l = list_append(l, :v)", text("e")),
  update("SET z = list_append(z, :v)", { L: [] }),
  update("SET z = list_append(if_not_exists(z, :v), :v)", { L: [number("1")] }),
  update("SET c = if_not_exists(c, :v) + :v", number("1")),
  update("SET c = if_not_exists(n, :v) - :v", number("1")),
  update("ADD c :v", number("0.1")),
  update("ADD e :v", number("5")),
  update("ADD ss :v", { SS: ["c", "a"] }),
  update("ADD ss :v", { NS: ["1"] }),
  update("ADD fresh :v", { SS: ["c"] }),
  update("ADD ns :v", { NS: ["3"] }),
  update("ADD ns :v", { NS: ["1.0", "3"] }, NUMBERS),
  update("ADD bs :v", { BS: [bytes(1), bytes(2)] }),
  update("ADD l :v", { L: [number("1")] }),
  update("ADD m.x :v", number("1")),
  update("ADD m.z :v", { NS: ["1"] }),
  update("DELETE ss :v", { SS: ["a"] }),
  update("DELETE ss :v", { SS: ["a", "b", "z"] }),
  update("DELETE n :v", { SS: ["b"] }),
  update("DELETE n :v", number("1")),
  update("DELETE absent :v", { SS: ["b"] }),
  update("SET m.x.y = :v", number("1")),
  update("SET absent.x = :v", number("1")),
  update("SET l[0].x = :v", number("1")),
  update("SET a = absent"),
  update("SET n = n + e"),
  update("SET n = n + absent"),
  update("SET n = :v + :v", number("1")),
  update("SET id = :v", text("b")),
  update("SET mail = :v", number("1")),
  update("SET mail = :v", text("")),
  update("SET mail = if_not_exists(absent, :v)", text("")),
  update("SET mail = n"),
  update("SET mail = e"),
  update("REMOVE mail"),
  update("ADD mail :v", number("1")),
  update("SET mail.x = :v", text("")),
  update("SET n = :v, n = :v", number("1")),
  update("SET m = :v, m.x = :v", number("1")),
  update("SET n = :v REMOVE n", number("1")),
  update("SET n = :v SET q = :v", number("1")),
  update("SETn = :v", number("1")),
  update("SET n = :w", number("1")),
  update("SET #n = :v", number("1")),
  update("SET name = :v", number("1")),
  update("SET n :v", number("1")),
  update(""),
  update(" ", undefined, STRICT),
  update("REMOVE absent"),
  update("REMOVE l[99]"),
  update("REMOVE m.absent"),
  update("REMOVE absent.x", undefined, PARENT),
  update("SET x = size(n)"),
  ...[
    { SS: [] },
    { SS: ["a", "a"] },
    { NS: ["1", "1.0"] },
    { SS: [""] },
    { NULL: false },
    { B: bytes() },
    { BS: [bytes()] },
    {},
    { L: [] },
    { M: {} },
    { M: { "": text("x") } },
  ].map((value) => update("SET q = :v", value)),
  ...["NONE", "ALL_OLD", "UPDATED_OLD", "UPDATED_NEW", "OTHER"].map((ReturnValues) =>
    update("SET n = :v, m.x = :v REMOVE e", number("4"), undefined, { ReturnValues }),
  ),
];

const conditions: readonly Call[] = [
  "n = :v",
  "n <> :v",
  "n < :v",
  "n >= :v",
  "attribute_exists(n) AND n BETWEEN :v AND :v",
  "n IN (:v, :v)",
  "contains(ss, :v)",
  "contains(l, :v)",
  "contains(mail, :v)",
  "begins_with(mail, :v)",
  "size(l) > :v",
  "size(e) = :v",
  "NOT n = :v",
  "((n = :v))",
  "n = :v OR mail = :v",
  "m.x = :v",
  "l[0] = :v",
  "absent = :v",
  "absent <> :v",
  "absent < :v",
  "n = m.x AND n = :v",
  ":v = :v",
  "id = :v",
  "attribute_type(n, :v)",
  "size(:v) = :v",
].flatMap((condition) =>
  [number("1"), text("m"), text("N")].map((value): Call => {
    const isTyped = condition.startsWith("attribute_type") && !("S" in value && value.S === "N");
    const isSized = condition === "size(:v) = :v" && "S" in value;
    const rest = { ConditionExpression: condition, ReturnValuesOnConditionCheckFailure: "ALL_OLD" };
    return update("SET hit = :v", value, isTyped ? TYPES : isSized ? REQUIRED : undefined, rest);
  }),
);

const keys: readonly Call[] = [
  key(""),
  { id: text("a") },
  { id: number("1"), nth: number("1") },
  { id: text("a"), nth: text("1") },
  { ...key("a"), x: text("") },
  {},
  { id: text("a"), nth: {} },
  key("x".repeat(2048)),
  key("x".repeat(2049)),
  key("é".repeat(1025)),
].flatMap((Key): readonly Call[] => [
  ["GetItem", { TableName: TABLE, Key }],
  ["DeleteItem", { TableName: TABLE, Key }],
  ["UpdateItem", { TableName: TABLE, Key, UpdateExpression: "REMOVE q" }],
  ["PutItem", { TableName: TABLE, Item: Key }],
  ["BatchGetItem", { RequestItems: { [TABLE]: { Keys: [Key] } } }],
]);

const tables: readonly Call[] = ["absent", "bad!name", "x"].flatMap((TableName): readonly Call[] => {
  const difference = TableName === "x" ? SHORT : undefined;
  const query = { KeyConditionExpression: "id = :v", ExpressionAttributeValues: { ":v": text("a") } };
  return [
    ["GetItem", { TableName, Key: key("a") }, difference],
    ["PutItem", { TableName, Item: key("a") }, difference],
    ["Query", { TableName, ...query }, difference],
    ["DescribeTable", { TableName }],
    ["DeleteTable", { TableName }],
    ["DescribeTimeToLive", { TableName }],
  ];
});

const query = (
  KeyConditionExpression: string,
  values: object,
  rest: object = {},
  difference?: string,
): Call => [
  "Query",
  { TableName: TABLE, KeyConditionExpression, ExpressionAttributeValues: values, ...rest },
  difference,
];
const a = { ":i": text("a") };
const queries: readonly Call[] = [
  query("id = :i", a, { Select: "COUNT" }),
  query("id = :i", a, { ProjectionExpression: "n, m.x, l[1]" }),
  query("id = :i", a, { ExclusiveStartKey: key("other") }, START),
  query("id = :i", a, { ExclusiveStartKey: { id: text("a") } }),
  query("id = :i", a, { ExclusiveStartKey: {} }),
  query("id = :i", a, { ExclusiveStartKey: { ...key("a"), x: number("1") } }),
  query("id = :i", a, { ExclusiveStartKey: { id: text("a"), nth: text("1") } }),
  query("id = :i AND nth > :v", { ...a, ":v": number("5") }, { ExclusiveStartKey: key("a") }, START),
  query("id = :i", { ":i": text("") }),
  query("id = :i", { ":i": number("1") }, {}, TYPES),
  query("id > :i", a),
  query("nth = :v", { ":v": number("1") }),
  query("id = :i OR nth = :i", a),
  query("id = :i AND n = :i", a),
  query("id = :i AND id = :i", a),
  query("id = :i AND nth <> :v", { ...a, ":v": number("1") }),
  query("id = :i AND nth BETWEEN :v AND :w", { ...a, ":v": number("5"), ":w": number("1") }),
  query("id = :i", a, { Limit: 0 }),
  query("id = :i AND begins_with(nth, :v)", { ...a, ":v": number("1") }, {}, TYPES),
  query("id = :i", { ...a, ":v": number("1") }, { FilterExpression: "nth > :v" }),
  query("mail = :i", { ":i": text("m") }, { IndexName: "byMail" }),
  query("mail = :i", { ":i": text("m") }, { IndexName: "byMail", ConsistentRead: true }),
  query("mail = :i", { ":i": text("m") }, { IndexName: "byMail", ExclusiveStartKey: key("a") }),
  query("mail = :i", { ":i": text("m") }, { IndexName: "absent" }),
  query("mail = :i", { ":i": text("") }, { IndexName: "byMail" }),
  query("mail = :i", { ":i": text("m") }),
];

const put = (id: string, more: object = {}, rest: object = {}) => ({
  Put: { TableName: TABLE, Item: { ...key(id), ...more }, ...rest },
});
const remove = (id: string, rest: object = {}) => ({ Delete: { TableName: TABLE, Key: key(id), ...rest } });
const check = (id: string, ConditionExpression: string, rest: object = {}) => ({
  ConditionCheck: { TableName: TABLE, Key: key(id), ConditionExpression, ...rest },
});
const change = (UpdateExpression: string, value?: object, rest: object = {}) => ({
  Update: {
    TableName: TABLE,
    Key: key("a"),
    UpdateExpression,
    ...(value && { ExpressionAttributeValues: { ":v": value } }),
    ...rest,
  },
});
const write = (items: readonly object[], difference?: string, rest: object = {}): Call => [
  "TransactWriteItems",
  { TransactItems: items, ...rest },
  difference,
];
const is = "attribute_exists(id)";
const isNot = "attribute_not_exists(id)";
const old = { ReturnValuesOnConditionCheckFailure: "ALL_OLD" };
const large = { x: text("x".repeat(390_000)) };
const transactions: readonly Call[] = [
  write([]),
  write(Array.from({ length: 101 }, (_, nth) => put(`n${nth}`))),
  write(Array.from({ length: 100 }, (_, nth) => put(`n${nth}`))),
  write([put("p"), put("p")]),
  write([put("p"), check("p", is)]),
  write([{}]),
  write([{ ...put("p"), ...remove("q") }], ACTIONS),
  write([put("p"), change("SET n = n + :v", number("1")), remove("z"), check("y", isNot)]),
  write([put("p"), check("a", isNot)]),
  write([put("p"), check("a", isNot, old)]),
  write([check("none", is, old), check("a", isNot, old)]),
  write([put("a", {}, { ConditionExpression: isNot, ...old })]),
  write([remove("a", { ConditionExpression: isNot, ...old }), put("p")]),
  write([change("SET n = :v", number("1"), { ConditionExpression: isNot, ...old })]),
  write([put("p"), change("SET n = l + :v", number("1"))]),
  write([put("p"), change("SET n = absent")]),
  write([put("p"), change("SET absent.x = :v", number("1"))]),
  write([put("p"), change("ADD l :v", number("1"))]),
  write([put("p"), change("SET mail = :v", number("1"))]),
  write([put("p"), change("SET mail = :v", text(""))]),
  write([put("p"), change("SET id = :v", text("z"))], KEYS),
  write([put("p"), change("SET n = n + :v", number("9e125"))]),
  write([put("p"), change("SET n :v", number("1"))], EARLY),
  write([put("p"), change("SET n = :w", number("1"))], EARLY),
  write([put("p"), check("a", "size(")], EARLY),
  write([put("p", { mail: text("") })]),
  write([put("p", { mail: number("1") })]),
  write([put("")]),
  write([put("p"), { Put: { TableName: TABLE, Item: { id: number("1"), nth: number("1") } } }]),
  write([put("p"), { Put: { TableName: TABLE, Item: { id: text("a") } } }]),
  write([put("p"), { Delete: { TableName: TABLE, Key: { id: text("a") } } }]),
  write([put("p"), { Delete: { TableName: TABLE, Key: { id: number("1"), nth: number("1") } } }]),
  write([{ Delete: { TableName: "absent", Key: key("a") } }, put("p")]),
  write([{ Delete: { TableName: "bad!", Key: key("a") } }]),
  write([{ Delete: { TableName: TABLE } }]),
  write([{ ConditionCheck: { TableName: TABLE, Key: key("a") } }]),
  write([put("big", { x: text("x".repeat(409_700)) })], undefined),
  write([change("SET x = :v", text("x".repeat(409_700)))]),
  write(Array.from({ length: 12 }, (_, nth) => put(`l${nth}`, large))),
  write(Array.from({ length: 10 }, (_, nth) => put(`l${nth}`, large))),
  write([put("c")], undefined, { ReturnConsumedCapacity: "TOTAL" }),
  write([put("c")], undefined, { ReturnConsumedCapacity: "INDEXES" }),
  write([put("c")], "recorded on AWS: an unknown value is refused", { ReturnConsumedCapacity: "OTHER" }),
  write([put("t")], undefined, { ClientRequestToken: "token" }),
  write([put("t")], undefined, { ClientRequestToken: "token", ReturnConsumedCapacity: "TOTAL" }),
  write([put("u")], undefined, { ClientRequestToken: "token" }),
  write([put("u")], undefined, { ClientRequestToken: "x".repeat(37) }),
];

const read = (...items: object[]): Call => ["TransactGetItems", { TransactItems: items }];
const get = (id: string, rest: object = {}) => ({ Get: { TableName: TABLE, Key: key(id), ...rest } });
const reads: readonly Call[] = [
  read(),
  read(get("a"), get("none")),
  read(get("a"), get("a")),
  [
    "TransactGetItems",
    { TransactItems: [get("a", { ProjectionExpression: "n, m.x" })] },
    "docs: only what the projection names is returned; dynoxide adds the key",
  ],
  read(get("a", { ProjectionExpression: "!!" })),
  read(get("a"), { Get: { TableName: TABLE, Key: { id: text("a") } } }),
  read(get("a"), { Get: { TableName: TABLE, Key: { id: number("1"), nth: number("1") } } }),
  read({ Get: { TableName: "absent", Key: key("a") } }),
  read({}),
  read(...Array.from({ length: 101 }, (_, nth) => get(`n${nth}`))),
  ["TransactGetItems", { TransactItems: [get("a"), get("none")], ReturnConsumedCapacity: "TOTAL" }],
];

const batchPut = (id: string, more: object = {}) => ({ PutRequest: { Item: { ...key(id), ...more } } });
const batchWrite = (...requests: object[]): Call => [
  "BatchWriteItem",
  { RequestItems: { [TABLE]: requests } },
];
const batchGet = (...Keys: object[]): Call => ["BatchGetItem", { RequestItems: { [TABLE]: { Keys } } }];
const batches: readonly Call[] = [
  ["BatchWriteItem", { RequestItems: {} }],
  batchWrite(),
  batchWrite(batchPut("w"), { DeleteRequest: { Key: key("w") } }),
  batchWrite(batchPut("w"), batchPut("v", { mail: text("") })),
  batchWrite({}),
  batchWrite(batchPut("")),
  batchWrite({ PutRequest: { Item: { id: number("1"), nth: number("1") } } }),
  batchWrite(...Array.from({ length: 26 }, (_, nth) => batchPut(`b${nth}`))),
  batchWrite(...Array.from({ length: 25 }, (_, nth) => batchPut(`b${nth}`))),
  batchWrite(batchPut("big", { x: text("x".repeat(409_700)) })),
  ["BatchWriteItem", { RequestItems: { absent: [batchPut("w")] } }],
  ["BatchGetItem", { RequestItems: {} }],
  batchGet(),
  batchGet(key("a"), key("a")),
  batchGet(key("a"), key("none")),
  batchGet(...Array.from({ length: 101 }, (_, nth) => key(`b${nth}`))),
  ["BatchGetItem", { RequestItems: { absent: { Keys: [key("a")] } } }],
  ["BatchGetItem", { RequestItems: { [TABLE]: { Keys: [key("a")], ProjectionExpression: "n" } } }],
];

/** All of them, by what they are about. */
export const calls: Readonly<Record<string, readonly Call[]>> = {
  updates,
  conditions,
  keys,
  tables,
  queries,
  transactions,
  reads,
  batches,
};
