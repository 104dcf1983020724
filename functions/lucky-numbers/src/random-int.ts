import { existsSync, openSync, readSync } from "node:fs";

const DEVICE = "/dev/urandom";
const RANGE = 2 ** 32;

/**
 * A uniform whole number, `min <= n < max`, from the kernel's cryptographic generator. node:crypto's randomInt gives
 * the same, but loading that module takes a tenth of this function's cold start; it serves where there is no device.
 */
export const randomInt = existsSync(DEVICE)
  ? fromDevice()
  : process.getBuiltinModule("node:crypto").randomInt;

function fromDevice(): (min: number, max: number) => number {
  const device = openSync(DEVICE, "r");
  const numbers = new Uint32Array(64);
  let used = numbers.length;

  function next(): number {
    if (used === numbers.length) {
      readSync(device, numbers);
      used = 0;
    }
    return numbers[used++] ?? next();
  }

  return (min, max) => {
    const span = max - min;
    const end = RANGE - (RANGE % span); // what lies above would favour the low numbers
    let number = next();
    while (number >= end) number = next();
    return min + (number % span);
  };
}
