/** What an e-mail endpoint may be: mail is for people, of few words, and must not become somebody's spam. */
import { AppError, isOperational, readMailTarget } from '#domain';
import { formatNamed } from '#formats';
import type { MailSetup } from '#platform';
import { invalidRequest, type FieldError } from '../http/validation.pipe.js';

/** Members of an endpoint that mean something else, or nothing, where it is mail. */
interface Wishes {
  eventTypes?: readonly string[];
  ratePerMinute?: number | null;
  rateBurst?: number;
  signatures?: readonly string[];
}

const MAIL_LIMIT = 'must be left out: mail has the limit mostPerHour in formatSettings';

export function isMail(format: string): boolean {
  return formatNamed(format)?.carrier === 'mail';
}

/** @throws AppError `mail.not_set_up` that names what the operator has to set */
export function assertMailSetUp(setup: MailSetup): void {
  if (setup.ok) return;
  const missing = setup.missing.join(' and ');
  throw new AppError(
    'conflict',
    'mail.not_set_up',
    `This installation sends no mail: its operator has to set ${missing}.`,
  );
}

/** @throws AppError `request.invalid` with every member that mail has no use for */
export function checkMailWishes({ eventTypes = [], ratePerMinute, rateBurst, signatures }: Wishes): void {
  const errors: FieldError[] = [];
  if (!eventTypes.every(isOperational)) {
    errors.push({
      field: 'eventTypes',
      message:
        'eventTypes of an e-mail endpoint are of the families endpoint., connection., api_key. and tenant.',
    });
  }
  if (ratePerMinute != null) errors.push({ field: 'ratePerMinute', message: `ratePerMinute ${MAIL_LIMIT}` });
  if (rateBurst !== undefined) errors.push({ field: 'rateBurst', message: `rateBurst ${MAIL_LIMIT}` });
  if (signatures !== undefined) {
    errors.push({ field: 'signatures', message: 'signatures must be left out: mail is not signed' });
  }
  if (errors.length > 0) throw invalidRequest(errors);
}

/** @returns the URL as it is kept @throws AppError `request.invalid` */
export function checkedMailUrl(text: string): string {
  const target = readMailTarget(text);
  if (!target.ok) throw invalidRequest([{ field: 'url', message: target.reason }]);
  return target.url;
}

/** Secrets belong to what is signed and headers to what is a request, so mail stays mail. @throws AppError `request.invalid` */
export function assertSameCarrier(before: string, after: string): void {
  if (isMail(before) === isMail(after)) return;
  const message = 'format cannot be changed between e-mail and others: make a new endpoint';
  throw invalidRequest([{ field: 'format', message }]);
}

export function mailHasNone(what: string): AppError {
  return new AppError('conflict', 'endpoint.is_mail', `This is an e-mail endpoint, it has no ${what}.`);
}
