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
  {
    name: 'feed',
    what: "Whether the PBX's realtime channel is listened to: who is logged in there, and why not.",
    secret: false,
    required: false,
    values: ['off', 'on'],
    byDefault: 'off',
  },
  url(
    'feed_url',
    'Where its realtime channel is logged in to.',
    'https://loginapi.voicenter.co.il/monitorAPI/Login',
  ),
  {
    name: 'feed_socket_url',
    what: 'Where the channel itself is, if not where the login says.',
    secret: false,
    required: false,
  },
  {
    name: 'feed_login',
    what: 'What is shown to log in there: feed_token, or feed_user and feed_password of a user or of an account.',
    secret: false,
    required: false,
    values: ['token', 'user', 'account'],
    byDefault: 'token',
  },
  { name: 'feed_token', what: 'The token for its realtime channel.', secret: true, required: false },
  {
    name: 'feed_user',
    what: 'The user, by the e-mail address, or the account.',
    secret: true,
    required: false,
  },
  {
    name: 'feed_password',
    what: 'The PIN of the user, or the password of the account.',
    secret: true,
    required: false,
  },
];
