/** What an endpoint may be that is a connector to a CRM. */
import { formatNamed } from '#formats';
import { invalidRequest } from '../http/validation.pipe.js';

export function isCrm(format: string): boolean {
  return formatNamed(format)?.carrier === 'crm';
}

/**
 * News of a call belongs into the record that its end made, so they must not overtake one another.
 *
 * @throws AppError `request.invalid`
 */
export function checkCrmWishes(format: string, { ordered }: { ordered: boolean }): void {
  if (!isCrm(format) || ordered) return;
  const message = `ordered must be true for the format ${format}: the later events of a call change the record of its end`;
  throw invalidRequest([{ field: 'ordered', message }]);
}
