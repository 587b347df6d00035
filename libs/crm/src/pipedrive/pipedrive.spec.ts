import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import type { FakeAnswer } from '../conformance/fake-crm.fixture.js';
import { pipedrive, refused, type FakePipedrive } from './pipedrive.fixture.js';

const E164 = '+972545551234';

function bench(settings: Record<string, unknown> = {}, logging: Record<string, unknown> = {}) {
  const at = new BenchOfCrm({ ...pipedrive, settings }, logging);
  return { at, fake: at.fake as FakePipedrive };
}

describe('Pipedrive', () => {
  it('says whose account it is, and that call logs need a scope of their own', async () => {
    const { at, fake } = bench();
    expect(await at.crm.probe(at.io)).toEqual({ account: 'Dana Levi, Acme', lacks: [] });
    fake.mayLog = false;
    expect((await at.crm.probe(at.io)).lacks).toEqual([expect.stringContaining('phone-integration')]);
  });

  it('logs a call with its times in UTC, its numbers and an outcome of Pipedrive’s', async () => {
    const { at, fake } = bench({}, { owners: { '101': '77' } });
    await at.tell(callForCrm({ result: 'voicemail', talkSeconds: 0 }));
    expect(fake.tables.of('activities')[0]?.['call']).toMatchObject({
      outcome: 'left_voicemail',
      from_phone_number: E164,
      to_phone_number: '+972722776772',
      start_time: '2026-11-21 09:28:52',
      end_time: '2026-11-21 09:30:00',
      duration: '0',
      user_id: 77,
    });
  });

  it('logs a call although nobody knows which number was called', async () => {
    const { at, fake } = bench();
    await at.tell(callForCrm({ did: null, extension: null }));
    expect(fake.logs()).toHaveLength(1);
    expect(fake.complaints).toEqual([]);
  });

  it('cannot put a call log that has no activity on another person, and says so for good', async () => {
    const { at } = bench();
    const put = at.crm.linkLog?.({ id: '5', type: 'call log' }, null, at.io);
    await expect(put).rejects.toMatchObject({ kind: 'refused', more: { outcome: { final: true } } });
    expect(at.asked).toEqual([]);
  });

  it('asks when persons were changed where several have the number', async () => {
    const { at, fake } = bench({ companyDomain: 'acme' });
    fake.addContact({ name: 'Old', phones: ['054-555-1234'], updatedAt: 1_000 });
    const id = fake.addContact({ name: 'New', phones: [E164], updatedAt: 3_000 });
    fake.addContact({ name: 'Older', phones: ['0545551234'], updatedAt: 2_000 });
    await at.tell(callForCrm());
    expect(fake.logs()).toMatchObject([{ contactId: id }]);
    const [, found] = await at.crm.findContacts(E164, at.io);
    expect(found).toMatchObject({ url: `https://acme.pipedrive.com/person/${id}`, updatedAt: 3_000 });
  });

  it('does not take the task to call back for the call’s log', async () => {
    const { at, fake } = bench({}, { taskOnMissed: true });
    const missed = callForCrm({ result: 'missed', talkSeconds: null, answeredAt: null });
    at.mishap = ({ makes }) => (makes === true ? 'lost answer' : undefined);
    await expect(at.tell(missed)).rejects.toMatchObject({ kind: 'unreachable' });
    at.mishap = () => undefined;
    await at.tell(missed, { type: 'call.missed', sequence: 3 });
    expect(fake.tasks()).toHaveLength(1);
    await at.tellUntilDone(missed);
    expect([...at.kept.logs.values()].map(({ record }) => record?.id)).toEqual(
      fake.logs().map(({ id }) => id),
    );
    expect(fake.complaints).toEqual([]);
  });

  it('writes nothing that is markup into a note', async () => {
    const { at, fake } = bench({}, { body: 'a <b> & "c"\n{{ direction }}' });
    await at.tell(callForCrm());
    expect(fake.logs()[0]?.text).toContain('a &lt;b&gt; &amp; &quot;c&quot;<br>inbound');
  });

  it('keeps a number that is refused in the name', async () => {
    const { at, fake } = bench({}, { createContacts: 'answered', contactName: 'Caller' });
    at.mishap = ({ path, json }) =>
      path.endsWith('/persons') && JSON.stringify(json).includes('phones')
        ? refused(400, 'Phone is not valid')
        : undefined;
    await at.tell(callForCrm());
    expect(fake.contacts()).toMatchObject([{ name: `Caller (${E164})`, phones: [] }]);
  });

  it.each<[string, FakeAnswer, Record<string, unknown>]>([
    [
      'a limit that tells in its own header when it is over',
      { status: 429, headers: { 'x-ratelimit-reset': '2' } },
      { kind: 'throttled', more: { outcome: { waitMs: 2_000 } } },
    ],
    ['a scope that is missing', refused(403, 'Scope and URL mismatch'), { kind: 'unauthorised' }],
    ['a user who may not log for others', refused(403, 'Forbidden'), { kind: 'refused' }],
  ])('%s is told apart', async (_what, answer, expected) => {
    const { at } = bench();
    at.mishap = ({ makes }) => (makes === true ? answer : undefined);
    await expect(at.tell(callForCrm())).rejects.toMatchObject(expected);
  });
});
