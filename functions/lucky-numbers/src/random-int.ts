import { existsSync, openSync, readSync } from "node:fs";

const DEVICE = "/dev/urandom";
const RANGE = 2 ** 32;

/**
 * A uniform whole number, `min <= n < max`, from the kernel's cryptographic generator; throws a RangeError unless
 * there are 1 to 2^32 of them. node:crypto's randomInt would do, but loading that module takes a tenth of this
 * function's cold start; it serves where there is no device.
 */
export const randomInt = existsSync(DEVICE)
  ? fromDevice()
  : process.getBuiltinModule("node:crypto").randomInt;

function fromDevice(): (min: number, max: number) => number {
  const device = openSync(DEVICE, "r");
  const numbers = new Uint32Array(1024);
  let used = numbers.length;

  function next(): number {
    if (used === numbers.length) {
      readSync(device, numbers);
      used = 0;
    }
    return numbers[used++] ?? 0; // never 0 for want of a number: it was just filled
  }

  return (min, max) => {
    const span = max - min;
    if (!(span >= 1 && span <= RANGE))
      throw new RangeError(`there are ${span} numbers from ${min} below ${max}`);
    const end = RANGE - (RANGE % span); // what lies above would favour the low numbers
    let number = next();
    while (number >= end) number = next();
    return min + (number % span);
  };
}
