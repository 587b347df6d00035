/** Settings that every connection may have, and that the page has fields for. */
export const TIMING = ['maxCallSeconds', 'holdOffSeconds'] as const;
export const POPUP = ['contactUrl', 'newContactUrl'] as const;
/** Where they are not set. */
export const USUAL: Readonly<Record<(typeof TIMING)[number], number>> = {
  maxCallSeconds: 14_400,
  holdOffSeconds: 20,
};

type Settings = Readonly<Record<string, unknown>>;

/** What is left of the settings when those with a field of their own are taken out. @param fields  their names */
export function otherSettings(settings: Settings, fields: readonly string[]): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !fields.includes(name)));
}

/** One setting changed; an empty value takes it away, so that the usual one holds. */
export function withSetting(settings: Settings, name: string, value: string | number): Settings {
  const { [name]: _, ...others } = settings;
  return value === '' ? others : { ...others, [name]: value };
}

/** An object in JSON, an empty text being an empty one; null for anything else. */
export function readObject(text: string): Settings | null {
  if (text.trim() === '') return {};
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Settings) : null;
  } catch {
    return null;
  }
}
