import type { Instant } from '#domain';
import type { ApiCredentialFields } from '#db';
import type { FieldError } from '../http/validation.pipe.js';

const SETTINGS = new Map<string, readonly unknown[]>([
  ['epochs', ['utc', 'local']],
  ['callLogKeys', ['asked', 'lower']],
  ['crossSite', [true, false]],
]);

/** What cannot be together in one credential. */
export function credentialFaults(
  {
    scope,
    agentId,
    department,
    settings,
    expiresAt,
  }: Omit<ApiCredentialFields, 'name' | 'rights' | 'perMinute' | 'allowFrom' | 'origins'>,
  now: Instant,
): FieldError[] {
  const errors = Object.entries(settings)
    .filter(([name, value]) => SETTINGS.get(name)?.includes(value) !== true)
    .map(([name]) => settingFault(name));
  for (const [field, value, of] of [
    ['agentId', agentId, 'agent'],
    ['department', department, 'department'],
  ] as const) {
    if ((scope === of) === (value !== null)) continue;
    const what = value === null ? 'is needed' : 'must be left out';
    errors.push({ field, message: `${field} ${what} for the scope ${scope}` });
  }
  if (expiresAt !== null && expiresAt <= now) {
    errors.push({ field: 'expiresAt', message: 'expiresAt must be in the future' });
  }
  return errors;
}

function settingFault(name: string): FieldError {
  const field = `settings.${name}`;
  const values = SETTINGS.get(name);
  const message = values
    ? `${field} must be one of ${values.join(', ')}`
    : `${field} is no setting of a credential`;
  return { field, message };
}
