import type { AskedLead, AskResult, LeadProblem } from '#domain';
import type { AskedRequest, FacadeReading } from '../../../facade.js';
import { IN_ISRAEL, askOf, jsonOf, problemOf, readAsked, replyTelling, replyTo } from '../api.fixture.js';
import { voicenterApi } from '../voicenter-api.js';

const ROUTE = 'dialer-addcallsbulk';
/** Alone it is half of a second and more; what grows with the square of the items would take minutes. */
const MOST_MS = 5_000;
const OK = { ErrorCode: 0, Description: 'OK' };
const GOOD = { Campaign: 'afmksvosvo', Target: '0502454545' };

function leadsIn(body: unknown): readonly AskedLead[] {
  const ask = askOf(ROUTE, { body: typeof body === 'string' ? body : JSON.stringify(body) });
  return ask.kind === 'add_leads' && ask.isBulk ? ask.items : [];
}
const targetsIn = (body: unknown) => leadsIn(body).map(({ target }) => target);

describe('the items of a bulk', () => {
  const two = [GOOD, { ...GOOD, Target: '0502454546' }];
  it.each([
    ['a list', two],
    ['a list that became an object, as it got a code', { Code: 'c', '0': two[0], '1': two[1] }],
    ['a list with a name', { Code: 'c', Calls: two }],
    ['objects in a row', two.map((item) => JSON.stringify(item)).join('\n')],
    ['a list without a comma between its items', `[${two.map((item) => JSON.stringify(item)).join('\n')}]`],
  ])('are read from %s', (_, body) => {
    expect(targetsIn(body)).toEqual(['0502454545', '0502454546']);
  });

  it('may be one', () => {
    expect(targetsIn(GOOD)).toEqual(['0502454545']);
  });

  it('are each of their own campaign', () => {
    const leads = leadsIn([GOOD, { ...GOOD, campaign: 'bfmksvosvo' }]);
    expect(leads.map(({ campaign }) => campaign)).toEqual(['afmksvosvo', 'bfmksvosvo']);
  });

  const bad: [LeadProblem, unknown][] = [
    ['item', 'nobody'],
    ['item', null],
    ['item', 7],
    ['item', [GOOD]],
    ['campaign', { Target: '0502454545' }],
    ['target', { Campaign: 'afmksvosvo' }],
    ['target', { ...GOOD, Target: 'nobody' }],
    ['target', { ...GOOD, Target: '0502'.repeat(9) }],
    ['caller_id', { ...GOOD, CallerID: 'Dialer' }],
    ['time', { ...GOOD, OriginateTime: 'tomorrow' }],
    ['priority', { ...GOOD, Priority: 'high' }],
    ['custom_data', { ...GOOD, CustomData: { var_a: 'x'.repeat(5000) } }],
  ];
  it.each(bad)('costs no other where one is wrong: %s of %j', (problem, item) => {
    expect(leadsIn([GOOD, item, GOOD]).map((lead) => lead.problem)).toEqual([null, problem, null]);
  });

  it.each(['[]', '{}', ''])('have to be there: %s', (body) => {
    expect(problemOf(ROUTE, { body })).toBe(
      body === '' ? 'This method takes JSON only.' : 'There is no call in it.',
    );
  });

  it('are no more than a hundred thousand', () => {
    const body = (items: number) => `[${Array.from({ length: items }, () => '{"Target":"1"}').join(',')}]`;
    expect(leadsIn(body(100_000))).toHaveLength(100_000);
    expect(problemOf(ROUTE, { body: body(100_001) })).toBe(
      '100001 calls came, and at most 100000 are taken at once.',
    );
  });

  it('come as JSON only, which is said in the vendor’s shape', () => {
    const reading = readAsked(ROUTE, 'form.query');
    expect(answered(reading)).toEqual({
      ErrorCode: 3,
      Description: 'Unexpected internal error: This method takes JSON only.',
    });
  });
});

describe('who sends a bulk', () => {
  const presented = (body: unknown) => readAsked(ROUTE, { body: JSON.stringify(body) }).presented;

  it('is who has the code of a campaign in it, and of its account where there is one', () => {
    expect(presented([GOOD, GOOD])).toEqual({
      kind: 'campaign',
      campaign: 'afmksvosvo',
      code: null,
      others: [],
    });
    expect(readAsked(ROUTE, 'numbered.json').presented).toEqual({
      kind: 'campaign',
      campaign: 'afmksvosvo',
      code: 'skdfvnjsivbniviv',
      others: ['bfmksvosvo'],
    });
    expect(presented([{ ...GOOD, code: 'c' }])).toMatchObject({ code: 'c' });
  });

  it('is looked for in the first few campaigns, whichever item is wrong', () => {
    const items = Array.from({ length: 30 }, (_, at) => ({ Campaign: at < 2 ? '' : `c${at}` }));
    expect(presented([null, ...items])).toEqual({
      kind: 'campaign',
      campaign: 'c2',
      code: null,
      others: Array.from({ length: 10 }, (_, at) => `c${at + 3}`),
    });
  });

  it('is all that is read while it is not known whose request it is', () => {
    const { presented, ask } = readAsked(ROUTE, 'seed-request.json', null);
    expect(presented).toEqual(readAsked(ROUTE, 'seed-request.json').presented);
    expect(ask).toEqual({ ok: true, ask: { kind: 'add_leads', items: [], isBulk: true } });
  });

  it('is whose code comes where no campaign is named, and nobody where none does', () => {
    expect(presented({ Code: 'c', '0': { Target: '1' } })).toEqual({ kind: 'code', code: 'c' });
    expect(presented([{ Target: '1' }])).toEqual({ kind: 'none' });
  });
});

describe('the answer to a bulk', () => {
  const reading = readAsked(ROUTE, 'numbered.json');
  const tell = (...problems: (LeadProblem | null)[]) =>
    jsonOf(
      replyTelling(reading, {
        kind: 'add_leads',
        results: problems.map((problem, at) => ({ target: `t${at}`, problem })),
      }),
    );

  it('tells of each what became of it, and is fine where one was taken', () => {
    expect(tell('target', null, 'campaign', 'caller_id', 'do_not_call', 'failed')).toEqual({
      ...OK,
      AddResult: [
        { Target: 't0', ErrorCode: 2, Description: 'The target is invalid' },
        { Target: 't1', ...OK },
        { Target: 't2', ErrorCode: 1, Description: 'Invalid campaign code' },
        { Target: 't3', ErrorCode: 4, Description: 'Invalid caller id' },
        { Target: 't4', ErrorCode: 2, Description: 'The target is invalid' },
        { Target: 't5', ErrorCode: 3, Description: 'Unexpected internal error' },
      ],
    });
  });

  it('is what is wrong with the first where none was taken', () => {
    expect(tell('caller_id', 'target')).toMatchObject({ ErrorCode: 4, Description: 'Invalid caller id' });
  });

  it('has nothing but that it is fine where more than three thousand were', () => {
    expect(tell(...Array<null>(3001).fill(null))).toEqual(OK);
    expect(tell(...Array<null>(3000).fill(null))['AddResult']).toHaveLength(3000);
  });

  it('tells of more than three thousand only who was not taken, and no more than so many', () => {
    expect(tell(...Array<null>(3001).fill(null), 'target')).toEqual({
      ...OK,
      AddResult: [{ Target: 't3001', ErrorCode: 2, Description: 'The target is invalid' }],
    });
    expect(tell(null, ...Array<'target'>(4000).fill('target'))['AddResult']).toHaveLength(3000);
  });
});

describe('a hundred thousand items', () => {
  const items = Array.from({ length: 100_000 }, (_, at) => ({
    Campaign: 'c'.repeat(32),
    Target: `05${10_000_000 + at}`,
    CallerID: '072776772',
    CallerName: 'Dialer',
    OriginateTime: 1_793_534_400,
    CustomerName: `Customer ${at}`,
    Priority: at % 9,
    CustomData: { var_test1: at, var_tesy2: 'some value' },
  }));
  const requestOf = (body: string): AskedRequest => ({
    method: 'POST',
    path: '/',
    query: '',
    headers: {},
    body: Buffer.from(body),
  });
  /** As the edge does: who asks, then all of it. @returns ms of processor time */
  function spent(request: AskedRequest, check: (reading: FacadeReading) => void): number {
    const before = process.cpuUsage();
    voicenterApi.read(request, ROUTE, null);
    const reading = voicenterApi.read(request, ROUTE, IN_ISRAEL);
    const { user, system } = process.cpuUsage(before);
    check(reading);
    return (user + system) / 1000;
  }
  const allThere = ({ ask }: FacadeReading) => {
    if (!ask.ok || ask.ask.kind !== 'add_leads') throw new Error('It is not read.');
    expect(ask.ask.items).toHaveLength(items.length);
    expect(ask.ask.items.every(({ problem }) => problem === null)).toBe(true);
  };

  it('are read in seconds of processor time', () => {
    const text = JSON.stringify(items);
    // The least of several: what else the processor did is in the others.
    const ms = Math.min(...[1, 2, 3].map(() => spent(requestOf(text), allThere)));
    expect(ms).toBeLessThan(MOST_MS);
  });

  it('have to be JSON as it should be; fewer need not', () => {
    const text = (count: number) => JSON.stringify(items.slice(0, count)).replace('","Target"', '" "Target"');
    const few = voicenterApi.read(requestOf(text(10_000)), ROUTE, IN_ISRAEL);
    expect(few.ask).toMatchObject({ ok: true, ask: { items: { length: 10_000 } } });
    const many = voicenterApi.read(requestOf(text(100_000)), ROUTE, IN_ISRAEL);
    expect(answered(many)).toEqual({
      ErrorCode: 3,
      Description: 'Unexpected internal error: The body is not valid JSON.',
    });
  });

  it.each(['[', '["', '{"a":"b"},', '<a>', 'a=b&', '{"a":', '"', '\\"'])(
    'cost nobody much who sends as many bytes of something else: %s',
    (piece) => {
      const request = requestOf(piece.repeat((5 * 1024 * 1024) / piece.length));
      const ms = spent(request, ({ ask }) => expect(ask.ok).toBe(false));
      expect(ms).toBeLessThan(3000);
    },
  );
});

function answered(reading: FacadeReading): unknown {
  const result: AskResult = reading.ask.ok ? { ok: false, failure: { code: 'unavailable' } } : reading.ask;
  return jsonOf(replyTo(reading, result));
}
