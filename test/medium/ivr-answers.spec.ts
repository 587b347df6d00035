import { Webhook } from 'standardwebhooks';
import { AppError, DEFAULT_POLICY, instant, type IvrAnswer, type IvrQuestion } from '#domain';
import { CallContexts, IvrDirectory } from '#db';
import { HttpSender, SecretBox, createLog, newSecret, targetPolicy } from '#platform';
import { answerIvr, type AnswerIvrParts } from '../../apps/ingress/answer-ivr.js';
import { AskTenant, MOST_AT_ONCE } from '../../apps/ingress/ask-tenant.js';
import { KeptFlows } from '../../apps/ingress/kept-flows.js';
import type { Asker } from '../../apps/ingress/take-webhook.js';
import { FLOW, makeFlow, makeRoute, question, type RouteTraits } from '../builders/ivr.js';
import { Crm, type Answer } from '../harness/crm.js';
import { freePort } from '../harness/free-port.js';
import { SECRET_KEYS, makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';
import { counted, openWorld, type World } from '../harness/world.js';

const DEFAULT = { action: { do: 'dial', targets: [{ type: 'phone', target: '0509999999' }] } };
const HANGUP = { action: { do: 'hangup', recording: 'bye' } };

let world: World;
let sender: HttpSender;
let server: Crm;
let connection: TestConnection;
/** The clock of the one that answers; memories are kept by it. */
let now: number;

beforeAll(async () => {
  world = await openWorld();
  sender = new HttpSender({ policy: targetPolicy(['127.0.0.0/8']) });
  server = await Crm.open();
});
afterAll(async () => {
  sender.close();
  await server.stop();
  await world.close();
});
beforeEach(async () => {
  now = Date.now();
  server.play({ otherwise: 200 });
  server.requests.length = 0;
  connection = await makeConnection(world.sql, await makeTenant(world.sql));
});

const clock = { now: () => instant(now) };

function answerer(parts: Partial<AnswerIvrParts> = {}) {
  const directory = new IvrDirectory(world.hot, () => now);
  const box = SecretBox.fromKeys(SECRET_KEYS);
  return answerIvr({
    directory,
    flows: new KeptFlows(directory),
    tenants: new AskTenant({ sender, box, clock }),
    contexts: new CallContexts(world.hot),
    clock,
    log: createLog('silent', 'test'),
    metrics: world.metrics,
    ...parts,
  });
}

function askerOf({ id, tenantId, token }: TestConnection): Asker {
  const settings = {};
  return {
    connection: {
      tenantId,
      connectionId: id,
      dialect: 'voicenter',
      settings,
      timeZone: 'Asia/Jerusalem',
      country: 'IL',
      enabled: true,
      matchPolicy: DEFAULT_POLICY,
      limits: null,
    },
    webhook: {
      token,
      dialect: 'voicenter',
      method: 'POST',
      route: 'ivr',
      query: '',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{}'),
      sourceIp: '203.0.113.7',
    },
  };
}

async function ask(
  said: Partial<IvrQuestion> = {},
  { answer = answerer(), of = connection } = {},
): Promise<IvrAnswer> {
  return (await answer(question(said), askerOf(of))) as IvrAnswer;
}

const doing = async (asked: Promise<IvrAnswer>) => (await asked).action.do;
const says = (json: unknown): Answer => ({ status: 200, body: JSON.stringify(json) });
const route = (traits: RouteTraits) => makeRoute(world.sql, connection, traits);
const flow = (document?: object) => makeFlow(world.sql, connection, document);

describe('a question of a caller', () => {
  it('is answered with the fallback where nothing is set', async () => {
    expect(await doing(ask())).toBe('fallback');
  });

  it('is answered by the flow that is kept for the number, in the connection’s zone', async () => {
    await route({ flowId: await flow() });
    expect(await ask()).toMatchObject({
      action: { do: 'menu', menu: 'main', prompts: [{ say: 'recording', recording: 'welcome' }] },
    });
    expect(await ask({ menu: 'main', digits: '1' })).toMatchObject({
      action: { do: 'dial', targets: [{ type: 'extension', target: '101' }] },
      customData: { wants: 'sales 1' },
    });
    // 07:00 UTC is 09:00 in Jerusalem and no hour to be open in London.
    now = Date.UTC(2026, 10, 22, 7);
    const hours = { office: { weekly: { sun: [['09:00', '10:00']] } } };
    const start = { when: 'office', open: { do: 'record' }, closed: { do: 'hangup' } };
    await route({ did: '100', flowId: await flow({ start, hours, menus: {} }) });
    now += 2_000;
    expect(await doing(ask({ did: '100' }))).toBe('record');
  });

  it('goes by the number as it is printed, then by the same number in another spelling, then by the default', async () => {
    for (const [did, recording] of [
      ['0722776772', 'exact'],
      ['+97236000000', 'spelling'],
      ['', 'any'],
    ] as const) {
      await route({ did, flowId: await flow({ start: { do: 'hangup', recording }, menus: {} }) });
    }
    const recordingFor = async (did: string) => (await ask({ did })).action;
    expect(await recordingFor('0722776772')).toMatchObject({ recording: 'exact' });
    expect(await recordingFor('036000000')).toMatchObject({ recording: 'spelling' });
    expect(await recordingFor('97236000000')).toMatchObject({ recording: 'spelling' });
    expect(await recordingFor('0721111111')).toMatchObject({ recording: 'any' });
    expect(await recordingFor('')).toMatchObject({ recording: 'any' });
  });

  it('is not answered by another connection’s route, not even of the same tenant', async () => {
    await route({ flowId: await flow() });
    const sibling = await makeConnection(world.sql, connection.tenantId);
    expect(await doing(ask({}, { of: sibling }))).toBe('fallback');
  });
});

describe('what is remembered of routes and flows', () => {
  it('saves the database most questions, and is looked up again after two seconds', async () => {
    const flowId = await flow();
    await route({ flowId });
    const answer = answerer();
    const statements = async () => [
      await counted(world.metrics.statements, { statement: 'ivr.routes' }),
      await counted(world.metrics.statements, { statement: 'ivr.flow' }),
    ];
    const before = await statements();
    await Promise.all(Array.from({ length: 20 }, () => ask({}, { answer })));
    expect(await statements()).toEqual(before.map((count) => count + 1));
    await world.sql.rows(`UPDATE ivr_flow SET document = $2, version = 2 WHERE id = $1`, [
      flowId,
      JSON.stringify({ start: { do: 'hangup' }, menus: {} }),
    ]);
    expect(await doing(ask({}, { answer }))).toBe('menu');
    now += 2_000;
    expect(await doing(ask({}, { answer }))).toBe('hangup');
    now += 2_000;
    expect(await doing(ask({}, { answer }))).toBe('hangup');
    // Looked at three times by now, and parsed once each version.
    expect(await statements()).toEqual([(before[0] ?? 0) + 3, (before[1] ?? 0) + 2]);
  });

  it('serves the newer flow to one who has only heard of the older', async () => {
    const flowId = await flow();
    await route({ flowId });
    const directory = new IvrDirectory(world.hot, () => now);
    const answer = answerer({ directory, flows: new KeptFlows(directory) });
    await directory.route({ connectionId: connection.id, country: 'IL' }, '');
    await world.sql.rows(`UPDATE ivr_flow SET document = $2, version = 2 WHERE id = $1`, [
      flowId,
      JSON.stringify({ start: { do: 'hangup' }, menus: {} }),
    ]);
    expect(await doing(ask({}, { answer }))).toBe('hangup');
  });
});

describe('a tenant’s own server', () => {
  it('is asked in our JSON with its headers and a signature, and decides', async () => {
    const secret = newSecret();
    const headers = { authorization: 'Bearer theirs' };
    await route({ url: server.url('/ivr'), headers, secret });
    server.play({ answers: [says({ ...HANGUP, customData: { plan: 'gold' } })] });
    const answer = await ask({ vendorCallId: 'one', menu: 'main', digits: '2' });
    expect(answer).toMatchObject({
      action: { do: 'hangup', recording: 'bye' },
      customData: { plan: 'gold' },
    });
    const [request] = server.requests;
    expect(JSON.parse(request?.body ?? '')).toEqual({
      ...question({ vendorCallId: 'one', menu: 'main', digits: '2' }),
      customData: {},
    });
    expect(request).toMatchObject({ path: '/ivr', headers: { authorization: 'Bearer theirs' } });
    new Webhook(secret).verify(request?.body ?? '', request?.headers ?? {});
  });

  it('that speaks the PBX’s protocol is asked with all that the PBX said, and its answer is handed through', async () => {
    await route({ url: server.url(), protocol: 'same' });
    const body =
      '{ "STATUS": 0, "ACTION":"DIAL", "TARGETS":[{"TARGET":"1","TYPE":"PHONE"}], "NEXT_VO_ID":"4", "NEW":1.50 }';
    server.play({ otherwise: { status: 200, body } });
    const answer = await ask({
      asks: 'layer',
      customData: { deal: '7' },
      raw: { CUSTOM_DATA: { deal: '7' }, X: 'y' },
    });
    expect(answer.given?.body).toBe(body);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({
      METHOD: 'IVR_LAYER_INPUT',
      DATA: { CUSTOM_DATA: { deal: '7' }, X: 'y' },
    });
  });

  it.each<[string, Answer, string]>([
    ['answers 500', 500, 'status'],
    ['says nothing', 200, 'unreadable'],
    ['talks rubbish', { status: 200, body: '<html>' }, 'unreadable'],
    ['gives an answer that we do not know', says({ action: { do: 'dance' } }), 'unreadable'],
    [
      'sends us on to the cloud’s own secrets',
      { status: 302, headers: { location: 'http://169.254.169.254/latest/' } },
      'status',
    ],
    ['breaks the connection', 'reset', 'reset'],
    ['hangs', 'hang', 'timeout'],
  ])('that %s is replaced by the default answer', async (_what, answer, cause) => {
    await route({ url: server.url(), timeoutMs: 150, defaultAnswer: DEFAULT });
    server.play({ otherwise: answer });
    const before = await counted(world.metrics.ivrAnswers, { source: 'url', outcome: cause });
    expect(await ask()).toMatchObject(DEFAULT);
    expect(await counted(world.metrics.ivrAnswers, { source: 'url', outcome: cause })).toBe(before + 1);
    expect(new Set(server.requests.map(({ path }) => path))).toEqual(new Set(['/hook']));
  });

  it('has as long as is set, or what is left of our own deadline', async () => {
    await route({ did: '1', url: server.url(), timeoutMs: 900 });
    await route({ did: '2', url: server.url() });
    const given: number[] = [];
    const directory = new IvrDirectory(world.hot, () => now);
    const slow: AnswerIvrParts['directory'] = {
      route: async (...asked) => {
        const found = await directory.route(...asked);
        now += 1_000;
        return found;
      },
    };
    const tenants: AnswerIvrParts['tenants'] = {
      ask: async (_question, _asker, _route, timeoutMs) => {
        given.push(timeoutMs);
        return { ok: false, cause: 'timeout', reason: '' };
      },
    };
    const answer = answerer({ directory: slow, tenants });
    for (const did of ['1', '2']) await ask({ did }, { answer });
    expect(given).toEqual([900, 1_500]);
  });

  it('that is nowhere, or where nobody may go, is replaced too, and by the fallback where there is no default', async () => {
    await route({ did: '1', url: `http://127.0.0.1:${await freePort()}/` });
    await route({ did: '2', url: 'http://169.254.169.254/latest/', defaultAnswer: DEFAULT });
    expect(await doing(ask({ did: '1' }))).toBe('fallback');
    expect(await doing(ask({ did: '2' }))).toBe('dial');
    for (const outcome of ['refused', 'blocked']) {
      expect(await counted(world.metrics.ivrAnswers, { source: 'url', outcome })).toBe(1);
    }
  });

  it('that is slow keeps only so many of its own callers waiting, and nobody else’s', async () => {
    const other = await makeConnection(world.sql, connection.tenantId);
    await route({ url: server.url(), defaultAnswer: DEFAULT });
    await makeRoute(world.sql, other, { url: server.url() });
    server.play({ otherwise: says(HANGUP) });
    server.hold();
    const answer = answerer();
    const waiting = Array.from({ length: MOST_AT_ONCE }, () => ask({}, { answer }));
    await until('the server to be full', () => server.requests.length === MOST_AT_ONCE);
    expect(await doing(ask({}, { answer }))).toBe('dial');
    const neighbour = ask({}, { answer, of: other });
    await until('the neighbour to be asked about', () => server.requests.length > MOST_AT_ONCE);
    server.release();
    expect(await doing(neighbour)).toBe('hangup');
    expect(await Promise.all(waiting.map(doing))).toEqual(waiting.map(() => 'hangup'));
    expect(await doing(ask({}, { answer }))).toBe('hangup');
  });
});

describe('whatever goes wrong', () => {
  it('the caller gets an answer: of a flow that this build cannot read, the default', async () => {
    await route({ flowId: await flow({ start: 'nowhere', menus: {} }), defaultAnswer: DEFAULT });
    expect(await doing(ask())).toBe('dial');
  });

  it('the caller gets an answer: of a default that this build cannot read, the fallback', async () => {
    await route({ url: 'http://127.0.0.1:1/', defaultAnswer: { action: { do: 'dance' } } });
    expect(await doing(ask())).toBe('fallback');
  });

  it('the caller gets an answer when the database is away, and when our own code fails', async () => {
    const away = new AppError('unavailable', 'database.unavailable', 'away');
    for (const error of [away, new TypeError('ours')]) {
      const answer = answerer({ directory: { route: () => Promise.reject(error) } });
      expect(await doing(ask({}, { answer }))).toBe('fallback');
    }
  });

  it('the caller gets the answer although it cannot be remembered', async () => {
    await route({ flowId: await flow() });
    const contexts = { remember: () => Promise.reject(new TypeError('ours')) };
    const answer = answerer({ contexts });
    expect(await doing(ask({ menu: 'main', digits: '1' }, { answer }))).toBe('dial');
  });
});

describe('what an answer wants to be remembered', () => {
  it('is what the PBX says that it remembers, and what is new over that', async () => {
    await route({ url: server.url() });
    server.play({ otherwise: says({ ...HANGUP, customData: { plan: 'gold' } }) });
    const customData = { plan: 'silver', deal: 9_007_199, vip: true, nothing: null, more: { a: 1 } };
    await ask({ vendorCallId: 'both', customData });
    const remembered = await new CallContexts(world.hot).recall(connection.id, 'both');
    expect(remembered?.data).toEqual({ plan: 'gold', deal: '9007199', vip: 'true', more: '{"a":1}' });
    server.play({ otherwise: 500 });
    await ask({ vendorCallId: 'alone', customData: { deal: '7' } });
    expect((await new CallContexts(world.hot).recall(connection.id, 'alone'))?.data).toEqual({ deal: '7' });
  });

  it('is committed before the answer is given', async () => {
    await route({ flowId: await flow(FLOW) });
    await ask({ vendorCallId: 'kept', menu: 'main', digits: '1' });
    const { data, tenant } = await world.sql.row<{ data: unknown; tenant: string }>(
      `SELECT data, tenant_id AS tenant FROM call_context WHERE connection_id = $1 AND vendor_call_id = 'kept'`,
      [connection.id],
    );
    expect([data, tenant]).toEqual([{ wants: 'sales 1' }, connection.tenantId]);
  });
});
