import type { ConnectorSettingDto } from '../api/operations';

/** A connector's own settings as fields have them: all texts. */
export type SettingsDraft = Readonly<Record<string, string>>;

/** @param kept  `formatSettings` of an endpoint */
export function draftOf(
  settings: readonly ConnectorSettingDto[],
  kept: Readonly<Record<string, unknown>>,
): SettingsDraft {
  return Object.fromEntries(
    settings.map(({ name, byDefault }) => [name, textOf(kept[name] ?? byDefault ?? '')]),
  );
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** What is sent: an empty field is left out, so that the default holds. */
export function settingsOf(
  settings: readonly ConnectorSettingDto[],
  draft: SettingsDraft,
): Record<string, unknown> {
  const given = settings.flatMap(({ name, kind }): [string, unknown][] => {
    const text = (draft[name] ?? '').trim();
    if (text === '') return [];
    if (kind === 'count') return [[name, Number(text)]];
    if (kind !== 'texts') return [[name, text]];
    const texts = text.split(',').map((one) => one.trim());
    return [[name, texts.filter((one) => one !== '')]];
  });
  return Object.fromEntries(given);
}

/** Settings that are needed and empty. */
export function missingSettings(settings: readonly ConnectorSettingDto[], draft: SettingsDraft): string[] {
  return settings
    .filter(({ required, name }) => required && (draft[name] ?? '').trim() === '')
    .map(({ name }) => name);
}

/** JSON of an object as people type it; undefined where it is none. An empty text is an empty object. */
export function objectIn(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
