type Builtins = {
  readonly "node:crypto": typeof import("node:crypto");
  readonly "node:http": typeof import("node:http");
  readonly "node:https": typeof import("node:https");
};

/** A module of Node when it is needed: loaded with the function, it would cost each cold start a tenth. */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  return process.getBuiltinModule(name) as Builtins[Name];
}
