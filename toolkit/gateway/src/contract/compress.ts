/** A reply that is ready to send, as far as it is compressed. */
type Ready = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
};

/** Compresses a reply for a caller that accepts it, or leaves it as it is. */
export type Compress = <R extends Ready>(
  reply: R,
  request: { readonly headers: Readonly<Record<string, string | undefined>> | undefined },
) => R;
