import type { Secrets } from '#dialects';
import { invalidRequest, type FieldError } from '../http/validation.pipe.js';

const MOST = 4;
const LONGEST = 4096;
const MOST_NAMES = 8;
const NAME = /^[A-Za-z0-9_-]{1,40}$/;

/**
 * Secrets as they are given: of what is left out those that are kept stay.
 *
 * @throws AppError `request.invalid`; nothing of a secret is in it
 */
export function readSecrets(given: Readonly<Record<string, unknown>>, kept: Secrets): Secrets {
  const errors: FieldError[] = [];
  const secrets = new Map(Object.entries(kept));
  const complain = (name: string, message: string) => errors.push({ field: `secrets.${name}`, message });
  for (const [name, value] of Object.entries(given)) {
    if (!NAME.test(name)) complain('', 'secrets has a name that is none: letters, digits, "_" and "-"');
    else if (value === null) secrets.delete(name);
    else {
      const list: unknown[] = Array.isArray(value) ? value : [value];
      const isGood = list.length >= 1 && list.length <= MOST && list.every(isSecret);
      if (isGood) secrets.set(name, list as string[]);
      else
        complain(
          name,
          `secrets.${name} must be a text, or a list of 1 to ${String(MOST)} texts of 1 to ${String(LONGEST)} characters`,
        );
    }
  }
  if (secrets.size > MOST_NAMES) complain('', `secrets may have at most ${String(MOST_NAMES)} names`);
  if (errors.length > 0) throw invalidRequest(errors);
  return Object.fromEntries(secrets);
}

function isSecret(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST;
}
