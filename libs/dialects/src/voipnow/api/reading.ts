import type { Ask, AskFailure } from '#domain';
import type { FacadeReading } from '../../facade.js';

export type AskReading = FacadeReading['ask'];
export type Refused = { ok: false; failure: AskFailure };

export function asking(ask: Ask): AskReading {
  return { ok: true, ask };
}

/** @param field  in lower case: the vendor's code is `<field>_invalid` */
export function invalid(field: string, reason: string): Refused {
  return { ok: false, failure: { code: 'invalid', field, reason } };
}

export function unsupported(capability: string, reason: string): Refused {
  return { ok: false, failure: { code: 'unsupported', capability, reason } };
}
