import type { AccountField } from '../driver.js';
import { textField as text } from '../text-field.js';

export const FIELDS: readonly AccountField[] = [
  text('user', 'The user name that GlobalEx has given you for its API.', { required: true }),
  text('pass', 'Its password.', { required: true, secret: true }),
  text('org', 'The name of your organisation there.', { required: true }),
  text('org_token', 'The token of your organisation, with which calls are looked up.', { secret: true }),
  text('url', 'Where calls are ordered.', { byDefault: 'https://voip.globalex.co.il' }),
  text('history_url', 'Where calls are looked up.', { byDefault: 'https://panel.bluebe.net' }),
  text('history_path', 'The page there that tells of calls.', {
    values: ['/api/cdr.php', '/API/Reports.php'],
    byDefault: '/api/cdr.php',
  }),
  text('caller_id', 'Digits that are shown to customers where an order does not say which.'),
  text('recording', 'Whether a call is recorded when a caller id is given with it, or when none is.', {
    values: ['with_caller_id', 'without_caller_id'],
    byDefault: 'with_caller_id',
  }),
];
