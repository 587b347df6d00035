/** Products of the field with 256 elements that QR codes reckon in. */
const FIELD = 0x11d;

function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ (product >> 7 === 1 ? FIELD : 0);
    if (((b >> bit) & 1) === 1) product ^= a;
  }
  return product & 255;
}

/** Coefficients of the product of (x - 2^i), without the first, which is 1. */
function divisorOf(length: number): number[] {
  let divisor = [1];
  for (let root = 1, index = 0; index < length; index += 1, root = times(root, 2)) {
    divisor = [...divisor, 0].map((value, at) => value ^ times(divisor[at - 1] ?? 0, root));
  }
  return divisor.slice(1);
}

/** The codewords by which wrong ones of a block are put right: what is left of it, divided. */
export function correctionOf(block: readonly number[], length: number): number[] {
  const divisor = divisorOf(length);
  let rest = Array<number>(length).fill(0);
  for (const byte of block) {
    const factor = byte ^ (rest[0] ?? 0);
    rest = divisor.map((coefficient, at) => (rest[at + 1] ?? 0) ^ times(coefficient, factor));
  }
  return rest;
}
