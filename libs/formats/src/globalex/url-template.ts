import { readUrl } from '#domain';
import { hasFixedHost, percentEncoded, staysInPlace } from '../content/url-values.js';

const PLACEHOLDER = /\{([^{}]*)\}/g;

/**
 * Reads a URL with the vendor's `{callid}`-style placeholders, which name parameters.
 *
 * @param names  the parameters that there are, in lower case
 * @returns what is wrong with it, in a sentence; undefined when nothing is
 */
export function problemWithTemplate(template: string, names: ReadonlySet<string>): string | undefined {
  const unbalanced = template.replace(PLACEHOLDER, (all) => ' '.repeat(all.length)).search(/[{}]/);
  if (unbalanced !== -1) return `The brace at position ${unbalanced + 1} has no other half.`;
  if (!hasFixedHost(template) || readUrl(harmless(template)) === null) {
    return 'This is not a complete URL whose host is written out; write it like https://crm.example/call?id={callid}.';
  }
  for (const match of template.matchAll(PLACEHOLDER)) {
    const name = match[1] ?? '';
    if (!names.has(name.toLowerCase()))
      return `There is no parameter {${name}}, as at position ${match.index + 1}.`;
  }
  return undefined;
}

export function hasPlaceholders(template: string): boolean {
  return template.search(PLACEHOLDER) !== -1;
}

/** With a value that does no harm in every place. */
export function harmless(template: string): string {
  return template.replace(PLACEHOLDER, 'x');
}

/** @returns undefined where a value would lead to another page of the host */
export function filledIn(template: string, valueOf: (name: string) => string): string | undefined {
  const url = template.replace(PLACEHOLDER, (_all, name: string) =>
    percentEncoded(valueOf(name.toLowerCase())),
  );
  return staysInPlace(url, harmless(template)) ? url : undefined;
}
