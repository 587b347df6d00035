import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant, type EnrichedCall } from '#domain';
import { callForCrm, type CallTraits } from '../conformance/bench-of-crm.fixture.js';
import { entryOf, newContactName, ownerOf, taskOf } from './entry-of.js';
import { readLoggingPolicy, type LoggingPolicy } from './logging-policy.js';

const OCCURRED = instant(Date.UTC(2026, 10, 21, 9, 30));
const LIMITS = { subject: 200, body: 2_000 };
const MARKER = '[sw:019a9e5c-7a00-7000-8000-000000000000]';

function policyOf(given: Record<string, unknown> = {}): LoggingPolicy {
  const { policy, problems } = readLoggingPolicy(given, { update: 'patch' });
  expect(problems).toEqual([]);
  return policy;
}

function entry(given: Record<string, unknown> = {}, traits: CallTraits = {}, limits = LIMITS) {
  const parts = { policy: policyOf(given), limits, contact: null, occurredAt: OCCURRED };
  return entryOf(callForCrm(traits), parts);
}

/** A template that says one text, whatever stands in it. */
function saying(text: string): EnrichedCall['customData'] {
  return { text };
}

describe('entryOf', () => {
  it('keeps within the limits, with the marker whole and last and no character cut in two', () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 });
    const most = fc.record({
      subject: fc.integer({ min: 1, max: 300 }),
      body: fc.integer({ min: 60, max: 300 }),
    });
    const template = { subject: '{{ customData.text }}', body: '{{ customData.text }}' };
    fc.assert(
      fc.property(text, most, (words, limits) => {
        const { subject, body } = entry(template, { customData: saying(words) }, limits);
        expect(subject.length).toBeLessThanOrEqual(limits.subject);
        expect(body.length).toBeLessThanOrEqual(limits.body);
        expect(body.endsWith(`\n${MARKER}`)).toBe(true);
        expect(/\p{Surrogate}/u.test(subject + body)).toBe(false);
      }),
    );
  });

  it('leaves texts alone that fit, and says where it cut those that do not', () => {
    expect(entry({ body: 'x'.repeat(40) }).body).toBe(`${'x'.repeat(40)}\n${MARKER}`);
    const room = 60 - MARKER.length - 1;
    expect(entry({ body: 'x'.repeat(room) }, {}, { subject: 9, body: 60 }).body).toHaveLength(60);
    const cut = entry(
      { body: 'x'.repeat(room + 1), subject: 'ab  c\n' + 'd'.repeat(9) },
      {},
      { subject: 9, body: 60 },
    );
    expect(cut.body).toBe(`${'x'.repeat(room - 1)}…\n${MARKER}`);
    expect(cut.subject).toBe('ab c dddd'.slice(0, 8) + '…');
  });

  it('cuts in front of an emoji that would be halved', () => {
    expect(entry({ subject: 'abc😀defgh' }, {}, { subject: 5, body: 100 }).subject).toBe('abc…');
    expect(entry({ subject: 'abc😀defgh' }, {}, { subject: 6, body: 100 }).subject).toBe('abc😀…');
  });

  it('says it in Hebrew', () => {
    const { subject, body } = entry({ language: 'he' }, { direction: 'outbound', to: callForCrm().from });
    expect(subject).toBe('שיחה יוצאת אל +972545551234: נענתה');
    expect(body).toContain('נציג: Dana Levi');
    expect(body).toContain('משך השיחה: 1:00');
  });

  it('puts the link to the recording in front of notes and summaries, which are what is cut', () => {
    const recordings = [{ url: 'https://hook.example/r/1', vendorUrl: null }];
    const notes = [{ text: 'n'.repeat(900), outcome: null }];
    const { body, recordingUrl } = entry({}, { recordings, notes } as CallTraits, {
      subject: 200,
      body: 400,
    });
    expect(body).toContain('https://hook.example/r/1');
    expect(recordingUrl).toBe('https://hook.example/r/1');
  });

  it('reckons the start of a call without times of its own from what it lasted', () => {
    const times = { startedAt: null, answeredAt: null, endedAt: null } as unknown as CallTraits;
    const { startedAt, endedAt } = entry({}, { ...times, ringSeconds: 8, queueSeconds: 5, talkSeconds: 60 });
    expect([startedAt, endedAt]).toEqual([OCCURRED - 73_000, OCCURRED]);
  });

  it('is about the number outside, or about nobody where that was withheld', () => {
    expect(entry()).toMatchObject({ number: '+972545551234', e164: '+972545551234', direction: 'inbound' });
    const nobody = { ...callForCrm().from, e164: null, original: '' };
    const withheld = entry({}, { from: nobody, result: 'missed' });
    expect(withheld).toMatchObject({ number: null, e164: null, missed: true });
    expect(withheld.subject).toBe('Incoming call from withheld number: missed');
  });

  it('uses the words of the CRM that the tenant chose for a result', () => {
    const given = { outcomes: { answered: 'Spoke' }, activityType: 'Phone' };
    expect(entry(given)).toMatchObject({ outcome: 'Spoke', activityType: 'Phone' });
    expect(entry(given, { result: 'busy' }).outcome).toBeNull();
  });
});

describe('ownerOf', () => {
  const agent = { id: 'i', code: 'c', name: 'n', email: 'e@x.example' } as EnrichedCall['agent'];
  const owned = { ownerId: 'of contact' };
  const owner = (owners: Record<string, string>, more: { of?: typeof owned | null; by?: string } = {}) =>
    ownerOf({ agent, extension: '101' }, { owners, defaultOwner: more.by ?? '' }, more.of ?? null);

  it("is the mapped agent, by e-mail, id, code or extension, in that order, and not the contact's owner", () => {
    const all = { 'e@x.example': '1', i: '2', c: '3', '101': '4' };
    const names = Object.keys({ 'e@x.example': 0, i: 0, c: 0 });
    expect(owner(all, { of: owned })).toBe('1');
    const left: Record<string, string> = { ...all };
    const found = names.map((name) => {
      Reflect.deleteProperty(left, name);
      return owner(left, { of: owned });
    });
    expect(found).toEqual(['2', '3', '4']);
  });

  it("is the contact's owner, else the default, else nobody", () => {
    expect(owner({}, { of: owned, by: 'default' })).toBe('of contact');
    expect(owner({}, { by: 'default' })).toBe('default');
    expect(owner({})).toBeNull();
  });

  it('takes no word of the language for an agent', () => {
    expect(
      ownerOf({ agent: null, extension: 'constructor' }, { owners: {}, defaultOwner: '' }, null),
    ).toBeNull();
  });
});

it('names a contact that is made by the template, else by the number', () => {
  expect(newContactName(callForCrm(), policyOf())).toBe('+972545551234');
  expect(newContactName(callForCrm(), policyOf({ contactName: 'Caller {{ from.e164 }}' }))).toBe(
    'Caller +972545551234',
  );
  expect(newContactName(callForCrm(), policyOf({ contactName: '{{ queue.name }}' }))).toBe('+972545551234');
});

it('makes a task that is due when the tenant says, of whoever spoke last with the caller', () => {
  const missed = entry({}, { result: 'missed' });
  const policy = policyOf({ taskDueMinutes: 30, language: 'he' });
  const task = taskOf(missed, policy, 'last');
  expect(task).toMatchObject({ subject: 'לחזור אל: +972545551234', ownerId: 'last' });
  expect(task.dueAt).toBe(missed.endedAt + 30 * 60_000);
  expect(task.body).toContain(MARKER);
  expect(taskOf({ ...missed, ownerId: 'its own' }, policy, null).ownerId).toBe('its own');
});
