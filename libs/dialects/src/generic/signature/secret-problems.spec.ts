import type { Mapping } from '../mapping.js';
import { readMapping } from '../read-mapping.js';
import { secretProblems } from './secret-problems.js';

function problemsOf(secretIs: 'text' | 'hex' | 'base64', secret: string): unknown {
  const signature = { kind: 'hmac', hash: 'sha256', encoding: 'hex', at: '@header.x', secretIs } as const;
  const document: Mapping = {
    title: 'T',
    guide: [],
    routes: [{ name: 'event', what: 'x' }],
    signature,
    shapes: [{ name: 'any', call: 'id', phase: 'ended' }],
  };
  const reading = readMapping(document);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return secretProblems(reading.mapping, { secret: [secret] }).map(({ message }) => message);
}

const KEY = Buffer.from('a key of bytes');
const NO_HEX = ['This is not 8 bytes or more in hexadecimal digits, as the mapping says of it.'];
const NO_BASE64 = ['This is not 8 bytes or more in base64, as the mapping says of it.'];

it.each([
  ['text', 'x', []],
  ['hex', KEY.toString('hex'), []],
  ['hex', 'whsec_0123456789abcdef', NO_HEX],
  ['hex', '0123456789abcde', NO_HEX],
  ['hex', 'abcd', NO_HEX],
  ['base64', KEY.toString('base64'), []],
  ['base64', KEY.toString('base64url'), []],
  ['base64', 'whsec:MfKQ9r8GKYqrTwjU', NO_BASE64],
  ['base64', 'MfKQ', NO_BASE64],
] as const)('a secret is written as the mapping says of it (%s, %s)', (secretIs, secret, problems) => {
  expect(problemsOf(secretIs, secret)).toEqual(problems);
});
