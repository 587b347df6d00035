import { describe, expect, it } from '@jest/globals';
import { instant, readParty } from '#domain';
import { BenchOfCrm, callForCrm, type CallTraits } from '../conformance/bench-of-crm.fixture.js';
import { CASES } from '../conformance/cases.fixture.js';
import type { CrmCase } from '../conformance/fake-crm.fixture.js';
import { CrmFault } from '../talk/crm-io.js';

const E164 = '+972545551234';
const RECORDINGS = [{ url: 'https://hook.example/r/1', vendorUrl: null }];
const MISSED: CallTraits = { result: 'missed', talkSeconds: null, answeredAt: null, agent: null };

function caseOf(name: string): CrmCase {
  const found = CASES.find(({ connector }) => connector.name === name);
  if (found === undefined) throw new Error(`There is no case of ${name}.`);
  return found;
}

const bench = (logging: Record<string, unknown> = {}, name = 'espocrm') =>
  new BenchOfCrm(caseOf(name), logging);
const made = (at: BenchOfCrm, path: string) =>
  at.asked.filter((one) => one.makes === true && one.path.endsWith(path));

describe('logCall', () => {
  it('passes over what is not over yet, what is not wanted, and what says nothing to a CRM', async () => {
    const at = bench({ directions: 'outbound' });
    const words = async (traits: CallTraits, type?: string) => {
      const logged = await at.tell(callForCrm(traits), { ...(type !== undefined && { type }) });
      return logged.kind === 'nothing' ? logged.reason : logged.kind;
    };
    await expect(words({}, 'call.ringing')).resolves.toBe('call.ringing changes nothing in a CRM');
    await expect(words({})).resolves.toBe('inbound calls are not wanted');
    await expect(words({ direction: 'outbound', state: 'answered' })).resolves.toBe('the call is not over');
    expect(at.asked).toEqual([]);
  });

  it('asks nothing of the CRM for an event that is older than what it wrote', async () => {
    const at = bench();
    await at.tell(callForCrm(), { sequence: 5 });
    const before = at.asked.length;
    const late = await at.tell(callForCrm({ recordings: RECORDINGS }), { type: 'call.updated', sequence: 4 });
    expect(late).toEqual({ kind: 'nothing', reason: 'the CRM has newer news of the call' });
    expect(at.asked).toHaveLength(before);
  });
});

describe('logCall in the mode once', () => {
  it('waits for the recording, looks now and then, and writes once with it', async () => {
    const at = bench({ mode: 'once', waitMinutes: 10 });
    const early = await at.tell(callForCrm());
    expect(early).toEqual({ kind: 'later', waitMs: 15_000, reason: 'it waits for its recording' });
    expect(at.asked).toEqual([]);
    await at.tell(callForCrm({ recordings: RECORDINGS }));
    expect(at.fake.logs()).toHaveLength(1);
    expect(at.fake.logs()[0]?.text).toContain('https://hook.example/r/1');
  });

  it('waits no longer than the tenant wants, and changes nothing afterwards', async () => {
    const at = bench({ mode: 'once', waitMinutes: 2 });
    const begun = at.now;
    await at.tellUntilDone(callForCrm());
    expect(at.now - begun).toBeLessThanOrEqual(2 * 60_000);
    const before = at.asked.length;
    const late = await at.tell(callForCrm({ recordings: RECORDINGS }), { type: 'call.updated', sequence: 3 });
    expect(late).toEqual({ kind: 'nothing', reason: 'what is logged is not changed' });
    expect(at.asked).toHaveLength(before);
    expect(at.fake.logs()).toHaveLength(1);
  });

  it('does not wait for a recording of what nobody answered', async () => {
    const at = bench({ mode: 'once' });
    await expect(at.tell(callForCrm(MISSED))).resolves.toMatchObject({ kind: 'done' });
  });

  it('waits for exactly what is left of its time', async () => {
    const at = bench({ mode: 'once', waitMinutes: 10 });
    at.now = instant(at.now + 10 * 60_000 - 37_000);
    await expect(at.tell(callForCrm())).resolves.toMatchObject({ kind: 'later', waitMs: 5_000 });
  });
});

describe('logCall with several contacts of one number', () => {
  const two = (logging: Record<string, unknown>) => {
    const at = bench(logging);
    const ids = [
      at.fake.addContact({ name: 'A', phones: [E164] }),
      at.fake.addContact({ name: 'B', phones: [E164] }),
    ];
    return { at, ids };
  };

  it('leaves the choice to people where the tenant wants that, and names whom they may choose', async () => {
    const { at, ids } = two({ choose: 'ask' });
    const logged = await at.tell(callForCrm());
    expect(at.fake.logs()).toMatchObject([{ contactId: null }]);
    expect([...at.kept.candidates.values()].flat().map(({ id }) => id)).toEqual(ids);
    expect(logged).toMatchObject({
      kind: 'done',
      words: expect.stringContaining('2 contacts have the number'),
    });
    expect(at.kept.contacts.size).toBe(0);
  });

  it('takes the one of the two that the policy means', async () => {
    for (const [choose, index] of [
      ['created_first', 0],
      ['updated_last', 1],
    ] as const) {
      const { at, ids } = two({ choose });
      await at.tell(callForCrm());
      expect([choose, at.fake.logs()[0]?.contactId]).toEqual([choose, ids[index]]);
    }
  });

  it('makes nobody, although the policy would for a number that nobody has', async () => {
    const { at } = two({ choose: 'ask', createContacts: 'missed_too' });
    await at.tell(callForCrm());
    expect(at.fake.contacts()).toHaveLength(2);
  });
});

describe('logCall of somebody whom the CRM takes for somebody else', () => {
  const caller = (number: string, id: string) => callForCrm({ from: readParty(number, 'IL'), id });
  const onWhom = (at: BenchOfCrm) => at.fake.logs().map(({ contactId }) => contactId);

  it('makes two contacts of one name, for we looked for the number before', async () => {
    const at = bench({ createContacts: 'missed_too', contactName: 'New caller' });
    await at.tell(caller('0545551234', 'a'));
    await at.tell(caller('0545551235', 'b'));
    const phones = at.fake.contacts().map((contact) => contact.phones);
    expect(phones).toEqual([['+972545551234'], ['+972545551235']]);
    expect(new Set(onWhom(at)).size).toBe(2);
  });

  it('logs the call on nobody, and takes nobody for the caller who has another number', async () => {
    for (const name of ['espocrm', 'hubspot']) {
      const at = bench({ createContacts: 'missed_too' }, name);
      const id = at.fake.addContact({ name: 'Noa', phones: ['+972545559999'] });
      const context = { id: [id] };
      at.mishap = ({ makes, path }) =>
        makes === true && /contacts?$/i.test(path)
          ? { status: 409, body: name === 'espocrm' ? [{ id }] : { category: 'CONFLICT', context } }
          : undefined;
      const logged = await at.tellUntilDone(callForCrm());
      expect(logged).toMatchObject({ words: expect.stringContaining('for the CRM takes them for somebody') });
      expect(onWhom(at)).toEqual([null]);
      expect(at.kept.contacts.size).toBe(0);
    }
  });

  it('waits where the search may be behind, and takes whoever has the number then', async () => {
    const at = bench({ createContacts: 'missed_too' }, 'hubspot');
    at.fake.lag?.();
    const id = at.fake.addContact({ name: 'Noa', phones: [E164] });
    at.mishap = ({ makes, path }) =>
      makes === true && path.endsWith('/contacts') ? { status: 409, body: {} } : undefined;
    await expect(at.tell(callForCrm())).resolves.toMatchObject({ kind: 'later' });
    at.fake.catchUp?.();
    await at.tellUntilDone(callForCrm());
    expect(onWhom(at)).toEqual([id]);
  });

  it('takes the one who has our key, or of whom the CRM says that the number is theirs', async () => {
    const user_id = 77;
    const ours = { field: 'unique_external_id', code: 'duplicate_value', additional_info: { user_id } };
    const meta = { contactId: '77', matchingField: 'phone' };
    const answers = {
      freshdesk: { status: 409, body: { errors: [ours] } },
      gohighlevel: {
        status: 400,
        body: { message: 'This location does not allow duplicated contacts.', meta },
      },
    };
    for (const [name, answer] of Object.entries(answers)) {
      const at = bench({ createContacts: 'missed_too' }, name);
      let times = 0;
      at.mishap = ({ makes }) => (makes !== true ? undefined : (times += 1) === 1 ? answer : { status: 503 });
      await at.tell(callForCrm()).catch(() => undefined);
      expect([name, at.kept.contacts.get(E164)?.contact]).toMatchObject([name, { id: '77' }]);
    }
  });
});

describe('logCall of later news of a call that is on nobody', () => {
  const later = (at: BenchOfCrm, sequence = 3) => at.tell(callForCrm(), { type: 'call.updated', sequence });

  it('makes nobody, and says nothing where nobody is known still', async () => {
    const at = bench();
    await at.tell(callForCrm());
    at.logging['createContacts'] = 'missed_too';
    await expect(later(at)).resolves.toEqual({ kind: 'nothing', reason: 'there is nothing new' });
    expect(at.fake.contacts()).toEqual([]);
  });

  it('leaves it on nobody where several have the number and people choose, or the contact is gone', async () => {
    const at = bench({ choose: 'ask' });
    await at.tell(callForCrm());
    for (const name of ['A', 'B']) at.fake.addContact({ name, phones: [E164] });
    await later(at);
    const other = bench();
    await other.tell(callForCrm());
    other.fake.addContact({ name: 'A', phones: [E164] });
    other.mishap = ({ method }) => (method === 'PUT' ? { status: 404 } : undefined);
    await expect(later(other)).resolves.toEqual({ kind: 'nothing', reason: 'there is nothing new' });
    for (const { fake } of [at, other]) expect(fake.logs()[0]?.contactId).toBeNull();
  });

  it('asks nothing where records are written once, nor for older news', async () => {
    const at = bench();
    await at.tell(callForCrm(), { sequence: 5 });
    at.fake.addContact({ name: 'A', phones: [E164] });
    const before = at.asked.length;
    await later(at);
    at.logging['mode'] = 'once';
    await later(at, 6);
    expect(at.asked).toHaveLength(before);
  });
});

describe('logCall on a contact of which the CRM says that it is gone', () => {
  const refused = { status: 400, body: { category: 'OBJECT_NOT_FOUND' } };
  const gone = ({ makes, path }: { makes?: boolean; path: string }) =>
    makes === true && path.endsWith('/calls') ? refused : undefined;

  it('remembers the contact where it was something else that is gone', async () => {
    const at = bench({ createContacts: 'missed_too' }, 'hubspot');
    await at.tell(callForCrm({ id: 'a' }));
    at.mishap = gone;
    await expect(at.tell(callForCrm({ id: 'b' }))).rejects.toMatchObject({ kind: 'gone' });
    at.mishap = () => undefined;
    await at.tellUntilDone(callForCrm({ id: 'b' }));
    expect(at.fake.contacts()).toHaveLength(1);
    const [contact] = at.fake.contacts();
    expect(at.fake.logs().map(({ contactId }) => contactId)).toEqual(at.fake.logs().map(() => contact?.id));
  });

  it('makes nobody in the same try, nor as long as the search may not show whom we made', async () => {
    const at = bench({ createContacts: 'missed_too' }, 'hubspot');
    at.searchBehind();
    let times = 0;
    at.mishap = (request) => (gone(request) && (times += 1) === 1 ? refused : undefined);
    await expect(at.tell(callForCrm({ id: 'a' }))).resolves.toMatchObject({
      words: expect.stringContaining('on nobody, for the contact is gone'),
    });
    expect(at.fake.contacts()).toHaveLength(1);
    await at.tellUntilDone(callForCrm({ id: 'b' }), { everyMs: 5_000 });
    expect(at.fake.contacts()).toHaveLength(1);
    expect(at.fake.logs().at(-1)?.contactId).toBe(at.fake.contacts()[0]?.id);
  });

  it('lets a choice of people stand, and the call is on nobody', async () => {
    const at = bench({ createContacts: 'missed_too' }, 'hubspot');
    const contact = { id: '99', type: 'contact', name: 'Noa', url: null, ownerId: null };
    at.kept.choose(E164, contact);
    let times = 0;
    at.mishap = (request) => (gone(request) && (times += 1) === 1 ? refused : undefined);
    await at.tell(callForCrm());
    expect(at.fake.logs().map(({ contactId }) => contactId)).toEqual([null]);
    expect(at.fake.contacts()).toEqual([]);
    expect(at.kept.contacts.get(E164)).toMatchObject({ contact, chosen: true });
  });
});

describe('logCall of a number that has two forms', () => {
  it('remembers the contact that it made, whichever of them calls back while the search is behind', async () => {
    const at = bench({ createContacts: 'missed_too' }, 'hubspot');
    at.searchBehind();
    for (const number of ['+5491123456789', '+541123456789']) {
      await at.tellUntilDone(callForCrm({ id: number, from: readParty(number, 'AR') }), { everyMs: 5_000 });
    }
    expect(at.fake.contacts()).toHaveLength(1);
    expect(at.fake.logs()).toHaveLength(2);
  });
});

describe('logCall of a missed call', () => {
  const tell = (at: BenchOfCrm, sequence = 3) =>
    at.tell(callForCrm(MISSED), { type: 'call.missed', sequence });

  it('makes one task, for the agent who spoke last with the caller', async () => {
    const at = bench({ taskOnMissed: true, owners: { '7': 'u7' } });
    at.kept.lastServed = callForCrm();
    await at.tell(callForCrm(MISSED));
    await expect(tell(at)).resolves.toMatchObject({ kind: 'done' });
    await expect(tell(at, 4)).resolves.toEqual({ kind: 'nothing', reason: 'there is a task' });
    expect(made(at, '/Task')).toMatchObject([{ json: { assignedUserId: 'u7' } }]);
    expect(at.fake.complaints).toEqual([]);
  });

  it('is for the extension that spoke last, else the owner of the contact, else the default', async () => {
    const agent = { id: null, code: '9', name: null, email: null };
    const cases = [
      [{ agent: null, extension: '101' }, 'u101'],
      [{ agent, extension: '102' }, 'owner'],
      [null, 'owner'],
    ] as const;
    for (const [lastServed, owner] of cases) {
      const at = bench({ taskOnMissed: true, owners: { '101': 'u101' }, defaultOwner: 'default' });
      const contact = { id: 'e99', type: 'Contact', name: 'Noa', url: null, ownerId: 'owner' };
      at.kept.choose(E164, contact);
      at.kept.lastServed = lastServed;
      await at.tell(callForCrm({ ...MISSED, extension: null }), { type: 'call.missed', sequence: 3 });
      expect(made(at, '/Task')).toMatchObject([{ json: { assignedUserId: owner } }]);
    }
  });

  it('makes it without the contact where that is gone, and once although an answer was lost', async () => {
    for (const lost of [false, true]) {
      const at = bench({ taskOnMissed: true }, 'dynamics');
      const contact = at.fake.addContact({ name: 'Noa', phones: [E164] });
      await at.tell(callForCrm(MISSED));
      at.fake.removeContact(contact);
      let times = 0;
      at.mishap = ({ makes, path }) =>
        makes === true && path.endsWith('/tasks') && ++times === 2 && lost ? 'lost answer' : undefined;
      await at.tellUntilDone(callForCrm(MISSED), { type: 'call.missed', sequence: 3 });
      expect(at.fake.tasks?.()).toHaveLength(1);
    }
  });

  it('makes it although missed calls are not logged, on whoever has the number', async () => {
    const at = bench({ taskOnMissed: true, missed: false });
    const id = at.fake.addContact({ name: 'Noa', phones: [E164] });
    await expect(at.tell(callForCrm(MISSED))).resolves.toMatchObject({ kind: 'nothing' });
    await expect(tell(at)).resolves.toMatchObject({ kind: 'done' });
    expect(made(at, '/Task')).toMatchObject([{ json: { parentId: id } }]);
    expect(at.fake.logs()).toEqual([]);
  });

  it('makes none for a number that is never logged', async () => {
    const at = bench({ taskOnMissed: true, missed: false, exceptNumbers: ['+972*'] });
    await expect(tell(at)).resolves.toMatchObject({ kind: 'nothing' });
    expect(at.asked).toEqual([]);
  });

  it('makes none where the tenant wants none', async () => {
    const at = bench();
    await expect(tell(at)).resolves.toMatchObject({ kind: 'nothing' });
    expect(at.asked).toEqual([]);
  });

  it('does not make it twice when the answer was lost and the CRM has no search for it', async () => {
    const at = bench({ taskOnMissed: true });
    await at.tell(callForCrm(MISSED));
    at.mishap = ({ path }) => (path.endsWith('/Task') ? 'lost answer' : undefined);
    await expect(tell(at)).rejects.toBeInstanceOf(CrmFault);
    const again = await tell(at);
    expect(again).toMatchObject({ kind: 'nothing', reason: expect.stringContaining('it is not made twice') });
    expect(made(at, '/Task')).toHaveLength(1);
  });

  it('looks for it where the CRM has a search, and makes it when it is not there', async () => {
    for (const mishap of ['lost answer', { status: 503 }] as const) {
      const at = bench({ taskOnMissed: true }, 'dynamics');
      await at.tell(callForCrm(MISSED));
      let times = 0;
      at.mishap = ({ path, makes }) =>
        makes === true && path.endsWith('/tasks') && ++times === 1 ? mishap : undefined;
      await expect(tell(at)).rejects.toBeInstanceOf(CrmFault);
      await expect(tell(at)).resolves.toMatchObject({ kind: 'done' });
      expect(at.fake.tasks?.()).toHaveLength(1);
      expect(times).toBe(mishap === 'lost answer' ? 1 : 2);
    }
  });

  it('tries again after a clear no', async () => {
    for (const mishap of ['no connection', { status: 400 }, { status: 429 }] as const) {
      const at = bench({ taskOnMissed: true });
      await at.tell(callForCrm(MISSED));
      let times = 0;
      at.mishap = ({ path }) => (path.endsWith('/Task') && ++times === 1 ? mishap : undefined);
      await expect(tell(at)).rejects.toBeInstanceOf(CrmFault);
      await expect(tell(at)).resolves.toMatchObject({ kind: 'done' });
      expect(made(at, '/Task')).toHaveLength(2);
    }
  });

  it('remembers that it was asked for although the call itself is not logged', async () => {
    const at = bench({ taskOnMissed: true });
    await tell(at);
    await expect(tell(at, 4)).resolves.toEqual({ kind: 'nothing', reason: 'there is a task' });
    expect(made(at, '/Task')).toHaveLength(1);
  });

  it('keeps the task in mind when the call is logged afterwards', async () => {
    const at = bench({ taskOnMissed: true });
    await tell(at);
    await at.tell(callForCrm(MISSED), { sequence: 4 });
    await tell(at, 5);
    expect(made(at, '/Task')).toHaveLength(1);
    expect(at.fake.logs()).toHaveLength(1);
  });
});
