import { mappingOf } from './mapping-of.js';
import { mappingProblems } from './mapping-problems.js';
import { SHIPPED_MAPPINGS } from './mappings/shipped-mappings.js';

const mapping = (at: string, of?: string) => ({
  title: 'T',
  guide: [],
  routes: [{ name: 'event', what: 'x' }],
  signature: {
    kind: 'hmac',
    hash: 'sha256',
    encoding: 'hex',
    at: '@header.x-sign',
    timestamp: { at },
    ...(of !== undefined && { of }),
  },
  shapes: [{ name: 'any', phase: 'ended', call: 'id' }],
});
const UNSIGNED = [
  {
    path: 'signature.timestamp',
    message:
      'This time is not signed, so that a message could be sent again with another: put {{ timestamp }} into `of`.',
  },
];

it.each([
  ['@header.x-time', undefined, UNSIGNED],
  ['@header.x-time', '{{ @header.x-other }}{{ body }}', UNSIGNED],
  ['@query.time', '{{ body }}', UNSIGNED],
  ['@header.x-time', '{{ timestamp }}.{{ body }}', []],
  ['@header.x-time', '{{ @header.x-time }}.{{ body }}', []],
  ['@query.time', '{{ url }}{{ body }}', []],
  ['sent.at', undefined, []],
  ['^.sent', undefined, []],
  ['@form.time', undefined, []],
])('the time of a signature has to be signed: %s over %s', (at, of, problems) => {
  expect(mappingProblems(mapping(at, of))).toEqual(problems);
  // One that is kept already goes on as before.
  expect(mappingOf({ mapping: mapping(at, of) }).ok).toBe(true);
});

it('is right of every mapping that is shipped', () => {
  for (const name of Object.keys(SHIPPED_MAPPINGS)) expect(mappingProblems(name)).toEqual([]);
  expect(mappingProblems('gone')).toMatchObject([{ path: '' }]);
});
