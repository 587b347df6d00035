/** How checks of signatures, and handshakes, are written in a mapping. */
import { note, quoted, shapes, under, type DocumentShape } from '#domain';
import { path, readPath } from '../path-shape.js';
import type {
  ReadyHandshake,
  ReadyPath,
  ReadySignature,
  ReadyStamp,
  ReadyTemplate,
} from '../ready-mapping.js';
import { reply } from '../reply-shape.js';
import { conditions } from '../source-shapes.js';
import { template } from '../template-shape.js';

const { listOf, members, oneOf, or, tagged, text, whole } = shapes;

const MOST_SECRETS = 4;
const MAX_AGE_SECONDS = 300;
const DAY_SECONDS = 24 * 60 * 60;
const ONLY_BODY: ReadyTemplate = [{ kind: 'word', word: 'body' }];
const TWILIO_HEADER = readPath('@header.x-twilio-signature') as ReadyPath;
const STAND_IN: ReadySignature = { kind: 'basic', secrets: [], routes: null };

const secretName = text({ max: 40, like: /^[A-Za-z0-9_-]+$/, says: 'letters, digits, "_" and "-"' });
const routes: DocumentShape<ReadonlySet<string> | null> = (value, at) =>
  value === undefined || value === null
    ? null
    : new Set(listOf(text({ max: 40 }), { min: 1, max: 20 })(value, at));
const scope = {
  secrets: or(listOf(secretName, { min: 1, max: MOST_SECRETS }), ['secret']),
  routes,
};
const hash = oneOf('sha256', 'sha1', 'sha384', 'sha512');
const encoding = oneOf('hex', 'base64');
const prefix = or(text({ max: 40 }), '');
const timestamp = or(
  members<ReadyStamp>({
    at: path,
    unit: or(oneOf('s', 'ms'), 's'),
    maxAgeSeconds: or(whole({ min: 5, max: DAY_SECONDS }), MAX_AGE_SECONDS),
  }),
  null,
);
const signed = or<ReadyTemplate, ReadyTemplate>(template(['body', 'timestamp', 'url']), ONLY_BODY);
const kind = { kind: oneOf };

type Of<Kind extends ReadySignature['kind']> = Extract<ReadySignature, { kind: Kind }>;

const kinds: Readonly<Record<string, DocumentShape<ReadySignature>>> = {
  token: members<Of<'token'>>({ kind: kind.kind('token'), at: path, prefix, ...scope }),
  basic: members<Of<'basic'>>({ kind: kind.kind('basic'), ...scope }),
  hmac: members<Of<'hmac'>>({
    kind: kind.kind('hmac'),
    hash,
    encoding,
    at: path,
    prefix,
    of: signed,
    secretIs: or(oneOf('text', 'hex', 'base64'), 'text'),
    timestamp,
    ...scope,
  }),
  twilio: members<Of<'twilio'>>({ kind: kind.kind('twilio'), at: or(path, TWILIO_HEADER), ...scope }),
  hash: members<Of<'hash'>>({
    kind: kind.kind('hash'),
    hash: oneOf('sha256', 'sha1', 'sha384', 'sha512', 'md5'),
    encoding,
    at: path,
    of: template(['body', 'timestamp', 'url', 'secret']),
    timestamp,
    ...scope,
  }),
  publicKey: members<Of<'publicKey'>>({
    kind: kind.kind('publicKey'),
    algorithm: oneOf('ed25519', 'rsa-sha256'),
    encoding,
    at: path,
    of: signed,
    timestamp,
    ...scope,
  }),
};

const anySignature = tagged<ReadySignature>('kind', kinds, STAND_IN);

/** By what a message is known to be the PBX's. */
export const signature: DocumentShape<ReadySignature> = (value, at) => {
  const read = anySignature(value, at);
  if (read.kind !== 'hash') return read;
  const used = read.of.flatMap((part) => (part.kind === 'secret' ? [part.name] : []));
  if (used.length === 0)
    note(under(at, 'of'), 'No secret is a part of this, so that anybody could write it.');
  for (const name of used) {
    if (!read.secrets.includes(name))
      note(under(at, 'of'), `${quoted(name)} is not among the secrets of this rule.`);
  }
  return read;
};

const handshake = members<ReadyHandshake>({
  name: text({ max: 100 }),
  when: conditions,
  hmac: or(
    members<NonNullable<ReadyHandshake['hmac']>>({
      hash,
      encoding,
      of: path,
      secret: or(secretName, 'secret'),
    }),
    null,
  ),
  reply: reply(['hmac', 'url'], { min: 200, max: 299 }),
});

export const handshakes = or<readonly ReadyHandshake[], readonly ReadyHandshake[]>(
  listOf(
    (value, at) => {
      const read = handshake(value, at);
      if (read.when.length === 0)
        note(under(at, 'when'), 'Without a condition it would answer every message, and none would be kept.');
      return read;
    },
    { max: 5 },
  ),
  [],
);
