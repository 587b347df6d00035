/** Of a channel's variables those that are told with the call. */

const CORRELATOR = 'X_ATT';
/** What our orders tell the dialplan, and whoever reads of the call need not know. */
const INNER: ReadonlySet<string> = new Set([
  ...['X_RECORD', 'X_VOICEMAIL', 'X_PIN', 'X_BEFORE', 'X_DIGITS', 'X_BETWEEN', 'X_AFTER'],
]);
/** FreePBX's name for the number that was called. */
export const DID_VARIABLE = 'FROM_DID';

/** @returns by the names that they were ordered with; what `channelvars` names besides goes by its own name */
export function ownVariables(variables: Readonly<Record<string, string>>): Record<string, unknown> {
  const told = Object.entries(variables).flatMap(([name, value]): [string, string][] =>
    name === DID_VARIABLE || isInner(name) || value === '' ? [] : [[nameOf(name) ?? name, value]],
  );
  return Object.fromEntries(told);
}

/** A variable that is set while the call goes on; undefined for one that is the dialplan's own affair. */
export function ownVariable(name: string, value: string): Record<string, unknown> | undefined {
  const own = nameOf(name);
  return own === undefined || value === '' ? undefined : { [own]: value };
}

function isInner(name: string): boolean {
  return INNER.has(bareName(name).toUpperCase());
}

/** Without what hands a variable on to the channels that a channel makes. */
function bareName(name: string): string {
  return name.replace(/^_{1,2}/, '');
}

function nameOf(name: string): string | undefined {
  const bare = bareName(name);
  if (bare.toUpperCase() === CORRELATOR) return CORRELATOR;
  if (!/^X_\w/i.test(bare) || isInner(name)) return undefined;
  return bare.slice(2);
}
