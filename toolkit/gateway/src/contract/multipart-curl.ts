import { type FormFile, isFile } from "./form-file.ts";
import { printf } from "./printf.ts";
import { quoteWord } from "./shell.ts";
import { toText } from "./url.ts";

type Pair = readonly [name: string, item: unknown];

/** What a word of a command can hold. */
const WRITABLE = /^[\P{Cc}\t\r\n]*$/u;
const TYPE = /^[\w.+-]+\/[\w.+-]+$/;

/**
 * A curl command that sends a form, up to where its address follows: field by field, a file of text as it is, one of other
 * bytes through a pipe. Where that cannot be said, the whole body comes through the pipe.
 */
export function sendMultipartWith(curl: string, pairs: readonly Pair[]): string {
  const parts = pairs.map(([name, item]) => toPart(name, item));
  const piped = parts.filter((part) => part?.bytes);
  if (parts.length === 0 || parts.includes(undefined) || piped.length > 1) return sendWhole(curl, pairs);
  const command = [curl, ...parts.flatMap((part) => part?.words ?? []).map(quoteWord)].join(" ");
  const [{ bytes } = {}] = piped.flatMap((part) => part ?? []);
  return bytes ? `${printf(bytes)} | ${command}` : command;
}

type Part = { readonly words: readonly string[]; readonly bytes?: Uint8Array };

/** The words for a part, and the bytes that it has from the pipe; undefined where curl has no word for it. */
function toPart(name: string, item: unknown): Part | undefined {
  if (!/^[^="\\\p{Cc}]+$/u.test(name)) return undefined;
  if (!isFile(item)) {
    const text = toText(item);
    return WRITABLE.test(text) ? { words: ["--form-string", `${name}=${text}`] } : undefined;
  }
  const { name: filename, type, bytes } = item;
  if (!TYPE.test(type) || !WRITABLE.test(filename)) return undefined;
  const about = `;filename=${quote(filename)};type=${type}`;
  const text = textOf(bytes);
  if (text === undefined) return { words: ["-F", `${name}=@-${about}`], bytes };
  return { words: ["-F", `${name}=${quote(text)}${about}`] };
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return WRITABLE.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

function sendWhole(curl: string, pairs: readonly Pair[]): string {
  const latin1 = new TextDecoder("latin1");
  const texts = pairs.map(([, item]) => (isFile(item) ? latin1.decode(item.bytes) : toText(item)));
  let boundary = "boundary";
  while (texts.some((text) => text.includes(boundary))) boundary += "x";
  const encoder = new TextEncoder();
  const octets = pairs.flatMap(([name, item]) => [
    ...encoder.encode(`--${boundary}\r\n${headOf(name, item)}\r\n\r\n`),
    ...(isFile(item) ? item.bytes : encoder.encode(toText(item))),
    ...encoder.encode("\r\n"),
  ]);
  const body = Uint8Array.of(...octets, ...encoder.encode(`--${boundary}--\r\n`));
  return `${printf(body)} | ${curl} -H 'content-type: multipart/form-data; boundary=${boundary}' --data-binary @-`;
}

function headOf(name: string, item: unknown): string {
  const disposition = `content-disposition: form-data; name="${encodeName(name)}"`;
  if (!isFile(item)) return disposition;
  const { name: filename, type }: FormFile = item;
  return `${disposition}; filename="${encodeName(filename)}"\r\ncontent-type: ${type}`;
}

/** As browsers do. */
function encodeName(name: string): string {
  return name.replace(/["\r\n]/g, encodeURIComponent);
}
