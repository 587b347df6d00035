/**
 * Voicenter's realtime channel, as its public clients speak it: a login over HTTP that names a socket and a token, then all queues and
 * all extensions, then each again that is otherwise than before.
 */
import { instant, type Instant } from '#domain';
import { baseUrl, textSetting } from '../account-urls.js';
import { converse, refused, secretsOf, unknown } from '../conversation.js';
import type { DriverAccount, DriverAnswer, DriverIo, PbxChannel } from '../driver.js';
import type { FeedLogin, FeedNews } from '../feed.js';
import { maskSecrets } from '../mask-secrets.js';
import { fieldsIn, jsonIn, rowsIn, textOf, textOrNull, valueOf, type Fields } from '../read-reply.js';
import { phonesIn, queuesIn } from './feed-things.js';
import { FIELDS } from './fields.js';

interface LoginWords {
  path: string;
  /** Members of the body, by the secrets that go into them. */
  body: Readonly<Record<string, string>>;
}

/** By what the account logs in with. */
const LOGINS: Readonly<Record<string, LoginWords>> = {
  token: { path: 'Token', body: { token: 'feed_token' } },
  user: { path: 'User', body: { email: 'feed_user', pin: 'feed_password' } },
  account: { path: 'Account', body: { username: 'feed_user', password: 'feed_password' } },
};

async function logIn(account: DriverAccount, io: DriverIo): Promise<DriverAnswer<FeedLogin>> {
  const words = LOGINS[textSetting(account, 'feed_login', FIELDS)];
  if (words === undefined) return refused('feed_login says nothing of how to log in.');
  const missing = Object.values(words.body).find((name) => (account.secrets[name] ?? '') === '');
  if (missing !== undefined) return refused(`The account lacks ${missing}.`);
  const body = Object.fromEntries(
    Object.entries(words.body).map(([member, secret]) => [member, account.secrets[secret]]),
  );
  const reply = await converse(
    {
      method: 'POST',
      url: `${baseUrl(account, 'feed_url', FIELDS)}/${words.path}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
    account,
    io,
  );
  if (reply.kind !== 'replied') return reply;
  const fields = fieldsIn(jsonIn(reply.body));
  const told = textOrNull(fields, 'error', 'Status');
  const text = told === null ? null : maskSecrets(told, secretsOf(account));
  if (reply.status >= 400) return refused('The login was refused.', `HTTP ${String(reply.status)}`, text);
  const socket = fieldsIn(valueOf(fieldsIn(valueOf(fields, 'Data')), 'Socket'));
  const token = textOf(socket, 'Token');
  const url = textSetting(account, 'feed_socket_url', FIELDS) || textOf(socket, 'URL');
  // The vendor says a refusal under HTTP 200 as well.
  if (socket === null && valueOf(fields, 'error') !== undefined)
    return refused('The login was refused.', null, text);
  if (token === '' || url === '') return unknown('The login was answered without a socket or a token.');
  return {
    kind: 'done',
    url: url.replace(/\/+$/, ''),
    query: { token },
    expiresAt: timeIn(textOf(socket, 'TokenExpiry')),
  };
}

function timeIn(text: string): Instant | null {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : instant(at);
}

function read(name: string, data: unknown): FeedNews | undefined {
  const message = fieldsIn(data);
  switch (name) {
    case 'AllExtensionsStatus':
      return {
        kind: 'phones',
        phones: phonesIn(message, rowsIn(valueOf(message, 'extensions'))),
        isAll: true,
      };
    case 'loginStatus': {
      const queues = valueOf(message, 'queues');
      // An older server says nothing of queues there, which is not that there are none.
      return Array.isArray(queues)
        ? { kind: 'queues', queues: queuesIn(message, rowsIn(queues)), isAll: true }
        : undefined;
    }
    case 'QueueEvent': {
      const queue = fieldsIn(valueOf(message, 'data'));
      const queues = queue === null ? [] : queuesIn(message, [queue]);
      return queues.length === 0 ? undefined : { kind: 'queues', queues, isAll: false };
    }
    case 'ExtensionEvent': {
      const phone = fieldsIn(valueOf(message, 'data'));
      return phone === null
        ? undefined
        : { kind: 'phones', phones: phonesIn(message, [phone]), isAll: false };
    }
    // There are others than before, or other names.
    case 'ExtensionsUpdated':
    case 'QueuesUpdated':
      return { kind: 'say', name: 'resync', data: { cache: false } };
    case 'loginResponse':
    case 'keepaliveResponse':
      return isFine(message) ? undefined : { kind: 'refused', reason: 'The PBX takes the login no more.' };
    default:
      return undefined;
  }
}

function isFine(message: Fields | null): boolean {
  const code = textOf(message, 'errorCode');
  return code === '' || code === '0';
}

export const feed: PbxChannel = {
  isOn: (settings) => settings['feed'] === 'on',
  logIn,
  read,
};
