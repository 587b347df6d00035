import { describe, expect, it } from 'vitest';
import type { ConnectorDto, ConnectorSettingDto, PolicyMemberDto } from '../api/operations';
import { accessOf, emptyAccess, howOf, missingIn, signInsOf } from './access-of';
import { mappingRows } from './mapping-rows';
import { inOrder, moved } from './moved';
import { policyDraft, policyOf } from './policy-of';
import { draftOf, missingSettings, objectIn, settingsOf } from './settings-of';
import { own } from './texts';

const signIn = {
  authoriseUrl: 'https://crm.example/authorise',
  tokenUrl: 'https://crm.example/token',
  scope: 'calls',
} as ConnectorDto['signIn'];
const credentials: ConnectorDto['credentials'] = [
  { kind: 'oauth2', how: 'An app.' },
  { kind: 'header', how: 'X-Api-Key: the key of an API user.' },
];

describe('how a CRM is signed in to', () => {
  it('is offered as the connector says, its page first where it has one', () => {
    expect(signInsOf({ credentials, signIn })).toEqual(['oauth2_code', 'oauth2', 'header']);
    expect(signInsOf({ credentials, signIn: null })).toEqual(['oauth2', 'oauth2_code', 'header']);
    expect(howOf({ credentials, signIn }, 'oauth2_code')).toBe('An app.');
  });

  it('knows the header from the words about it', () => {
    const draft = { ...emptyAccess({ credentials, signIn }), kind: 'header' as const, key: 'k' };
    expect(accessOf(draft)).toEqual({ auth: { kind: 'none' }, headers: { 'X-Api-Key': 'k' } });
  });

  it('wants addresses only where the connector has none', () => {
    const draft = { ...emptyAccess({ credentials, signIn }), clientId: 'c', clientSecret: 's' };
    expect(missingIn(draft, { credentials, signIn })).toEqual([]);
    expect(missingIn(draft, { credentials, signIn: null })).toEqual(['authoriseUrl', 'tokenUrl']);
    expect(accessOf(draft)).toEqual({ auth: { kind: 'oauth2_code', clientId: 'c', clientSecret: 's' } });
  });
});

describe('settings of a connector', () => {
  const setting = (name: string, more: Partial<ConnectorSettingDto> = {}): ConnectorSettingDto => ({
    ...{ name, kind: 'text', about: '', required: false, values: null, byDefault: null },
    ...more,
  });
  const settings = [
    setting('board', { required: true }),
    setting('phones', { kind: 'texts' }),
    setting('user', { kind: 'count', byDefault: 0 }),
  ];

  it('are as they were after they went through a form', () => {
    const kept = { board: '7', phones: ['a', 'b'], user: 4 };
    expect(settingsOf(settings, draftOf(settings, kept))).toEqual(kept);
  });

  it('say which are needed, and leave out what is empty', () => {
    const draft = draftOf(settings, {});
    expect(missingSettings(settings, draft)).toEqual(['board']);
    expect(settingsOf(settings, draft)).toEqual({ user: 0 });
  });

  it('of the generic one are an object in JSON or nothing', () => {
    expect([objectIn(''), objectIn('{"a":1}'), objectIn('[1]'), objectIn('{')]).toEqual([
      {},
      { a: 1 },
      undefined,
      undefined,
    ]);
  });
});

describe('a policy', () => {
  const member = (name: string, more: Partial<PolicyMemberDto>): PolicyMemberDto => ({
    ...{ name, kind: 'choice', about: '', values: null, min: null, max: null, byDefault: '' },
    ...more,
  });
  const members = [
    member('choose', { values: ['updated_last', 'ask'], byDefault: 'updated_last' }),
    member('missed', { kind: 'flag', byDefault: true }),
    member('waitMinutes', { kind: 'count', byDefault: 10 }),
    member('exceptNumbers', { kind: 'numbers', byDefault: [] }),
    member('outcomes', { kind: 'words', values: ['Held'], byDefault: {} }),
    member('owners', { kind: 'words', byDefault: {} }),
  ];

  it('keeps nothing of what is as usual, so that it follows what is usual', () => {
    expect(policyOf(members, policyDraft(members, {}))).toEqual({});
  });

  it('is as it was after it went through a form', () => {
    const kept = {
      choose: 'ask',
      missed: false,
      waitMinutes: 5,
      exceptNumbers: ['+9723*'],
      outcomes: { answered: 'Held' },
      owners: { 'dana@example.com': '4711' },
    };
    expect(policyOf(members, policyDraft(members, kept))).toEqual(kept);
  });

  it('has words for the same things in both languages', () => {
    for (const part of ['members', 'hints'] as const) {
      expect(Object.keys(own.he.policy[part])).toEqual(Object.keys(own.en.policy[part]));
    }
    for (const [name, choices] of Object.entries(own.en.policy.choices)) {
      expect(Object.keys(own.he.policy.choices[name] ?? {})).toEqual(Object.keys(choices));
    }
  });
});

describe('what is written where', () => {
  it('is a row for each member of the request that logs a call', () => {
    const json = { title: '{{ call.subject }}', person: { $number: '{{ contact.id }}' }, tags: ['call'] };
    expect(mappingRows({ log: { request: { json } } })).toEqual([
      { field: 'title', from: '{{ call.subject }}' },
      { field: 'person', from: '{{ contact.id }}' },
      { field: 'tags[0]', from: 'call' },
    ]);
    expect(mappingRows({})).toEqual([]);
  });
});

describe('the order of sources', () => {
  it('is that of the policy, then as they came', () => {
    const sources = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
    expect(inOrder(sources, ['c']).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });

  it('is changed a place at a time, and not beyond its ends', () => {
    expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 'a', -1)).toEqual(['a', 'b']);
  });
});
