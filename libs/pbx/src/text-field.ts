import type { AccountField } from './driver.js';

/** A field of an account's form that may be left out and is no secret, unless `more` says so. */
export function textField(name: string, what: string, more: Partial<AccountField> = {}): AccountField {
  return { name, what, secret: false, required: false, ...more };
}
