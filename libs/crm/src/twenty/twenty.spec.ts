import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import type { FakeAnswer } from '../conformance/fake-crm.fixture.js';
import { asMarkdown, wordsOf } from './as-markdown.js';
import { errorOf, twenty, type FakeTwenty } from './twenty.fixture.js';

const E164 = '+972545551234';
const RECORDINGS = [{ url: 'https://hook.example/r/1', vendorUrl: null }] as never;

function bench(logging: Record<string, unknown> = {}, settings: Record<string, unknown> = {}) {
  const at = new BenchOfCrm({ ...twenty, settings }, logging);
  return { at, fake: at.fake as FakeTwenty };
}

describe('Twenty', () => {
  it('finds whoever has it as a second number, or with separators that an import left', async () => {
    const { at, fake } = bench();
    const second = fake.addContact({ name: 'Noa Cohen', phones: ['03-555-1234', '054-555-1234'] });
    const { id: typed } = fake.tables.add('people', {
      name: { firstName: 'Dan', lastName: 'Levi' },
      phones: { primaryPhoneNumber: '054-555 1234', primaryPhoneCallingCode: '', additionalPhones: null },
    });
    const found = await at.crm.findContacts(E164, at.io);
    expect(found.map(({ id }) => id)).toEqual([second, typed]);
    expect(found.map(({ phones }) => phones)).toEqual([
      ['+972 35551234', '+972 545551234'],
      ['054-555 1234'],
    ]);
  });

  it('puts notes and tasks on people in workspaces that still have the old name for it', async () => {
    const { at, fake } = bench({ taskOnMissed: true });
    fake.personMember = 'personId';
    const id = fake.addContact({ name: 'Noa Cohen', phones: [E164] });
    const missed = callForCrm({ result: 'missed', talkSeconds: null, answeredAt: null, agent: null });
    await at.tell(missed);
    await at.tell(missed, { type: 'call.missed', sequence: 3 });
    expect(fake.logs()).toMatchObject([{ contactId: id }]);
    expect(fake.tables.of('taskTargets')).toMatchObject([{ personId: id }]);
    expect(fake.tasks()).toHaveLength(1);
    expect(fake.complaints).toEqual([]);
  });

  it('does not write a note again that could not be put on its person', async () => {
    const { at, fake } = bench();
    const id = fake.addContact({ name: 'Noa Cohen', phones: [E164] });
    let failures = 0;
    at.mishap = ({ method, path }) =>
      method === 'POST' && path === '/rest/noteTargets' && (failures += 1) === 1
        ? errorOf(404, 'Record not found')
        : undefined;
    await at.tellUntilDone(callForCrm());
    expect(fake.logs()).toMatchObject([{ contactId: id }]);
    expect(fake.tables.of('noteTargets')).toHaveLength(1);
  });

  it('does not put a note on its person twice, though the answer was lost', async () => {
    const { at, fake } = bench();
    fake.addContact({ name: 'Noa Cohen', phones: [E164] });
    let lost = 0;
    at.mishap = ({ method, path }) =>
      method === 'POST' && path === '/rest/noteTargets' && (lost += 1) === 1 ? 'lost answer' : undefined;
    await at.tellUntilDone(callForCrm());
    expect(lost).toBe(1);
    expect(fake.tables.of('noteTargets')).toHaveLength(1);
  });

  it('looks whether a person that it remembers is still there before it writes', async () => {
    const { at, fake } = bench();
    const id = fake.addContact({ name: 'Noa Cohen', phones: [E164] });
    await at.tell(callForCrm({ id: 'a' }));
    fake.removeContact(id);
    await at.tell(callForCrm({ id: 'b' }));
    expect(fake.logs().map(({ contactId }) => contactId)).toEqual([id, null]);
  });

  it('adds what is new at the end where its editor wrote our text anew, and once', async () => {
    const { at, fake } = bench();
    await at.tell(callForCrm());
    const [row] = fake.tables.of('notes');
    const markdown = 'Number: +972545551234  \nShe wants the blue one. sw:019a9e5c';
    if (row) row['bodyV2'] = { markdown };
    let lost = 0;
    at.mishap = ({ method }) => (method === 'PATCH' && (lost += 1) === 1 ? 'lost answer' : undefined);
    await at.tellUntilDone(callForCrm({ recordings: RECORDINGS }), { type: 'call.updated', sequence: 3 });
    expect(lost).toBe(1);
    const text = JSON.stringify(row?.['bodyV2']);
    expect(text).toContain('blue one');
    expect(text.match(/hook\.example/g)).toHaveLength(1);
  });

  it('makes the person without a number that is refused, with it in the name', async () => {
    const { at, fake } = bench({ createContacts: 'answered', contactName: 'Caller' });
    at.mishap = ({ json }) =>
      JSON.stringify(json ?? null).includes('primaryPhoneNumber')
        ? errorOf(400, 'Provided phone number is invalid 545551234')
        : undefined;
    await at.tell(callForCrm());
    expect(fake.contacts()).toMatchObject([{ name: `Caller (${E164})` }]);
  });

  it('says what a key may not read, and leads to the page of a person where it knows the address', async () => {
    const { at, fake } = bench({}, { page: 'https://acme.twenty.example/' });
    expect(await at.crm.probe(at.io)).toEqual({ account: null, lacks: [] });
    const id = fake.addContact({ name: 'Noa Cohen', phones: [E164] });
    const [found] = await at.crm.findContacts(E164, at.io);
    expect(found?.url).toBe(`https://acme.twenty.example/object/person/${id}`);
    at.mishap = ({ path }) => (path === '/rest/notes' ? errorOf(403, 'Permission denied') : undefined);
    expect((await at.crm.probe(at.io)).lacks).toEqual([expect.stringContaining('notes')]);
  });

  it.each<[FakeAnswer, string]>([
    [errorOf(400, 'Too many requests.'), 'throttled'],
    [errorOf(403, 'Permission denied'), 'refused'],
    [errorOf(400, `Object note doesn't have any "bodyV2" field.`), 'refused'],
    [errorOf(400, 'A duplicate entry was detected'), 'duplicate'],
  ])('reads %j as %s', async (answer, kind) => {
    const { at } = bench();
    at.mishap = ({ makes }) => (makes === true ? answer : undefined);
    await expect(at.tell(callForCrm())).rejects.toMatchObject({ kind });
  });

  it('takes no note for ours that does not say so', async () => {
    const { at } = bench();
    const notes = [{ id: 'other', bodyV2: { markdown: 'Buy milk' } }];
    at.mishap = () => ({ status: 200, body: { data: { notes } } });
    const entry = { callId: 'x', marker: '[sw:x]' } as never;
    expect(await at.crm.findLog(entry, null, at.io)).toBeNull();
  });

  it('knows the other form of a number that has two', async () => {
    const { at, fake } = bench();
    const id = fake.addContact({ name: 'Ana', phones: ['+54 11 2345-6789'] });
    expect(await at.crm.findContacts('+5491123456789', at.io)).toMatchObject([{ id }]);
  });

  it('lets no text be markup, and no address be changed', () => {
    expect(asMarkdown('# *a* [sw:1]\nhttps://hook.example/r/a_b_c')).toBe(
      String.raw`\# \*a\* \[sw:1\]` + '\n\nhttps://hook.example/r/a_b_c',
    );
  });

  it('reads out of Markdown what it wrote into it', () => {
    const word = fc.string().filter((text) => !/https?:/i.test(text));
    fc.assert(
      fc.property(word, (text) => {
        expect(wordsOf(asMarkdown(text))).toBe(text.replaceAll(/\s+/g, ' ').trim());
      }),
    );
  });
});
