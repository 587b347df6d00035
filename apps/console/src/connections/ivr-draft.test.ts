import { describe, expect, it } from 'vitest';
import { ivrBodyOf, ivrDraftOf } from './ivr-draft';

const draft = ivrDraftOf(undefined);

describe('a route of a call menu', () => {
  it('leads to a menu kept here, or to a server with its headers', () => {
    expect(ivrBodyOf({ ...draft, flowId: 'f1' })).toEqual({
      source: 'flow',
      flowId: 'f1',
      defaultAnswer: null,
    });
    const server = { ...draft, source: 'url', url: 'https://ivr', headers: 'X-Key: a:b\n\n' } as const;
    expect(ivrBodyOf(server)).toMatchObject({ url: 'https://ivr', headers: { 'X-Key': 'a:b' } });
  });

  it('leaves headers out where none are typed, so that those that are set stay', () => {
    expect(ivrBodyOf({ ...draft, source: 'url', url: 'https://ivr' })).not.toHaveProperty('headers');
  });

  it('is not kept with an answer that is no object', () => {
    expect(ivrBodyOf({ ...draft, defaultAnswer: '[1]' })).toBeNull();
    expect(ivrBodyOf({ ...draft, defaultAnswer: '{"a":1}' })).toMatchObject({ defaultAnswer: { a: 1 } });
  });
});
