import type { AskFailure } from '#domain';
import { EVERY_FAILURE } from '../../conformance/told.fixture.js';
import { askOf, jsonOf, problemOf, readAsked, replyTelling, replyTo } from './api.fixture.js';

const bare = (...numbers: string[]) => numbers.map((number) => ({ number, name: null }));

describe('the blacklist', () => {
  it('is told numbers with names as JSON', () => {
    expect(askOf('blacklist-add', 'several.json')).toEqual({
      kind: 'block_numbers',
      numbers: [
        { number: '0501234567', name: 'John Doe' },
        { number: '031234567', name: 'Walter Melon' },
      ],
    });
    expect(askOf('blacklist-remove', 'several.json')).toEqual({
      kind: 'unblock_numbers',
      numbers: bare('0501234567', '031234567'),
    });
  });

  it.each([
    ['phones=0501234567&phones=031234567', ['0501234567', '031234567']],
    ['Phones[]=0501234567&Phones[]=031234567', ['0501234567', '031234567']],
    ['phone=0501234567', ['0501234567']],
  ])('is told numbers as %s', (query, numbers) => {
    expect(askOf('blacklist-add', { query })).toEqual({ kind: 'block_numbers', numbers: bare(...numbers) });
  });

  it('is told numbers as texts of a JSON list, beside objects too', () => {
    const body = '{"Code":"c","Phones":["031234567",{"Phone":972501234567}]}';
    expect(askOf('blacklist-add', { body })).toEqual({
      kind: 'block_numbers',
      numbers: bare('972501234567', '031234567'),
    });
  });

  it('needs a number', () => {
    expect(problemOf('blacklist-add', 'none.query')).toBe('Phones is missing');
    expect(problemOf('blacklist-add', { body: '{"Phones":' })).toBe('The body is not valid JSON.');
  });

  it('answers for every number', () => {
    const numbers = [
      { number: '+972501234567', problem: null },
      { number: '12', problem: 'This is no number.' },
    ];
    for (const [route, kind] of [
      ['blacklist-add', 'block_numbers'],
      ['blacklist-remove', 'unblock_numbers'],
    ] as const) {
      expect(jsonOf(replyTelling(readAsked(route, 'several.json'), { kind, numbers }))).toEqual({
        ErrorCode: 0,
        ErrorMessage: 'OK',
        Phones: [
          { ErrorCode: 0, ErrorMessage: 'OK', Phone: '972501234567' },
          { ErrorCode: 1, ErrorMessage: 'This is no number.', Phone: '12' },
        ],
      });
    }
  });

  const codes: [AskFailure['code'], number][] = [
    ['unauthorised', 1],
    ['address', 1],
    ['invalid', 2],
    ['unavailable', 3],
  ];
  it.each(codes)('says no to %s with %i', (code, number) => {
    const reply = replyTo(readAsked('blacklist-add', 'several.json'), {
      ok: false,
      failure: EVERY_FAILURE[code],
    });
    expect(jsonOf(reply)).toMatchObject({ ErrorCode: number, Phones: [] });
  });

  it('does not take what was removed for what was added', () => {
    const reply = replyTelling(readAsked('blacklist-add', 'several.json'), {
      kind: 'unblock_numbers',
      numbers: [],
    });
    expect(jsonOf(reply)).toMatchObject({ ErrorCode: 3 });
  });
});
