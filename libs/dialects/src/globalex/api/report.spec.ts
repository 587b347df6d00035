/** Seed 004, "CDR details": every parameter of its table. */
import { callTold, askFacade } from '../../conformance/ask-facade.fixture.js';

const reportOf = (parameters: string, settings?: 'utc' | 'local') =>
  askFacade('POST', '/api/cdr.php', {
    body: `org_token=t0ken&${parameters}`,
    settings: { timeZone: 'Asia/Jerusalem', country: 'IL', epochs: settings ?? 'local' },
  });

describe('seed 004 "CDR details"', () => {
  it('is asked for with the organisation’s token, in POST, also under Reports.php', () => {
    const asked = reportOf('');
    expect(asked.presented).toEqual({ kind: 'code', code: 't0ken' });
    expect(asked.ask).toEqual({ ok: true, ask: { kind: 'call_log', search: {} } });
    const other = askFacade('GET', '/API/Reports.php?user=u&pass=p&org=Acme');
    expect(other.presented).toEqual({ kind: 'login', user: 'u', password: 'p', organisation: 'Acme' });
    expect(other.ask).toMatchObject({ ask: { kind: 'call_log' } });
  });

  it.each([
    ['call_status=ANSWERED', { results: ['answered', 'voicemail'] }],
    ['call_status=NO ANSWER', { results: ['missed', 'abandoned', 'cancelled', 'ivr_only'] }],
    ['call_status=busy,CONGESTION', { results: ['busy', 'failed'] }],
    ['did_number=0722776772', { dids: ['0722776772'] }],
    ['call_duration=>10', { duration: [{ sign: '>', value: 10 }] }],
    ['call_duration=<60', { duration: [{ sign: '<', value: 60 }] }],
    ['call_duration==60', { duration: [{ sign: '=', value: 60 }] }],
    ['call_duration=60', { duration: [{ sign: '=', value: 60 }] }],
    [
      'call_duration=>10<60',
      {
        duration: [
          { sign: '>', value: 10 },
          { sign: '<', value: 60 },
        ],
      },
    ],
    ['call_source=0501234567', { callers: ['0501234567'] }],
    ['call_destination=0722776772', { called: ['0722776772'] }],
    ['call_uniqueId=1595960350.77', { callIds: ['1595960350.77'] }],
    ['call_price=>0.5', { price: [{ sign: '>', value: 0.5 }] }],
    ['call_country=France', { toCountry: 'France' }],
    ['org=Acme', { owner: 'Acme' }],
    ['org=', {}],
    ['start_date=2026-11-01', { from: { local: '2026-11-01T00:00:00' } }],
    ['start_date=2026-11-01 12:34:56', { from: { local: '2026-11-01T12:34:56' } }],
    ['end_date=2026-11-01', { to: { local: '2026-11-01T23:59:59' } }],
    ['end_date=2026-11-01T12:00:00%2B02:00', { to: { instant: Date.UTC(2026, 10, 1, 10) } }],
    ['start_date=1793534400', { from: { local: '2026-11-01T12:00:00' } }],
    ['call_type=landline', { numberTypes: ['fixed_line', 'fixed_line_or_mobile'] }],
    ['call_type=mobile,international', { numberTypes: ['mobile', 'fixed_line_or_mobile', 'international'] }],
  ])('%s', (parameter, search) => {
    expect(reportOf(parameter).ask).toEqual({ ok: true, ask: { kind: 'call_log', search } });
  });

  it('reads epochs as true time where the connection has those', () => {
    expect(reportOf('start_date=1793534400', 'utc').ask).toMatchObject({
      ask: { search: { from: { instant: 1793534400000 } } },
    });
  });

  it.each([
    ['call_status', 'thrilled'],
    ['call_duration', 'long'],
    ['call_duration', '>=10'],
    ['call_duration', '>'],
    ['call_price', 'a lot'],
    ['call_source', 'Dana'],
    ['call_destination', '0x10'],
    ['start_date', '01/11/2026'],
    ['end_date', '2026-13-01'],
    ['call_type', 'lunar'],
  ])('is refused for a %s of %s, as more calls would be told than were asked for', (name, value) => {
    expect(reportOf(`${name}=${encodeURIComponent(value)}`).ask).toMatchObject({
      ok: false,
      failure: { code: 'invalid', field: name },
    });
  });

  it('answers with rows', () => {
    const recorded = callTold({}, { recordingUrls: ['https://us.example/r/1'] });
    const missed = callTold({ result: 'missed', talkSeconds: null, ringSeconds: null, startedAt: null });
    const reply = reportOf('').tell({ kind: 'call_log', calls: [recorded, missed], total: 2 });
    expect(reply).toMatchObject({ status: 200, contentType: 'application/json; charset=utf-8' });
    expect(JSON.parse(reply.body)).toEqual({
      Response: 'OK',
      total: 2,
      data: [
        {
          uniqueid: '20261121113000abcdef0123456789ab',
          calldate: '2026-11-21 11:30:00',
          src: '0501234567',
          dst: '0722776772',
          duration: '65',
          billsec: '60',
          disposition: 'ANSWERED',
          recordingfile: 'https://us.example/r/1',
        },
        {
          uniqueid: '20261121113000abcdef0123456789ab',
          calldate: '',
          src: '0501234567',
          dst: '0722776772',
          duration: '0',
          billsec: '0',
          disposition: 'NO ANSWER',
          recordingfile: '',
        },
      ],
    });
  });

  it('says in JSON why not', () => {
    const reply = reportOf('').fail({ code: 'too_many', found: 20_000, most: 10_000 });
    expect(JSON.parse(reply.body)).toMatchObject({
      Response: 'fail',
      Message: expect.stringContaining('20000') as string,
      data: [],
    });
    expect(reply.status).toBe(200);
  });
});
