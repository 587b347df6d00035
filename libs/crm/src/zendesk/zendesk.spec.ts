import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import type { FakeAnswer } from '../conformance/fake-crm.fixture.js';
import { invalid, zendesk, type FakeZendesk } from './zendesk.fixture.js';

const E164 = '+972545551234';
const RECORDING = { url: 'https://hook.example/r/1', vendorUrl: null };

function bench(settings: Record<string, unknown> = {}, logging: Record<string, unknown> = {}) {
  const at = new BenchOfCrm({ ...zendesk, settings }, logging);
  return { at, fake: at.fake as FakeZendesk };
}

describe('Zendesk', () => {
  it('says whose credentials it has, and that an end user’s are not enough', async () => {
    const { at, fake } = bench();
    expect(await at.crm.probe(at.io)).toEqual({ account: 'Dana Levi', lacks: [] });
    fake.role = 'end-user';
    expect((await at.crm.probe(at.io)).lacks).toHaveLength(1);
  });

  it('makes a ticket of the channel phone, from and to whom, with our id and the agent', async () => {
    const { at, fake } = bench({}, { owners: { '101': '77' } });
    await at.tell(callForCrm({ id: 'a', recordings: [RECORDING] }));
    await at.tell(callForCrm({ id: 'b', result: 'voicemail', answeredAt: null, talkSeconds: null }));
    expect(fake.tables.of('tickets')).toMatchObject([
      {
        via_id: 45,
        external_id: 'a',
        assignee_id: 77,
        comments: [
          { public: false },
          {
            data: {
              from: E164,
              to: '+972722776772',
              started_at: '2026-11-21T09:28:52.000Z',
              call_duration: 60,
              recording_url: RECORDING.url,
              answered_by_id: 77,
            },
          },
        ],
      },
      { via_id: 44, external_id: 'b' },
    ]);
    expect(fake.complaints).toEqual([]);
  });

  it('finds who has the number as their second one, with their page', async () => {
    const { at, fake } = bench({ pagesUrl: 'https://acme.zendesk.com/' });
    const id = fake.addContact({ name: 'Noa', phones: ['03-555-0000', '054-555-1234'] });
    await at.tell(callForCrm());
    expect(fake.logs()).toMatchObject([{ contactId: id }]);
    const [found] = await at.crm.findContacts(E164, at.io);
    expect(found?.url).toBe(`https://acme.zendesk.com/agent/users/${id}`);
  });

  it('adds what is new as internal comments, once, whichever answer was lost', async () => {
    const { at, fake } = bench();
    await at.tell(callForCrm());
    const news = callForCrm({ recordings: [RECORDING] });
    const later = { type: 'call.updated', sequence: 3 };
    at.mishap = ({ method }) => (method === 'PUT' ? 'lost answer' : undefined);
    await expect(at.tell(news, later)).rejects.toMatchObject({ kind: 'unreachable' });
    await expect(at.tell(news, later)).rejects.toMatchObject({ kind: 'unreachable' });
    at.mishap = () => undefined;
    await at.tell(news, later);
    const comments = fake.tables.of('tickets')[0]?.['comments'] as { body: string }[];
    expect(comments.map(({ body }) => body).slice(1)).toEqual([
      `Recording: ${RECORDING.url}\n[sw:019a9e5c-7a00-7000-8000-000000000000]`,
      'Call details',
    ]);
  });

  it('has nothing that adds a comment repeated on the way', async () => {
    const { at } = bench();
    await at.tell(callForCrm());
    await at.tell(callForCrm({ recordings: [RECORDING] }), { type: 'call.updated', sequence: 3 });
    const adding = at.asked.filter(({ method }) => method === 'PUT');
    expect(adding.map(({ makes }) => makes)).toEqual([true, true]);
  });

  it('has a player for the recording although the tenant’s own text does not tell of it', async () => {
    const { at, fake } = bench({}, { body: 'A call' });
    await at.tell(callForCrm());
    await at.tell(callForCrm({ recordings: [RECORDING] }), { type: 'call.updated', sequence: 3 });
    expect(fake.logs()).toMatchObject([{ recordingUrl: RECORDING.url }]);
  });

  it('logs a call although its player could not be added', async () => {
    const { at, fake } = bench();
    at.mishap = ({ method }) => (method === 'PUT' ? { status: 500 } : undefined);
    await expect(at.tell(callForCrm({ recordings: [RECORDING] }))).resolves.toMatchObject({ kind: 'done' });
    expect(fake.logs()).toHaveLength(1);
    expect(fake.logs()[0]?.text).toContain(RECORDING.url);
  });

  it('makes a task to call back that is not taken for the call', async () => {
    const { at, fake } = bench({}, { taskOnMissed: true });
    const missed = callForCrm({ result: 'missed', talkSeconds: null, answeredAt: null });
    await at.tell(missed);
    await at.tell(missed, { type: 'call.missed', sequence: 3 });
    expect(fake.tasks()).toMatchObject([{ subject: `Call back: ${E164}` }]);
    expect(fake.logs()).toHaveLength(1);
    expect(fake.complaints).toEqual([]);
  });

  it('makes the user without their number when it is refused', async () => {
    const { at, fake } = bench({}, { createContacts: 'answered' });
    at.mishap = ({ path, json }) =>
      path.endsWith('/users') && JSON.stringify(json).includes('"phone"')
        ? invalid('phone', 'InvalidValue')
        : undefined;
    await at.tell(callForCrm());
    expect(fake.tables.of('users')).toMatchObject([{ notes: E164 }]);
  });

  it.each<[string, FakeAnswer, string]>([
    ['a number that another user has', invalid('phone', 'DuplicateValue'), 'duplicate'],
    ['a ticket that is closed', invalid('status', 'ClosedPreventsUpdate'), 'refused'],
    [
      'a scope that is missing',
      { status: 403, body: { error: 'forbidden', description: 'x' } },
      'unauthorised',
    ],
  ])('%s is told apart', async (_what, answer, kind) => {
    const { at } = bench();
    at.mishap = ({ makes }) => (makes === true ? answer : undefined);
    await expect(at.tell(callForCrm())).rejects.toMatchObject({ kind });
  });
});
