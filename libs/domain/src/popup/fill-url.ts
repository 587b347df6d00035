import { readUrl } from '../read-url.js';

/** What a URL template of a popup may hold in braces, beside `customData.` with the name of a member. */
export const URL_PLACEHOLDERS = [
  'phone',
  'e164',
  'contactId',
  'externalId',
  'callId',
  'did',
  'extension',
] as const;

const CUSTOM_DATA = /^customData\.[\w.-]{1,64}$/;
const PLACEHOLDER = /\{([^{}]*)\}/g;
const MAX_LENGTH = 2_048;

/**
 * The template with each placeholder replaced by its value, percent-encoded so that no value changes the URL around it; null
 * without a template. What is not known is left empty.
 */
export function fillUrl(
  template: string | null,
  values: Readonly<Record<string, string | null | undefined>>,
): string | null {
  if (template === null) return null;
  // A half of a surrogate pair is in no URL, and encodeURIComponent throws.
  return template.replace(PLACEHOLDER, (whole, name: string) =>
    isPlaceholder(name) ? encodeURIComponent((values[name] ?? '').toWellFormed()) : whole,
  );
}

/** What is wrong with a template, in words for the tenant; null when nothing is. */
export function urlTemplateFault(template: unknown): string | null {
  if (typeof template !== 'string') return 'must be text';
  if (template.length > MAX_LENGTH) return `must not be longer than ${MAX_LENGTH} characters`;
  const unknown = [...template.matchAll(PLACEHOLDER)].find(([, name = '']) => !isPlaceholder(name));
  if (unknown) {
    return `must not hold ${unknown[0]}: there are ${URL_PLACEHOLDERS.map((name) => `{${name}}`).join(', ')}, {customData.name}`;
  }
  // Whoever chose the host by a value that a caller sends would choose where agents are sent.
  const place = /^https?:\/\/[^/?#{}]+(?:[/?#]|$)/i.test(template);
  const filled = template.replace(PLACEHOLDER, 'x');
  return place && readUrl(filled) !== null
    ? null
    : 'must be a complete URL like https://crm.example/contacts?phone={e164}';
}

function isPlaceholder(name: string): boolean {
  return (URL_PLACEHOLDERS as readonly string[]).includes(name) || CUSTOM_DATA.test(name);
}

/** Whether a template shows something that was remembered of the call. */
export function showsCustomData(template: string | null): boolean {
  return template?.includes('{customData.') ?? false;
}
