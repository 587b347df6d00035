/** What a stand-in holds against an object: members that its CRM does not know, that are wrong, or that are missing. */

/** By name, with a `!` in front where it must be there. Values are held against it as text, objects and lists as JSON. */
export type Shape = Readonly<Record<string, RegExp>>;

export const ANY = /^[^]+$/;

/** @returns the first thing that is wrong; undefined: nothing is */
export function wrongIn(given: Readonly<Record<string, unknown>>, shape: Shape): string | undefined {
  const missing = Object.keys(shape).find(
    (name) => name.startsWith('!') && given[name.slice(1)] === undefined,
  );
  if (missing !== undefined) return `lacks ${missing.slice(1)}`;
  const wrong = Object.entries(given).find(
    ([name, value]) => (shape[name] ?? shape[`!${name}`])?.test(asText(value)) !== true,
  );
  return wrong && `${wrong[0]} = ${asText(wrong[1])}`;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
