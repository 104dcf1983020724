/** The names of a path's parameters as a type, such as `"id"` of `/draws/{id}`. */
export type ParameterName<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Greedy}+` ? Greedy : Name) | ParameterName<Rest>
  : never;
