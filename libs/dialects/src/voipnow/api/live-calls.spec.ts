/** Calls that go on: the rest of the PhoneCalls service, as public clients and documentation have it. */
import { HALF_PAST_NINE, askFacade, extensionTold, liveCall } from '../../conformance/ask-facade.fixture.js';

const ID = '20261121113000abcdef0123456789ab';
const BEARER = { authorization: 'Bearer t0ken' };
const CUSTOMER = { kind: 'number', value: '+972501234567' } as const;

describe('calls that go on', () => {
  const list = (path: string) => askFacade('GET', path, { headers: BEARER });
  const rings = liveCall('ringing', { direction: 'inbound' });
  const talks = {
    ...liveCall('answered', {
      direction: 'internal',
      from: { ...rings.call.from, original: '101' },
      to: { ...rings.call.to, original: '102' },
    }),
    callId: 'c-2',
  };
  const told = {
    kind: 'live_calls' as const,
    at: HALF_PAST_NINE,
    extensions: [
      extensionTold({ calls: [rings, talks] }),
      extensionTold({ extension: '102', calls: [talks] }),
    ],
  };

  it.each([
    ['/uapi/phoneCalls/@me/@self', {}],
    ['/uapi/phoneCalls/@viewer', {}],
    ['/UnifiedAPI/PhoneCalls/12/0003*210/', { extension: '0003*210' }],
    [
      '/uapi/phoneCalls/12/0003*210/b817d2618fe6f1804db1',
      { extension: '0003*210', callId: 'b817d2618fe6f1804db1' },
    ],
    ['/uapi/phoneCalls/@owner/@self/b817d2618fe6f1804db1', { callId: 'b817d2618fe6f1804db1' }],
  ])('are asked for by %s', (path, what) => {
    expect(list(path).ask).toEqual({ ok: true, ask: { kind: 'live_calls', ...what } });
  });

  it('are a page of them, each once, with a view for every extension', () => {
    expect(JSON.parse(list('/uapi/phoneCalls/@me/@self').tell(told).body)).toEqual({
      startIndex: 0,
      itemsPerPage: 20,
      totalResults: 2,
      entry: [
        {
          id: ID,
          extension: '101',
          published: '2026-11-21T11:30:00+02:00',
          phoneCallView: [
            {
              id: '00',
              extension: '101',
              source: ['0501234567'],
              destination: ['101'],
              flow: 8,
              status: 3,
              ringing: '2026-11-21T11:30:00+02:00',
            },
          ],
        },
        {
          id: 'c-2',
          extension: '101',
          published: '2026-11-21T11:30:00+02:00',
          answered: '2026-11-21T11:30:05+02:00',
          phoneCallView: [
            {
              id: '00',
              extension: '101',
              source: ['101'],
              destination: ['102'],
              flow: 2,
              status: 5,
              answered: '2026-11-21T11:30:05+02:00',
            },
            {
              id: '01',
              extension: '102',
              source: ['101'],
              destination: ['102'],
              flow: 2,
              status: 5,
              answered: '2026-11-21T11:30:05+02:00',
            },
          ],
        },
      ],
    });
  });

  it('ring at the other side where ours is the caller', () => {
    const calling = {
      ...told,
      extensions: [extensionTold({ calls: [liveCall('ringing', { direction: 'outbound' })] })],
    };
    expect(JSON.parse(list('/uapi/phoneCalls/@me/@self').tell(calling).body)).toMatchObject({
      entry: [{ phoneCallView: [{ flow: 4, status: 4, source: ['101'], destination: ['0722776772'] }] }],
    });
  });

  it.each([
    ['startIndex=1&count=1', 2, ['c-2']],
    ['startIndex=2', 2, []],
    ['filterBy=id&filterValue=c-2', 1, ['c-2']],
    ['filterBy=id&filterOp=inArray&filterValue=x,c-2', 1, ['c-2']],
    ['filterBy=id&filterOp=startsWith&filterValue=2026', 1, [ID]],
    ['filterBy=published&filterOp=greaterThan&filterValue=2026-11-21T09:29:59Z', 2, [ID, 'c-2']],
    ['filterBy=published&filterOp=lessThan&filterValue=2026-11-21T09:30:00Z', 0, []],
    ['fields=id&sortOrder=descending', 2, [ID, 'c-2']],
  ])('%s shows %i of them', (query, total, ids) => {
    const body = JSON.parse(list(`/uapi/phoneCalls/@me/@self?${query}`).tell(told).body) as {
      totalResults: number;
      entry: { id: string }[];
    };
    expect([body.totalResults, body.entry.map((entry) => entry.id)]).toEqual([total, ids]);
  });

  it.each([
    ['count=0', 'count'],
    ['count=5001', 'count'],
    ['startIndex=-1', 'startindex'],
    ['sortOrder=sideways', 'sortorder'],
    ['fields=secret', 'fields'],
    ['filterBy=secret', 'filterby'],
    ['filterBy=id&filterOp=guess&filterValue=1', 'filterop'],
    ['filterBy=id', 'filtervalue'],
  ])('%s is no good %s', (query, field) => {
    expect(list(`/uapi/phoneCalls/@me/@self?${query}`).ask).toMatchObject({
      failure: { code: 'invalid', field },
    });
  });

  it.each([
    ['/uapi/phoneCalls/@them/@self', 'user'],
    ['/uapi/phoneCalls/@me/<b>', 'extension'],
    ['/uapi/phoneCalls/@me/@self/<b>', 'id'],
  ])('%s names no %s', (path, field) => {
    expect(list(path).ask).toMatchObject({ failure: { code: 'invalid', field } });
  });
});

describe('an action on a call', () => {
  const put = (body: object, path = '/uapi/phoneCalls/@me/@self/c-1') =>
    askFacade('PUT', path, { headers: BEARER, body });

  it.each([
    [
      { action: 'OnHold', phoneCallViewId: '00' },
      { kind: 'set_hold', callId: 'c-1', held: true },
    ],
    [
      { action: 'OffHold', phoneCallViewId: '00' },
      { kind: 'set_hold', callId: 'c-1', held: false },
    ],
    [
      { action: 'StartRecording', format: 'wav', phoneCallViewId: '00' },
      { kind: 'record', callId: 'c-1', state: 'on' },
    ],
    [
      { action: 'StopRecording', phoneCallViewId: '00' },
      { kind: 'record', callId: 'c-1', state: 'off' },
    ],
    [
      { action: 'Transfer', sendCallTo: '0501234567', phoneCallViewId: '00' },
      { kind: 'transfer', callId: 'c-1', to: CUSTOMER },
    ],
    [
      { action: 'Transfer', sendCallTo: '211', transferFromNumber: '210', transferNumber: '0501234567' },
      { kind: 'transfer', callId: 'c-1', to: { kind: 'extension', value: '211' }, party: '0501234567' },
    ],
  ])('%j', (body, ask) => {
    expect(put(body).ask).toEqual({ ok: true, ask });
  });

  it.each(['Park', 'UnPark', 'PickUp', 'BargeIn', 'Whisper', 'Monitor', 'TransferToVoicemail'])(
    '%s is not offered',
    (action) => {
      expect(put({ action, phoneCallViewId: '00' }).ask).toMatchObject({ failure: { code: 'unsupported' } });
    },
  );

  it('is refused without a good action, call or destination', () => {
    expect(put({}).ask).toMatchObject({ failure: { field: 'action' } });
    expect(put({ action: 'Explode' }).ask).toMatchObject({ failure: { field: 'action' } });
    expect(put({ action: 'OnHold' }, '/uapi/phoneCalls/@me/210').ask).toMatchObject({
      failure: { field: 'phonecallid' },
    });
    expect(put({ action: 'Transfer' }).ask).toMatchObject({ failure: { field: 'sendcallto' } });
  });

  it('is answered with the call', () => {
    const reply = put({ action: 'StartRecording' }, '/uapi/phoneCalls/@me/210/c-1').tell({
      kind: 'record',
      actionId: 'a',
    });
    expect([reply.status, JSON.parse(reply.body)]).toEqual([200, { id: 'c-1', extension: '210' }]);
  });
});

describe('the end of a call', () => {
  const end = (path: string) => askFacade('DELETE', path, { headers: BEARER });

  it('is that of one, or of all of an extension, and never of everybody’s', () => {
    expect(end('/uapi/phoneCalls/@me/@self/c-1').ask).toEqual({
      ok: true,
      ask: { kind: 'hang_up', callId: 'c-1' },
    });
    expect(end('/uapi/phoneCalls/@me/210/c-1').ask).toEqual({
      ok: true,
      ask: { kind: 'hang_up', callId: 'c-1', extension: '210' },
    });
    expect(end('/uapi/phoneCalls/@me/210').ask).toEqual({
      ok: true,
      ask: { kind: 'hang_up', extension: '210' },
    });
    expect(end('/uapi/phoneCalls/@me/@self').ask).toMatchObject({
      ok: false,
      failure: { code: 'invalid', field: 'extension' },
    });
    expect(end('/uapi/phoneCalls/@me/210?phoneNumber=0501234567').ask).toMatchObject({
      failure: { code: 'unsupported' },
    });
  });

  it('is answered with 200 and a body, as clients look for both', () => {
    const reply = end('/uapi/phoneCalls/@me/@self/c-1').tell({ kind: 'hang_up', calls: 1 });
    expect([reply.status, JSON.parse(reply.body)]).toEqual([200, { id: 'c-1' }]);
  });

  it('is told where there was nothing to end', () => {
    const reply = end('/uapi/phoneCalls/@me/210').tell({ kind: 'hang_up', calls: 0 });
    expect([reply.status, JSON.parse(reply.body)]).toMatchObject([404, { error: { code: 'not_found' } }]);
  });
});
