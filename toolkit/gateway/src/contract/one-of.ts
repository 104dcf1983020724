import { JSON_TYPE } from "./json-type.ts";
import type { BodyHead, Input, Media, Output, Schema } from "./schema.ts";

/** What takes any of several bodies, and is sent as the first. */
type OneOf<First extends Schema, Others extends readonly Schema[]> = Schema<
  Input<First>,
  Output<First> | Output<Others[number]>
> &
  (First extends { readonly media: infer Own extends Media } ? { readonly media: Own } : unknown);

/**
 * A body of any of several media types: which one, its content type says. The function gets what that schema makes of it, and
 * finds the content type itself in `request.contentType`. The typed client, the example and the curl commands send the first.
 *
 *     body: oneOf(Order, form(Order))
 */
export function oneOf<First extends Schema, Others extends readonly Schema[]>(
  first: First,
  ...others: Others
): OneOf<First, Others> {
  const several = [first, ...others];
  const type = several.map(typeOf).join(", ");
  const none: Schema = { ...first, media: { ...(first.media ?? json), type, accepts: () => false } };
  const choose = ({ contentType, headers, body }: BodyHead): Schema => {
    if (!contentType && !(headers && body)) return first; // written by hand
    return several.find(({ media = json }) => media.accepts(contentType ?? "")) ?? none;
  };
  const { media, "~standard": standard } = first;
  const schema: Schema = { ...(media && { media }), several, choose, "~standard": standard };
  return schema as OneOf<First, Others>; // it gives what that of the first, or the one that is chosen, gives
}

/** The media type of a body of that schema. */
export function typeOf({ media }: Schema): string {
  return media?.type ?? "application/json";
}

const json: Media = {
  form: "text",
  type: "application/json",
  encodings: ["identity"],
  accepts: (contentType) => JSON_TYPE.test(contentType),
  sendWith: (curl) => curl,
};
