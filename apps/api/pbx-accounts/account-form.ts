import type { AccountField, PbxDriver } from '#pbx';
import { isVisible } from '../http/is-visible.js';
import { invalidRequest, type FieldError } from '../http/validation.pipe.js';

const LONGEST_VALUE = 2_000;

type Texts = Record<string, string>;
/** A secret that is null is taken away. */
type GivenSecrets = Readonly<Record<string, unknown>>;

export interface AccountForm {
  settings: Texts;
  secrets: Texts;
}

/**
 * The form of an account as a driver wants it filled in. Secrets that are left out stay what they were.
 *
 * @param kept  the secrets from before
 * @throws AppError `request.invalid` that names each field which is unknown, missing or cannot be so; no value is repeated
 */
export function readAccountForm(
  driver: Pick<PbxDriver, 'fields' | 'problemsOf'>,
  given: { settings: Readonly<Record<string, unknown>>; secrets: GivenSecrets },
  kept: Readonly<Texts>,
): AccountForm {
  const [open, secret] = [false, true].map((isSecret) =>
    driver.fields.filter((field) => field.secret === isSecret),
  );
  const named = new Set(secret?.map(({ name }) => name));
  const before = Object.entries(kept).filter(([name]) => named.has(name) && given.secrets[name] !== null);
  const fresh = Object.entries(given.secrets).filter(([, value]) => value !== null);
  const secrets = { ...Object.fromEntries(before), ...Object.fromEntries(fresh) };
  const errors = [
    ...unknownOf('settings', given.settings, open),
    ...unknownOf('secrets', given.secrets, secret),
    ...faultsOf('settings', given.settings, open),
    ...faultsOf('secrets', secrets, secret),
  ];
  if (errors.length === 0) errors.push(...problemsOf(driver, given.settings));
  if (errors.length > 0) throw invalidRequest(errors);
  return { settings: { ...given.settings } as Texts, secrets: secrets as Texts };
}

function problemsOf(
  driver: Pick<PbxDriver, 'problemsOf'>,
  settings: Readonly<Record<string, unknown>>,
): FieldError[] {
  return driver
    .problemsOf(settings)
    .map(({ field, reason }) => ({ field: `settings.${field}`, message: reason }));
}

function unknownOf(
  place: string,
  values: Readonly<Record<string, unknown>>,
  fields: readonly AccountField[] = [],
): FieldError[] {
  return Object.keys(values)
    .filter((name) => !fields.some((field) => field.name === name))
    .map((name) => ({
      field: `${place}.${name}`,
      message: `${place}.${name} is no field of this PBX's account`,
    }));
}

function faultsOf(
  place: string,
  values: Readonly<Record<string, unknown>>,
  fields: readonly AccountField[] = [],
): FieldError[] {
  return fields.flatMap(({ name, required, values: choices }): FieldError[] => {
    const field = `${place}.${name}`;
    const value = values[name];
    if (value === undefined) return required ? [{ field, message: `${field} is needed` }] : [];
    if (!isVisible(value) || value.length > LONGEST_VALUE) {
      return [{ field, message: `${field} must be a text of 1 to ${String(LONGEST_VALUE)} characters` }];
    }
    if (choices === undefined || choices.includes(value)) return [];
    return [{ field, message: `${field} must be one of ${choices.join(', ')}` }];
  });
}
