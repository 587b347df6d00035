const ASCII = /^[\x00-\x7f]*$/; // eslint-disable-line no-control-regex

/** Lower case, letters and digits only: how names of fields, types and statuses are compared. Full-width ones are read too. */
export function squeezed(text: string): string {
  const plain = ASCII.test(text) ? text : text.normalize('NFKC');
  return plain.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Anybody may make names up: when there are so many, all are forgotten. */
const KEEP_MOST = 2_000;
const ORDINARY = /^[\x20-\x7e]{1,40}$/;
const known = new Map<string, string>();

/** The same of the name of a field. Of those that vendors use it is known already, as they come with every message. */
export function squeezedName(name: string): string {
  const before = known.get(name);
  if (before !== undefined) return before;
  if (!ORDINARY.test(name)) return squeezed(name);
  // A piece of a text keeps all of the text in memory: what stays is a copy.
  const copy = Buffer.from(name, 'latin1').toString('latin1');
  const short = squeezed(copy);
  if (known.size >= KEEP_MOST) known.clear();
  known.set(copy, short);
  return short;
}
