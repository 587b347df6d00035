import { Problem } from '../api/problem';

/** What is wrong with which field, by its path in what was sent, such as `formatSettings.popupUrl`. */
export type FieldErrors = Readonly<Record<string, string>>;

export const NO_ERRORS: FieldErrors = {};

export function fieldErrorsOf(error: unknown): FieldErrors {
  if (!(error instanceof Problem)) return NO_ERRORS;
  return Object.fromEntries(error.errors.map(({ field, message }) => [field, message]));
}

/** What no field of a form says: it is told beside the button. @param fields  that the form shows, and all below them */
export function isAllShown(error: unknown, fields: readonly string[]): boolean {
  if (!(error instanceof Problem) || error.errors.length === 0) return false;
  return error.errors.every(({ field }) =>
    fields.some((shown) => field === shown || field.startsWith(`${shown}.`)),
  );
}

/** That of a field, or of anything in it. */
export function errorOf(errors: FieldErrors, field: string): string | undefined {
  return errors[field] ?? Object.entries(errors).find(([name]) => name.startsWith(`${field}.`))?.[1];
}
