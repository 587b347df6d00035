import fc from 'fast-check';
import { instant, type AskedLead } from '#domain';
import type { FacadeSettings } from '../../../facade.js';
import { IN_ISRAEL, askOf, jsonOf, readAsked, replyTo } from '../api.fixture.js';
import { noLead, readLead } from './read-lead.js';

const ADD = 'dialer-addcall';
/** 2026-11-01T12:00:00Z. */
const NOON = 1_793_534_400;
const AT_NOON = { instant: instant(NOON * 1000) };
const WALL_NOON = { local: '2026-11-01T12:00:00' };
const UTC: FacadeSettings = { ...IN_ISRAEL, epochs: 'utc' };

function leadOf(more: Record<string, unknown>, settings = IN_ISRAEL): AskedLead {
  const body = JSON.stringify({ Campaign: 'afmksvosvo', Target: '0502454545', ...more });
  const ask = askOf(ADD, { body }, settings);
  if (ask.kind !== 'add_leads' || ask.items[0] === undefined) throw new Error('There is no lead.');
  return ask.items[0];
}
const answerTo = (given: Parameters<typeof readAsked>[1]) => {
  const reading = readAsked(ADD, given);
  if (reading.ask.ok) throw new Error('It can be read.');
  return jsonOf(replyTo(reading, reading.ask));
};

describe('one customer', () => {
  it('is read with all that the newer documents name', () => {
    expect(askOf(ADD, 'newer-request.json')).toEqual({
      kind: 'add_leads',
      isBulk: false,
      items: [
        {
          campaign: 'afmksvosvo',
          target: '972501234567',
          callerId: '0722776772',
          callerName: null,
          originateAt: WALL_NOON,
          customerName: 'Dana',
          priority: 42,
          customData: { LeadID: '1234567', Source: '{"site":"Facebook"}' },
          despiteDoNotCall: true,
          problem: null,
        },
      ],
    });
    expect(readAsked(ADD, 'newer-request.json').presented).toEqual({
      kind: 'campaign',
      campaign: 'afmksvosvo',
      code: 'skdfvnjsivbniviv',
      others: [],
    });
  });

  it('is read from names in any case, and numbers as texts', () => {
    const query =
      'CAMPAIGN=c&TARGET=%2B972502454545&CALLERID=0722776772&PRIORITY=-7&CUSTOMERNAME=Dana&VAR_X=1';
    expect(askOf(ADD, { query })).toMatchObject({
      items: [
        {
          target: '+972502454545',
          callerId: '0722776772',
          priority: -7,
          customerName: 'Dana',
          customData: { X: '1' },
        },
      ],
    });
  });

  it.each([
    ['050-245 4545', '050-245 4545'],
    [502454545, '502454545'],
    [' 972502454545', '+972502454545'],
  ])('may have a number that is written %j', (Target, target) => {
    expect(leadOf({ Target }).target).toBe(target);
  });

  it.each(['Anonymous', 'anonymous', ' ANONYMOUS '])('may be called by nobody: %s', (Callerid) => {
    expect(leadOf({ Callerid }).callerId).toBe('Anonymous');
  });

  it.each(['', null])('is shown whatever the dialer finds where the caller id is %j', (CallerID) => {
    expect(leadOf({ CallerID }).callerId).toBeNull();
  });
});

describe('when a customer is to be called', () => {
  const times: [Record<string, unknown>, FacadeSettings, AskedLead['originateAt']][] = [
    [{ OriginateTime: NOON }, IN_ISRAEL, WALL_NOON],
    [{ OriginateTime: NOON }, UTC, AT_NOON],
    [{ OriginateTime: NOON, IsDateLocal: true }, UTC, WALL_NOON],
    [{ OriginateTime: String(NOON), IsDateLocal: 'True' }, UTC, WALL_NOON],
    [{ OriginateTime: NOON, IsDateLocal: 1 }, UTC, WALL_NOON],
    [{ OriginateTime: NOON, IsDateLocal: 'false' }, IN_ISRAEL, AT_NOON],
    [{ OriginateTime: NOON * 1000, IsDateLocal: false }, IN_ISRAEL, AT_NOON],
    [{ OriginateTime: '2026-11-01 12:00:00' }, UTC, WALL_NOON],
    [{ OriginateTime: '2026-11-01 12:00:00', IsDateLocal: false }, IN_ISRAEL, AT_NOON],
    [{ OriginateTime: '2026-11-01T14:00:00+02:00', IsDateLocal: true }, IN_ISRAEL, AT_NOON],
    [{ OriginateTime: '2026-11-01T14:00:00 02:00' }, IN_ISRAEL, AT_NOON],
    ...[0, '0', '', null, '000'].map((OriginateTime): [Record<string, unknown>, FacadeSettings, null] => [
      { OriginateTime },
      UTC,
      null,
    ]),
  ];
  it.each(times)('%j with %j', (given, settings, at) => {
    expect(leadOf(given, settings).originateAt).toEqual(at);
  });
});

describe('what a customer’s call carries along', () => {
  it.each([
    [
      { CustomData: { var_a: 1, VAR_b: true, c: null, var_d: [1, { e: 2 }] } },
      { a: '1', b: 'true', c: '', d: '[1,{"e":2}]' },
    ],
    [{ CustomData: '{"var_a":"x"}' }, { a: 'x' }],
    [{ CustomData: [{ var_a: 'x' }, { var_b: 'y' }] }, { a: 'x', b: 'y' }],
    [{ CustomData: 'gold customer' }, { CustomData: 'gold customer' }],
    [{ CustomData: '' }, {}],
    [{ CustomData: null, var_a: 'x' }, { a: 'x' }],
    [{ var_a: 'x', CustomData: { var_a: 'y' } }, { a: 'y' }],
    [{ var_CustomData: 'x', var_: 'y' }, { CustomData: 'x' }],
    [{ CustomData: { var_a: 'a\0b' } }, { a: 'ab' }],
  ])('%j', (given, data) => {
    expect(leadOf(given).customData).toEqual(data);
  });

  it('is no member of every object', () => {
    const { customData } = leadOf(
      JSON.parse('{"CustomData":{"__proto__":"x","var_constructor":"y"}}') as object as Record<
        string,
        unknown
      >,
    );
    expect(Object.keys(customData).sort()).toEqual(['__proto__', 'constructor']);
  });
});

describe('a customer who cannot be taken', () => {
  it.each([
    ['{"Target":"0502454545"}', 1, 'Invalid campaign code'],
    [`{"Campaign":"${'c'.repeat(300)}","Target":"0502454545"}`, 1, 'Invalid campaign code'],
    ['{"Campaign":"c"}', 2, 'The target is invalid'],
    ['{"Campaign":"c","Target":"yyyyy"}', 2, 'The target is invalid'],
    ['{"Campaign":"c","Target":"12"}', 2, 'The target is invalid'],
    ['{"Campaign":"c","Target":"0502454545","CallerID":"Dialer"}', 4, 'Invalid caller id'],
    [
      '{"Campaign":"c","Target":"0502454545","OriginateTime":"soon"}',
      3,
      'Unexpected internal error: OriginateTime is no time.',
    ],
    [
      '{"Campaign":"c","Target":"0502454545","Priority":1.5}',
      3,
      'Unexpected internal error: Priority is no whole number.',
    ],
    [
      `{"Campaign":"c","Target":"0502454545","CustomData":{"var_a":"${'x'.repeat(4001)}"}}`,
      3,
      'Unexpected internal error: CustomData has too many names, or too long ones.',
    ],
  ])('%s is %d', (body, ErrorCode, Description) => {
    expect(answerTo({ body })).toEqual({ ErrorCode, Description });
  });
});

describe('any lead', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'Campaign',
      'TARGET',
      'CallerID',
      'OriginateTime',
      'IsDateLocal',
      'Priority',
      'CustomData',
      'var_x',
    ),
    fc.string(),
  );
  it('is read without a throw, and is one that can be kept where nothing is wrong with it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, fc.anything())),
        fc.constantFrom('utc', 'local'),
        (fields, epochs) => {
          const lead = readLead(fields, epochs);
          expect(Object.keys(lead).filter((key) => key !== 'despiteDoNotCall')).toEqual(
            Object.keys(noLead()),
          );
          if (lead.problem !== null) return;
          expect(lead.campaign).not.toBe('');
          expect(lead.target.replace(/\D/g, '').length).toBeGreaterThanOrEqual(3);
          for (const value of Object.values(lead.customData)) expect(typeof value).toBe('string');
        },
      ),
    );
  });
});
