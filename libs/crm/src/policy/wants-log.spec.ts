import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm, type CallTraits } from '../conformance/bench-of-crm.fixture.js';
import { CASES } from '../conformance/cases.fixture.js';
import { readLoggingPolicy } from './logging-policy.js';
import { mayCreateContact, outsideOf, partyOutside, whyNotLogged } from './wants-log.js';

function policyOf(given: Record<string, unknown>) {
  const { policy, problems } = readLoggingPolicy(given, { update: 'patch' });
  expect(problems).toEqual([]);
  return policy;
}

const why = (given: Record<string, unknown>, traits: CallTraits = {}) =>
  whyNotLogged(callForCrm(traits), policyOf(given));

describe('whyNotLogged', () => {
  it('wants every call with a number by default, answered or not', () => {
    for (const result of ['answered', 'missed', 'abandoned', 'voicemail', 'busy', 'ivr_only'] as const) {
      expect([result, why({}, { result })]).toEqual([result, null]);
    }
  });

  it('never wants calls among colleagues', () => {
    expect(why({}, { direction: 'internal' })).toBe('a call among colleagues');
  });

  it('wants one direction where the tenant says so', () => {
    expect(why({ directions: 'outbound' })).toBe('inbound calls are not wanted');
    expect(why({ directions: 'inbound' })).toBeNull();
    expect(why({ directions: 'outbound' }, { direction: 'outbound' })).toBeNull();
  });

  it('does not want calls of which the number was withheld', () => {
    const nobody = { ...callForCrm().from, e164: null, original: '' };
    expect(why({}, { from: nobody })).toBe('there is no number');
  });

  it('leaves out the numbers that are listed, whole ones and beginnings', () => {
    expect(why({ exceptNumbers: ['+972545551234'] })).toContain('(+972545551234)');
    expect(why({ exceptNumbers: ['+97254*'] })).toContain('(+97254*)');
    expect(why({ exceptNumbers: ['+97254', '+97255*'] })).toBeNull();
    const short = { ...callForCrm().from, e164: null, original: '1234' };
    expect(why({ exceptNumbers: ['+97254*'] }, { from: short })).toBeNull();
  });

  it('looks at the number outside, which of a call out is the one that was called', () => {
    const call = callForCrm({ direction: 'outbound' });
    expect(outsideOf(call)).toBe(call.to);
    expect(why({ exceptNumbers: ['+972545551234'] }, { direction: 'outbound' })).toBeNull();
  });

  it('leaves out answered ones, or those that nobody answered, where the tenant says so', () => {
    expect(why({ answered: false })).toBe('answered calls are not wanted');
    expect(why({ missed: false }, { result: 'missed' })).toBe('calls without an answer are not wanted');
    expect(why({ missed: false }, { result: 'ivr_only' })).toBe('the caller spoke with nobody');
    expect(why({ answered: false }, { result: 'missed' })).toBeNull();
  });

  it('leaves out short talks, and does not mean missed calls by that', () => {
    expect(why({ shortestTalk: 61 })).toBe('it took 60 s, and calls of less than 61 s are not wanted');
    expect(why({ shortestTalk: 60 })).toBeNull();
    expect(why({ shortestTalk: 60 }, { result: 'missed', talkSeconds: null })).toBeNull();
  });
});

it('makes contacts for those whom the tenant wants to have in the CRM', () => {
  const may = (createContacts: string, result: 'answered' | 'missed') =>
    mayCreateContact(callForCrm({ result }), policyOf({ createContacts }));
  expect([may('never', 'answered'), may('never', 'missed')]).toEqual([false, false]);
  expect([may('answered', 'answered'), may('answered', 'missed')]).toEqual([true, false]);
  expect([may('missed_too', 'answered'), may('missed_too', 'missed')]).toEqual([true, true]);
});

describe('a call between phones of the house', () => {
  const match = (reason: 'own_number' | 'extension' | 'nobody') => ({ reason, total: 0, candidates: [] });
  const policy = policyOf({ createContacts: 'missed_too' });

  it('makes no contact for a number of the tenant’s own, or of a colleague', () => {
    const may = (reason: Parameters<typeof match>[0]) =>
      mayCreateContact(callForCrm({ match: match(reason) }), policy);
    expect([may('own_number'), may('extension'), may('nobody')]).toEqual([false, false, true]);
  });

  it('is on nobody, although somebody in the CRM has the number', async () => {
    const whole = CASES.find(({ connector: { name } }) => name === 'espocrm');
    if (whole === undefined) throw new Error('no case is of use here');
    for (const reason of ['own_number', 'extension'] as const) {
      const at = new BenchOfCrm(whole, { createContacts: 'missed_too' });
      at.fake.addContact({ name: 'Our branch', phones: ['+972545551234'] });
      await at.tell(callForCrm({ match: match(reason) }));
      expect(at.fake.logs()).toMatchObject([{ contactId: null }]);
      expect(at.fake.logs()[0]?.text).toContain('+972545551234');
      expect(at.fake.contacts()).toHaveLength(1);
    }
  });

  it('is still left out where its number is listed', () => {
    const call = callForCrm({ match: match('own_number') });
    expect(whyNotLogged(call, policyOf({ exceptNumbers: ['+97254*'] }))).toContain('(+97254*)');
    expect([outsideOf(call).e164, partyOutside(call).e164]).toEqual([null, '+972545551234']);
  });
});
