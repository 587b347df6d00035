import type { AccountField } from '../driver.js';

function url(name: string, what: string, byDefault: string): AccountField {
  return { name, what, secret: false, required: false, byDefault };
}

/** The vendor spreads its API over four hosts. */
export const FIELDS: readonly AccountField[] = [
  {
    name: 'code',
    what: 'The code that Voicenter has given you for its API.',
    secret: true,
    required: true,
  },
  url('api_url', 'Where calls are ordered.', 'https://api.voicenter.co.il'),
  url('history_url', 'Where the call log is asked for.', 'https://api1.voicenter.co.il'),
  url('monitor_url', 'Where calls that go on are asked for.', 'https://monitor.voicenter.co.il'),
  // The vendor documents plain HTTP; a code is not sent in the clear unless somebody says so.
  url('login_url', 'Where agents are logged in and out.', 'https://betaapi.voicenter.co.il'),
  {
    name: 'epochs',
    what: 'Whether the times of calls that go on are the local clock or true.',
    secret: false,
    required: false,
    values: ['local', 'utc'],
    byDefault: 'local',
  },
];
