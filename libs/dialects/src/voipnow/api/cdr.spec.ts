import { askFacade, callTold } from '../../conformance/ask-facade.fixture.js';

const cdr = (query = '', path = '/uapi/cdr/') =>
  askFacade('GET', `${path}?${query}`, { headers: { authorization: 'Bearer t' } });

describe('the call log', () => {
  it.each([
    ['', {}],
    ['source=0003*210', { callers: ['0003*210'] }],
    ['destination=%2B442079460958', { called: ['+442079460958'] }],
    ['filterBy=source&filterValue=0501234567', { callers: ['0501234567'] }],
    ['startDate=2024-10-05T00:00:00', { from: { local: '2024-10-05T00:00:00' } }],
    ['startDate=2024-10-05T00:00:00%2B03:00', { from: { instant: Date.UTC(2024, 9, 4, 21) } }],
    // As a client sends it that does not escape it.
    ['endDate=2024-10-05T00:00:00+03:00', { to: { instant: Date.UTC(2024, 9, 4, 21) } }],
    ['endDate=2024-10-05', { to: { local: '2024-10-05T23:59:59' } }],
    ['saveStartDate=2024-10-05T00:00:00', { endedFrom: { local: '2024-10-05T00:00:00' } }],
    ['saveEndDate=2024-10-05T12:00:00Z', { endedTo: { instant: Date.UTC(2024, 9, 5, 12) } }],
    ['disposition=0', { results: ['answered', 'voicemail'] }],
    ['disposition=1', { results: ['busy'] }],
    ['disposition=2', { results: ['failed'] }],
    ['disposition=3', { results: ['missed', 'abandoned', 'cancelled', 'ivr_only'] }],
    ['disposition=4', { results: ['unknown'] }],
    ['flow=2', { directions: ['internal'] }],
    ['flow=4', { directions: ['outbound'] }],
    ['flow=8', { directions: ['inbound'] }],
  ])('is searched by %s', (query, search) => {
    expect(cdr(query).ask).toEqual({
      ok: true,
      ask: { kind: 'call_log', search, page: { offset: 0, limit: 20 } },
    });
  });

  it('is that of an owner, a page, and in an order', () => {
    expect(cdr('startIndex=40&count=10&sortOrder=asc', '/unifiedapi/CDR/33').ask).toEqual({
      ok: true,
      ask: {
        kind: 'call_log',
        search: { owner: '33' },
        page: { offset: 40, limit: 10 },
        order: 'oldest_first',
      },
    });
    expect(cdr('', '/uapi/cdr/@me').ask).toMatchObject({ ask: { search: {} } });
  });

  it.each([
    ['startDate=yesterday', 'cdr_start_date'],
    ['endDate=01/11/2026', 'cdr_end_date'],
    ['saveStartDate=x', 'cdr_save_start_date'],
    ['saveEndDate=x', 'cdr_save_end_date'],
    ['disposition=6', 'cdr_disposition'],
    ['flow=3', 'cdr_flow'],
    ['source=<b>', 'cdr_source'],
    ['destination=<b>', 'cdr_destination'],
    ['filterBy=cost', 'filterby'],
    ['filterBy=source', 'filtervalue'],
    ['source=1&filterBy=source&filterValue=2', 'filtervalue'],
    ['count=9999', 'count'],
  ])('%s is no good %s', (query, field) => {
    expect(cdr(query).ask).toMatchObject({ ok: false, failure: { code: 'invalid', field } });
  });

  it.each([
    'filterBy=published&filterValue=2024-10-05',
    'filterBy=source&filterOp=contains&filterValue=1',
    'disposition=5',
  ])('does not tell more than was asked for: %s', (query) => {
    expect(cdr(query).ask).toMatchObject({ failure: { code: 'unsupported' } });
  });

  it('is a page of calls, their ends as texts', () => {
    const recorded = callTold({}, { recordingUrls: ['https://us.example/r/1'] });
    const missed = callTold({ result: 'missed', answeredAt: null, talkSeconds: null, extension: null });
    const reply = cdr('startIndex=40').tell({ kind: 'call_log', calls: [recorded, missed], total: 34_922 });
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body)).toEqual({
      startIndex: 40,
      itemsPerPage: 20,
      totalResults: 34_922,
      entry: [
        {
          id: '20261121113000abcdef0123456789ab',
          extension: '101',
          published: '2026-11-21T11:30:00+02:00',
          answered: '2026-11-21T11:30:05+02:00',
          phoneCallView: [
            {
              id: '00',
              extension: '101',
              source: '0501234567',
              destination: '0722776772',
              flow: 8,
              disposition: 0,
              duration: 60,
              answered: '2026-11-21T11:30:05+02:00',
              recording: 'https://us.example/r/1',
            },
          ],
        },
        {
          id: '20261121113000abcdef0123456789ab',
          published: '2026-11-21T11:30:00+02:00',
          phoneCallView: [
            {
              id: '00',
              source: '0501234567',
              destination: '0722776772',
              flow: 8,
              disposition: 3,
              duration: 0,
            },
          ],
        },
      ],
    });
  });
});
