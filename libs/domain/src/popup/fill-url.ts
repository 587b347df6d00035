/** What a URL template of a popup may hold in braces. */
export const URL_PLACEHOLDERS = [
  'phone',
  'e164',
  'contactId',
  'externalId',
  'callId',
  'did',
  'extension',
] as const;
export type UrlPlaceholder = (typeof URL_PLACEHOLDERS)[number];

const PLACEHOLDER = /\{([^{}]*)\}/g;
/** Halves of surrogate pairs: no URL can hold them, and encodeURIComponent throws. */
const HALF_PAIR = /\p{Surrogate}/gu;
const MAX_LENGTH = 2_048;

/**
 * The template with each placeholder replaced by its value, percent-encoded so that no value changes the URL around it; null
 * without a template. What is not known is left empty.
 */
export function fillUrl(
  template: string | null,
  values: Readonly<Partial<Record<UrlPlaceholder, string | null>>>,
): string | null {
  if (template === null) return null;
  return template.replace(PLACEHOLDER, (whole, name: string) =>
    isPlaceholder(name) ? encodeURIComponent((values[name] ?? '').replace(HALF_PAIR, '\ufffd')) : whole,
  );
}

/** What is wrong with a template, in words for the tenant; null when nothing is. */
export function urlTemplateFault(template: unknown): string | null {
  if (typeof template !== 'string') return 'must be text';
  if (template.length > MAX_LENGTH) return `must not be longer than ${MAX_LENGTH} characters`;
  const unknown = [...template.matchAll(PLACEHOLDER)].find(([, name = '']) => !isPlaceholder(name));
  if (unknown) {
    return `must not hold ${unknown[0]}: there are ${URL_PLACEHOLDERS.map((name) => `{${name}}`).join(', ')}`;
  }
  // Whoever chose the host by a value that a caller sends would choose where agents are sent.
  const place = /^https?:\/\/[^/?#{}]+(?:[/?#]|$)/i.test(template);
  const filled = template.replace(PLACEHOLDER, 'x');
  return place && URL.canParse(filled)
    ? null
    : 'must be a complete URL like https://crm.example/contacts?phone={e164}';
}

function isPlaceholder(name: string): name is UrlPlaceholder {
  return (URL_PLACEHOLDERS as readonly string[]).includes(name);
}
