import { it } from '@jest/globals';

/** A test that needs an address of this machine beside loopback; where there is none, that is told and passed over. */
export function withAddress(address: string | undefined): typeof it | typeof it.skip {
  if (address !== undefined) return it;
  const complaint = 'This machine has no address beside loopback, so what others could reach was not tried.';
  if (process.env['CI'] !== undefined) throw new Error(complaint);
  process.stderr.write(`SKIPPED: ${complaint}\n`);
  return it.skip;
}
