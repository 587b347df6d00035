import { checkTargetUrl, type TargetPolicy } from '#platform';
import { invalidRequest } from '../http/validation.pipe.js';
import { checkedMailUrl, isMail } from './mail-rules.js';

/** Where an endpoint's deliveries go, as it is kept. @throws AppError `request.invalid` */
export function checkedUrl(format: string, text: string, targets: TargetPolicy): string {
  if (isMail(format)) return checkedMailUrl(text);
  const verdict = checkTargetUrl(text, targets);
  if (!verdict.ok) throw invalidRequest([{ field: 'url', message: verdict.reason }]);
  return verdict.url.href;
}
