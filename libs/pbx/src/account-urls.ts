import { readUrl } from '#domain';
import type { AccountField, DriverAccount } from './driver.js';

/** A setting that is a text, else the field's default, else nothing. */
export function textSetting(
  { settings }: Pick<DriverAccount, 'settings'>,
  name: string,
  fields: readonly AccountField[],
): string {
  const set = settings[name];
  if (typeof set === 'string' && set !== '') return set;
  return fields.find((field) => field.name === name)?.byDefault ?? '';
}

/** What stands before a path of the vendor's, without a slash at its end. */
export function baseUrl(
  account: Pick<DriverAccount, 'settings'>,
  name: string,
  fields: readonly AccountField[],
): string {
  return textSetting(account, name, fields).replace(/\/+$/, '');
}

/** What holds for the settings of each vendor: texts, of which some are chosen from a list, and URLs of the web. */
export function problemsOfSettings(
  settings: DriverAccount['settings'],
  fields: readonly AccountField[],
): { field: string; reason: string }[] {
  return fields
    .filter(({ secret }) => !secret)
    .flatMap((field) => {
      const reason = problemOf(settings[field.name], field);
      return reason === null ? [] : [{ field: field.name, reason }];
    });
}

function problemOf(value: unknown, { name, required, values }: AccountField): string | null {
  if (value === undefined) return required ? `${name} is needed.` : null;
  if (typeof value !== 'string') return `${name} must be a text.`;
  if (value === '') return required ? `${name} is needed.` : null;
  if (values !== undefined && !values.includes(value)) return `${name} is one of ${values.join(', ')}.`;
  return /url$/i.test(name) && !isWebUrl(value) ? `${name} must be an http:// or https:// URL.` : null;
}

/** Without a query: paths are written after it. */
function isWebUrl(text: string): boolean {
  const url = readUrl(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '';
}
