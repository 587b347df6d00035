/** Presence, agents of queues and call events: the Extensions services. */
import { HALF_PAST_NINE, askFacade, extensionTold, liveCall } from '../../conformance/ask-facade.fixture.js';
import type { ToldAgent } from '#domain';

const headers = { authorization: 'bearer t0ken' };
const ask = (method: string, path: string, body: object | string = '') =>
  askFacade(method, path, { headers, body });

describe('presence', () => {
  it('is asked for of one extension, or of all', () => {
    expect(ask('GET', '/uapi/extensions/@me/0003*210/presence').ask).toEqual({
      ok: true,
      ask: { kind: 'extension_state', extension: '0003*210' },
    });
    expect(ask('GET', '/uapi/extensions/@me/@self/presence/').ask).toEqual({
      ok: true,
      ask: { kind: 'extensions', all: true },
    });
  });

  it.each([
    ['1', '1', {}],
    ['0', '-1', { device: 'unreachable' as const }],
    ['0', '0', { device: 'unknown' as const }],
    ['2', '1', { calls: [liveCall('ringing')] }],
    ['3', '1', { calls: [liveCall('ringing'), liveCall('answered')] }],
  ])('has status %s and registration %s', (status, registration, traits) => {
    const extension = extensionTold(traits);
    const entry = { status, extension: '101', registration: [{ registration, status }] };
    const list = { startIndex: 0, itemsPerPage: 20, totalResults: 1, entry: [entry] };
    expect(
      JSON.parse(
        ask('GET', '/uapi/extensions/@me/101/presence').tell({ kind: 'extension_state', extension }).body,
      ),
    ).toEqual(list);
    expect(
      JSON.parse(
        ask('GET', '/uapi/extensions/@me/@self/presence').tell({
          kind: 'extensions',
          extensions: [extension],
        }).body,
      ),
    ).toEqual(list);
  });
});

describe('agents of a queue', () => {
  const agent: ToldAgent = {
    number: 1,
    name: 'Dana',
    code: null,
    extension: '0003*210',
    queue: '0003*600',
    standing: 'available',
    status: 1,
    since: HALF_PAST_NINE,
  };

  it.each([
    ['0', { standing: 'away', status: 2 }],
    ['1', { standing: 'available', status: 1 }],
    ['2', { standing: 'paused', status: 9 }],
  ])('are set to %s', (status, standing) => {
    for (const said of [status, Number(status)]) {
      expect(ask('PUT', '/uapi/extensions/@me/0003*600/queue/agents/0003*210', { status: said }).ask).toEqual(
        {
          ok: true,
          ask: {
            kind: 'set_agent_state',
            agent: null,
            extension: '0003*210',
            queue: '0003*600',
            ...standing,
          },
        },
      );
    }
  });

  it('are told as they are now', () => {
    const put = ask('PUT', '/uapi/extensions/@me/0003*600/queue/agents/0003*210', { status: '2' });
    expect(
      JSON.parse(
        put.tell({ kind: 'set_agent_state', agent: { ...agent, standing: 'paused' }, changed: true }).body,
      ),
    ).toEqual({
      agentNumber: '0003*210',
      status: '2',
      queue: '0003*600',
    });
  });

  it('are listed, all or one of them', () => {
    const list = ask('GET', '/uapi/extensions/@me/0003*600/queue/agents?filterBy=status&filterValue=1');
    expect(list.ask).toEqual({ ok: true, ask: { kind: 'agent_states', queue: '0003*600' } });
    const agents = [agent, { ...agent, extension: '0003*211', standing: 'away' as const, queue: null }];
    expect(JSON.parse(list.tell({ kind: 'agent_states', agents }).body)).toEqual({
      startIndex: 0,
      itemsPerPage: 20,
      totalResults: 1,
      entry: [{ agentNumber: '0003*210', status: '1', queue: '0003*600' }],
    });
    expect(ask('GET', '/uapi/extensions/@me/600/queueAgent/210').ask).toMatchObject({
      ask: { queue: '600', agent: '210' },
    });
  });

  it.each([
    ['/uapi/extensions/@me/@self/queue/agents/210', { status: '1' }, 'extension'],
    ['/uapi/extensions/@me/600/queue/agents', { status: '1' }, 'agent'],
    ['/uapi/extensions/@me/600/queue/agents/210', { status: '3' }, 'status'],
    ['/uapi/extensions/@me/600/queue/agents/210', {}, 'status'],
  ])('%s %j lacks a good %s', (path, body, field) => {
    expect(ask('PUT', path, body).ask).toMatchObject({ ok: false, failure: { code: 'invalid', field } });
  });
});

describe('call events (seed 001, "Add via UnifiedAPI")', () => {
  const URL_TOLD = 'http://myevent.com/SaveMyPhoneCallDetails';
  const SAID = { type: '0', method: '0', note: 'My phone call event', url: URL_TOLD, status: '1' };
  const hook = {
    id: 'e-1',
    extension: '0003*210',
    event: 'dial_in',
    method: 'GET' as const,
    url: URL_TOLD,
    active: true,
  };
  const BASE = '/uapi/extensions/@me/0003*210/phoneCallEvents';

  it.each([
    ['0', 'dial_in', 'seed 001 "Dial-In"'],
    ['1', 'dial_out', 'seed 001 "Dial-Out"'],
    ['2', 'hangup', 'seed 001 "Hangup"'],
    ['3', 'answer_in', 'seed 001 "Answer on incoming call"'],
    ['4', 'answer_out', 'seed 001 "Answer on outgoing call"'],
  ])('of type %s are %s: %s', (type, event) => {
    const asked = ask('POST', BASE, { ...SAID, type });
    expect(asked.ask).toEqual({
      ok: true,
      ask: {
        kind: 'event_hooks',
        extension: '0003*210',
        operation: 'create',
        hook: { event, method: 'GET', url: URL_TOLD, active: true },
      },
    });
    expect(JSON.parse(asked.tell({ kind: 'event_hooks', hooks: [{ ...hook, event }] }).body)).toEqual({
      ...SAID,
      id: 'e-1',
      type,
    });
  });

  it.each([
    ['seed 002 "Request method": GET, the default', {}, { method: 'GET' }],
    ['seed 002 "Request method": POST', { method: 1 }, { method: 'POST' }],
    ['seed 002 "This event is active"', { status: '1' }, { active: true }],
    ['seed 002 "If you disable an event"', { status: 0 }, { active: false }],
  ])('%s', (_name, said, told) => {
    const { method: _m, ...rest } = SAID;
    expect(ask('PUT', `${BASE}/0/e-1`, { ...rest, ...said }).ask).toMatchObject({
      ask: { operation: 'update', id: 'e-1', hook: { event: 'dial_in', url: URL_TOLD, ...told } },
    });
  });

  it('are listed, all or those of a type or the one with an id', () => {
    const hooks = [hook, { ...hook, id: 'e-2', event: 'hangup', method: 'POST' as const, active: false }];
    const ids = (path: string) => {
      const { entry } = JSON.parse(ask('GET', path).tell({ kind: 'event_hooks', hooks }).body) as {
        entry: { id: string }[];
      };
      return entry.map(({ id }) => id);
    };
    expect([ids(BASE), ids(`${BASE}/2`), ids(`${BASE}/4`)]).toEqual([['e-1', 'e-2'], ['e-2'], []]);
    expect(ask('GET', BASE).ask).toEqual({
      ok: true,
      ask: { kind: 'event_hooks', extension: '0003*210', operation: 'list' },
    });
    expect(ask('GET', `${BASE}/0/e-1`).ask).toMatchObject({ ask: { operation: 'list', id: 'e-1' } });
    expect(JSON.parse(ask('GET', `${BASE}/2`).tell({ kind: 'event_hooks', hooks }).body)).toMatchObject({
      entry: [{ type: '2', id: 'e-2', method: '1', url: URL_TOLD, status: '0' }],
    });
  });

  it('are removed one by one, or all of an extension', () => {
    expect(ask('DELETE', `${BASE}/0/e-1`).ask).toEqual({
      ok: true,
      ask: { kind: 'event_hooks', extension: '0003*210', operation: 'remove', id: 'e-1' },
    });
    expect(ask('DELETE', `${BASE}/e-1`).ask).toMatchObject({ ask: { id: 'e-1' } });
    expect(ask('DELETE', BASE).ask).toEqual({
      ok: true,
      ask: { kind: 'event_hooks', extension: '0003*210', operation: 'remove' },
    });
    expect(ask('DELETE', `${BASE}/0`).ask).toMatchObject({ failure: { code: 'unsupported' } });
    expect(ask('DELETE', `${BASE}/0/e-1`).tell({ kind: 'event_hooks', hooks: [] }).body).toBe('{"id":"e-1"}');
  });

  it.each([
    ['type', { ...SAID, type: '5' }],
    ['method', { ...SAID, method: 'PATCH' }],
    ['status', { ...SAID, status: 'on' }],
    ['url', { ...SAID, url: 'somewhere' }],
  ])('need a good %s', (field, body) => {
    expect(ask('POST', BASE, body).ask).toMatchObject({ failure: { code: 'invalid', field } });
    expect(ask('POST', '/uapi/extensions/@me/@self/phoneCallEvents', body).ask).toMatchObject({
      failure: { field: 'extension' },
    });
  });
});
