import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import type { CrmFault, CrmReply } from '../talk/crm-io.js';
import { FakeMonday, monday, mondayError } from './monday.fixture.js';
import { judgeMonday } from './talk.js';

const E164 = '+972545551234';

function bench(logging: Record<string, unknown> = {}) {
  const at = new BenchOfCrm(monday, logging);
  if (!(at.fake instanceof FakeMonday)) throw new Error('It has another stand-in.');
  return { at, fake: at.fake };
}

function reply(json: unknown, status = 200): CrmReply {
  return { status, headers: {}, body: JSON.stringify(json), json };
}

describe('monday', () => {
  it('reads errors inside of 200, by the spellings of several years', () => {
    const meant = [
      ['COMPLEXITY_BUDGET_EXHAUSTED', 'throttled'],
      ['ComplexityException', 'throttled'],
      ['maxConcurrencyExceeded', 'throttled'],
      ['FIELD_MINUTE_RATE_LIMIT_EXCEEDED', 'throttled'],
      ['ResourceNotFoundException', 'gone'],
      ['InvalidColumnIdException', 'refused'],
      ['UserUnauthorizedException', 'refused'],
      ['INTERNAL_SERVER_ERROR', 'unreachable'],
    ];
    for (const [code = '', kind] of meant) {
      expect([code, judgeMonday(reply(mondayError(code, 'm')))?.kind]).toEqual([code, kind]);
      expect(judgeMonday(reply({ error_code: code, error_message: 'm' }))?.kind).toBe(kind);
    }
    expect(judgeMonday(reply({ data: {} }))).toBeUndefined();
  });

  it('waits for as long as the budget asks', async () => {
    const { at } = bench();
    at.mishap = () => at.fake.slowDown;
    const fault = await at.tell(callForCrm()).catch((error: unknown) => error);
    expect((fault as CrmFault).more.outcome).toMatchObject({ class: 'throttled', waitMs: 21_000 });
  });

  it('finds numbers in text columns however they were written, and none that only end alike', async () => {
    for (const phone of ['054-5551234', '(054) 555 1234', '054.555.12.34', '+972 54 555-1234']) {
      const { at, fake } = bench();
      const id = at.fake.addContact({ name: 'Noa', phones: ['', phone] });
      at.fake.addContact({ name: 'Other', phones: ['', '03-555-1234'] });
      await at.tell(callForCrm());
      expect([phone, fake.logs()[0]?.contactId]).toEqual([phone, id]);
    }
  });

  it('says whose it is, when it began and how long it took, in the columns that the tenant has', async () => {
    const { at, fake } = bench({ owners: { '7': '42' } });
    await at.tell(callForCrm());
    expect(fake.items[0]?.values).toMatchObject({
      key: '019a9e5c-7a00-7000-8000-000000000000',
      seconds: '60',
      start: { date: '2026-11-21', time: '09:28:52' },
      direction: { label: 'Inbound' },
      person: { personsAndTeams: [{ id: 42, kind: 'person' }] },
    });
    expect(fake.complaints).toEqual([]);
  });

  it('does without the columns that are left out', async () => {
    const { contactsBoard, phoneColumns, callsBoard, keyColumn, textColumn, contactColumn } =
      monday.settings ?? {};
    const settings = { contactsBoard, phoneColumns, callsBoard, keyColumn, textColumn, contactColumn };
    const at = new BenchOfCrm({ ...monday, settings });
    await at.tell(callForCrm());
    expect(at.fake.logs()).toHaveLength(1);
    expect(at.fake.complaints).toEqual([]);
  });

  it('complains about every setting that is no board and no column', () => {
    const prepared = monday.connector.prepare({ contactsBoard: 'x', phoneColumns: [], keyColumn: 'a b' });
    expect(!prepared.ok && prepared.problems.map(({ path }) => path).toSorted()).toEqual([
      'callsBoard',
      'contactColumn',
      'contactsBoard',
      'keyColumn',
      'phoneColumns',
      'textColumn',
    ]);
  });

  it('tells which boards and columns are not there', async () => {
    const settings = { ...monday.settings, callsBoard: '33', ownerColumn: 'nobody' };
    const at = new BenchOfCrm({ ...monday, settings });
    await expect(at.crm.probe(at.io)).resolves.toEqual({
      account: 'Dana Levi',
      lacks: ['Board 33 is not there, or may not be seen.', 'Board 11 has no column nobody.'],
    });
  });

  it('makes a contact whose number it does not take, with the number in the name', async () => {
    const { at } = bench({ createContacts: 'answered', contactName: 'Caller' });
    at.mishap = ({ json }) =>
      JSON.stringify(json).includes('countryShortName')
        ? { status: 200, body: mondayError('ColumnValueException', 'invalid value for column phone') }
        : undefined;
    await at.tell(callForCrm());
    expect(at.fake.contacts()).toMatchObject([{ name: `Caller ${E164}`, phones: [] }]);
  });
});
