/** How SST lets the arguments of a resource be changed before it is made: by a function, or by some that replace its own. */
export type Transform<Args> =
  | Partial<Args>
  | ((args: Args, opts: $util.CustomResourceOptions, name: string) => void);

/** One transform of several, each of which sees what those before it have left; undefined ones are passed over. */
export function transformInOrder<Args extends object>(...transforms: (Transform<Args> | undefined)[]) {
  return (args: Args, opts: $util.CustomResourceOptions, name: string): undefined => {
    for (const transform of transforms) {
      if (typeof transform === "function") transform(args, opts, name);
      else Object.assign(args, transform);
    }
  };
}
