import fc from 'fast-check';
import { readAnswer } from './read-answer.js';

const ASKED = { e164: '+972502345678', country: 'IL' };
const ANN = { id: 'x7', name: 'Ann', phones: ['050-234-5678'] };
const read = (contacts: unknown) => readAnswer(JSON.stringify({ contacts }), ASKED);

describe('what a tenant’s server says of a number', () => {
  it('names contacts that show it, with what else it tells of them', () => {
    const all = { ...ANN, company: 'Acme', url: 'https://crm.example/7', updatedAt: '2026-11-21T09:30:00Z' };
    expect(read([all])).toEqual({
      ok: true,
      ignored: 0,
      contacts: [
        {
          ...{ id: 'x7', name: 'Ann', company: 'Acme', url: 'https://crm.example/7' },
          ...{ numbers: [ASKED.e164], createdAt: 0, updatedAt: Date.UTC(2026, 10, 21, 9, 30) },
        },
      ],
    });
  });

  it.each(['+972 50-234-5678', '00972502345678', '050 234 5678', '(050) 2345678 ', '972502345678'])(
    'may spell it %j',
    (phone) => {
      expect(read([{ ...ANN, phones: ['nothing', phone] }])).toMatchObject({ contacts: [{ id: 'x7' }] });
    },
  );

  it.each(['2345678', '5678', '0522345678', '+15023456780'])('means another one by %j', (phone) => {
    expect(read([{ ...ANN, phones: [phone] }])).toEqual({ ok: true, contacts: [], ignored: 1 });
  });

  it('costs a member that is wrong, or a contact without what it needs, and no more', () => {
    const odd = { ...ANN, company: 7, url: 'javascript:alert(1)', updatedAt: 'yesterday' };
    expect(read([odd])).toMatchObject({ contacts: [{ company: null, url: null, updatedAt: 0 }], ignored: 0 });
    const broken = [null, 7, [], {}, { ...ANN, id: null }, { ...ANN, name: ' ' }, { ...ANN, phones: null }];
    expect(read([...broken, { ...ANN, id: 12 }])).toMatchObject({
      ...{ contacts: [{ id: '12' }], ignored: broken.length },
    });
  });

  it('counts a contact once, and only so many of them', () => {
    const many = Array.from({ length: 50 }, (_, at) => ({ ...ANN, id: String(at >> 1) }));
    const reading = read(many);
    expect(reading.ok && [reading.contacts.length, reading.ignored]).toEqual([10, 40]);
  });

  it.each(['', '[]', '{}', '{"contacts": {}}', '{"contacts": [', 'null', '<html>'])(
    'is no answer: %j',
    (body) => {
      expect(readAnswer(body, ASKED)).toMatchObject({ ok: false, cause: 'unreadable' });
    },
  );

  it('never throws, and whoever it names has the number', () => {
    const values = fc.oneof(fc.jsonValue(), fc.constant(ANN), fc.constant([ASKED.e164]));
    const entries = fc.dictionary(
      fc.constantFrom('id', 'name', 'phones', 'url', 'company', 'createdAt'),
      values,
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(entries, values)), (contacts) => {
        const reading = read(contacts);
        if (!reading.ok) throw new Error('It is a list.');
        for (const { numbers, name } of reading.contacts) {
          expect([numbers, name === '']).toEqual([[ASKED.e164], false]);
        }
      }),
    );
  });
});
