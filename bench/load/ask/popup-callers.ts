/**
 * Who calls in the workload POPUP. All tenants are called from the same numbers and each of them knows every other one, by a
 * name of its own: a reply from another tenant's directory has the wrong name, or a name where none belongs.
 */
export const CALLERS = 1_000;

const FIRST_NUMBER = 972_522_000_000;

export function callerE164(caller: number): string {
  return `+${String(FIRST_NUMBER + caller)}`;
}

/** Empty for a caller whom the tenant does not know. */
export function callerName(tenant: number, caller: number): string {
  return (tenant + caller) % 2 === 0 ? `Caller ${String(tenant)}-${String(caller)}` : '';
}

/** Which caller has the number. @param e164  of a caller */
export function callerOf(e164: string): number {
  return Number(e164.slice(1)) - FIRST_NUMBER;
}

/** The name of a caller whom the tenant's directory does not know and its own server does; empty for the others. */
export function nameElsewhere(tenant: number, caller: number): string {
  return callerName(tenant, caller) === '' ? `Elsewhere ${String(tenant)}-${String(caller)}` : '';
}
