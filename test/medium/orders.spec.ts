import { createHash, randomBytes } from 'node:crypto';
import {
  numberKey,
  id,
  instant,
  orderOf,
  shapedId,
  shapedSpan,
  type AgentId,
  type Order,
  type TenantId,
} from '#domain';
import { OrderRepository, DoNotCallRepository, TenantScope, type Begun, type NewOrder } from '#db';
import { newId } from '#platform';
import { cdr } from '../builders/cdr.js';
import { ORDERED_NUMBER, makeAccount, makeOrder } from '../builders/dial-attempt.js';
import { makeCall } from '../builders/history.js';
import { EnricherRig } from '../harness/enricher-rig.js';
import { makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const BY = { kind: 'key', id: newId(), name: null } as const;
const PAGE = { limit: 50, after: null };
const OTHER_NUMBER = '+972502345679';
const ACCEPTED = { state: 'accepted', vendorCallId: null, reason: null, code: null } as const;

let world: World;
let scope: TenantScope;
let otherScope: TenantScope;
let tenant: TenantId;
let connection: TestConnection;
/** Stands still, so that nothing passes while a test runs. */
const clock = { at: 0, now: () => instant(clock.at) };
let orders: OrderRepository;
let ofOtherProcess: OrderRepository;

beforeAll(async () => {
  world = await openWorld();
  scope = new TenantScope(world.url, 12);
  otherScope = new TenantScope(world.url, 12);
});
afterAll(async () => {
  await Promise.all([scope.end(), otherScope.end()]);
  await world.close();
});
beforeEach(async () => {
  clock.at = Date.now();
  orders = new OrderRepository(scope, clock);
  ofOtherProcess = new OrderRepository(otherScope, clock);
  tenant = await makeTenant(world.sql);
  connection = await makeConnection(world.sql, tenant);
  await makeAccount(world.sql, connection);
});

/** A click on a number; the same click as another one where it is said so. */
function draft(
  phone: string = ORDERED_NUMBER,
  { more = {}, ...fields }: Partial<NewOrder> & { more?: Partial<Order> } = {},
): NewOrder {
  const first = { kind: 'extension', value: '101' } as const;
  const order = orderOf('call', first, { kind: 'number', value: phone }, more);
  const by = { source: 'api', actor: 'key:1', agentId: null } as const;
  return {
    ...by,
    connectionId: connection.id,
    order,
    sameKey: randomBytes(32),
    despiteDoNotCall: [],
    ...fields,
  };
}

async function begun(of: NewOrder): Promise<Extract<Begun, { kind: 'begun' }>['order']> {
  const answer = await orders.begin(tenant, of);
  if (answer.kind !== 'begun') throw new Error(`not begun: ${JSON.stringify(answer)}`);
  return answer.order;
}

const kinds = (answers: Begun[]) =>
  answers.map((answer) => (answer.kind === 'held' ? answer.gate : answer.kind)).sort();
const rows = () => world.sql.count('SELECT count(*) FROM dial_attempt WHERE tenant_id = $1', [tenant]);

describe('an order that is begun', () => {
  it('is kept as being sent before anybody can send it, to be looked at should its sender die', async () => {
    const answer = await orders.begin(tenant, draft());
    expect(answer).toMatchObject({ kind: 'begun', account: { connectionId: connection.id } });
    const row = await world.sql.row(
      `SELECT state, phone, extension, settled_at, look_at > sent_at + interval '45 s' AS later FROM dial_attempt
       WHERE tenant_id = $1`,
      [tenant],
    );
    expect(row).toEqual({
      state: 'sending',
      phone: ORDERED_NUMBER,
      extension: '101',
      settled_at: null,
      later: true,
    });
  });

  it('is one, however often the same is asked for at once; and the same, a moment later', async () => {
    const click = draft();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? orders : ofOtherProcess).begin(tenant, click)),
    );
    expect(kinds(answers)).toEqual(['begun', ...Array.from({ length: 9 }, () => 'repeat')]);
    expect(new Set(answers.map((one) => 'order' in one && one.order.id)).size).toBe(1);
    expect(await rows()).toBe(1);
    clock.at += 1_900;
    expect((await orders.begin(tenant, click)).kind).toBe('repeat');
    clock.at += 200;
    expect(kinds([await orders.begin(tenant, click)])).toEqual(['open_call']);
  });

  it('is the same also where it had to wait for its turn', async () => {
    const click = draft();
    const first = await orders.begin(tenant, click);
    const waits = orders.begin(tenant, click);
    const askedAt = instant(clock.at);
    clock.at += 10_000;
    expect((await waits).kind).toBe('repeat');
    // It has ended meanwhile: whoever asked for it twice is not called twice.
    await world.sql.rows(`UPDATE dial_attempt SET state = 'ended' WHERE tenant_id = $1`, [tenant]);
    const later = await ofOtherProcess.begin(tenant, { ...click, askedAt });
    expect(later).toMatchObject({ kind: 'repeat', order: { id: 'order' in first && first.order.id } });
    expect((await orders.begin(tenant, click)).kind).toBe('begun');
  });

  it('is the only one to its number, of two that come at once', async () => {
    const answers = await Promise.all([orders.begin(tenant, draft()), ofOtherProcess.begin(tenant, draft())]);
    expect(kinds(answers)).toEqual(['begun', 'open_call']);
  });

  it('is the only one to its number on all PBXs of the tenant: there the index holds the second one back', async () => {
    const second = await makeConnection(world.sql, tenant);
    await makeAccount(world.sql, second);
    const bothRead = gathering(2);
    const slowly = (of: TenantScope) =>
      new OrderRepository(
        Object.assign(Object.create(of) as TenantScope, {
          forTenant: (whose: TenantId, work: (tx: never) => Promise<unknown>) =>
            of.forTenant(whose, (tx) => work(heldBefore(tx, bothRead) as never)),
        }),
        clock,
      );
    const answers = await Promise.all([
      slowly(scope).begin(tenant, draft()),
      slowly(otherScope).begin(tenant, draft(ORDERED_NUMBER, { connectionId: second.id })),
    ]);
    expect(kinds(answers)).toEqual(['begun', 'open_call']);
    expect(await rows()).toBe(1);
  });

  it('may be to a number that another tenant calls', async () => {
    await begun(draft());
    const stranger = await makeTenant(world.sql, 'Other');
    const theirs = await makeConnection(world.sql, stranger);
    await makeAccount(world.sql, theirs);
    const answer = await orders.begin(stranger, draft(ORDERED_NUMBER, { connectionId: theirs.id }));
    expect(answer.kind).toBe('begun');
  });

  it('may hold what PostgreSQL does not take in its text', async () => {
    const variables = { na: 'half \ud83d and \0' };
    const order = await begun(draft(ORDERED_NUMBER, { more: { variables } }));
    const settled = await orders.settle(tenant, order.id, {
      ...ACCEPTED,
      vendorCallId: 'a\0b',
      reason: '\0',
    });
    expect([settled.vendorCallId, settled.order.variables]).toEqual(['ab', { na: 'half \ufffd and ' }]);
  });
});

describe('the gate', () => {
  it('ends an open order whose call is over by our own record, and has it told', async () => {
    const open = await makeOrder(world.sql, connection, {
      state: 'answered',
      vendorCallId: 'over',
      lookInMs: 60_000,
    });
    expect(kinds([await orders.begin(tenant, draft())])).toEqual(['open_call']);
    await makeCall(world.sql, connection, { vendorCallId: 'over' });
    expect((await orders.begin(tenant, draft())).kind).toBe('begun');
    const ended = await world.sql.row('SELECT state, look_at <= $2 AS due FROM dial_attempt WHERE id = $1', [
      open,
      new Date(clock.at),
    ]);
    expect(ended).toEqual({ state: 'ended', due: true });
  });

  it('holds back what is on the list of numbers not to call, in any form of it, unless that may be called anyway', async () => {
    const list = new DoNotCallRepository(scope, clock);
    const [old, today] = ['+5215512345678', '+525512345678'];
    await list.add(tenant, [{ e164: old, name: null }], 'api', BY);
    const held = await orders.begin(tenant, draft(today));
    expect(held).toMatchObject({ kind: 'held', verdict: 'blocked', gate: 'do_not_call' });
    expect(await rows()).toBe(0);
    const audited = () =>
      world.sql.rows(
        `SELECT actor, changes FROM audit_entry WHERE action = 'order.placed_despite_do_not_call' AND tenant_id = $1`,
        [tenant],
      );
    expect(await audited()).toEqual([]);
    expect((await orders.begin(tenant, draft(today, { despiteDoNotCall: [today] }))).kind).toBe('begun');
    const numbers = { from: null, to: [numberKey(today)] };
    expect(await audited()).toMatchObject([{ changes: { numbers } }]);
  });

  it('holds back what is on the list also where it is rung first', async () => {
    await new DoNotCallRepository(scope, clock).add(tenant, [{ e164: OTHER_NUMBER, name: null }], 'api', BY);
    const order = orderOf(
      'call',
      { kind: 'number', value: OTHER_NUMBER },
      { kind: 'number', value: ORDERED_NUMBER },
    );
    expect(kinds([await orders.begin(tenant, draft(ORDERED_NUMBER, { order }))])).toEqual(['do_not_call']);
  });

  it('lets no more through in a second than the account allows, whichever process they come to', async () => {
    await world.sql.rows('UPDATE pbx_account SET per_second = 3 WHERE connection_id = $1', [connection.id]);
    const numbers = Array.from({ length: 8 }, (_, at) => `+97250234${String(5_000 + at)}`);
    const answers = await Promise.all(
      numbers.map((number, at) => (at % 2 === 0 ? orders : ofOtherProcess).begin(tenant, draft(number))),
    );
    expect(kinds(answers)).toEqual([
      ...Array.from({ length: 3 }, () => 'begun'),
      ...Array.from({ length: 5 }, () => 'rate'),
    ]);
    for (const answer of answers) {
      if (answer.kind === 'held' && answer.verdict === 'wait') expect(answer.until).toBeGreaterThan(clock.at);
    }
    clock.at += 1_000;
    expect((await orders.begin(tenant, draft())).kind).toBe('begun');
  });

  it('lets no more wait for the PBX’s answer than the account allows', async () => {
    await world.sql.rows('UPDATE pbx_account SET at_once = 1 WHERE connection_id = $1', [connection.id]);
    const first = await begun(draft());
    expect(kinds([await orders.begin(tenant, draft(OTHER_NUMBER))])).toEqual(['at_once']);
    await orders.settle(tenant, first.id, ACCEPTED);
    expect((await orders.begin(tenant, draft(OTHER_NUMBER))).kind).toBe('begun');
  });

  it('says so where the connection has no account, or one that is switched off', async () => {
    const bare = await makeConnection(world.sql, tenant);
    expect(await orders.begin(tenant, draft(ORDERED_NUMBER, { connectionId: bare.id }))).toEqual({
      kind: 'no_account',
    });
    await makeAccount(world.sql, bare, { enabled: false });
    const off = await orders.begin(tenant, draft(ORDERED_NUMBER, { connectionId: bare.id }));
    expect(kinds([off])).toEqual(['account_disabled']);
  });
});

describe('what the PBX answered', () => {
  it('is written once, and brings an order only forward', async () => {
    const { id: orderId } = await begun(draft());
    const unknown = { ...ACCEPTED, state: 'unknown', reason: 'It timed out.' } as const;
    expect((await orders.settle(tenant, orderId, unknown)).state).toBe('unknown');
    const found = await orders.settle(tenant, orderId, { ...ACCEPTED, vendorCallId: 'v' });
    expect(found).toMatchObject({ state: 'accepted', vendorCallId: 'v', settledAt: clock.at });
    for (const late of [unknown, { ...ACCEPTED, state: 'refused', reason: 'busy' } as const])
      expect((await orders.settle(tenant, orderId, late)).state).toBe('accepted');
  });

  it('gives the call what was ordered: its record and its events have the order’s id and variables', async () => {
    const order = await begun(
      draft(ORDERED_NUMBER, { more: { variables: { lead: '7', order_id: 'mine' } } }),
    );
    await orders.settle(tenant, order.id, { ...ACCEPTED, vendorCallId: 'v-1' });
    const enricher = new EnricherRig(world);
    await enricher.takeIn(connection, cdr({ ivruniqueid: 'v-1' }));
    await enricher.drain(connection);
    const [event] = await enricher.events(connection);
    expect(event?.payload.customData).toMatchObject({ order_id: order.id, lead: '7' });
  });
});

describe('an order is found again', () => {
  it('by the PBX’s ids of its call, the last of those that had one', async () => {
    await makeOrder(world.sql, connection, { state: 'ended', vendorCallId: 'v', sentAgoMs: 60_000 });
    const last = await makeOrder(world.sql, connection, { state: 'accepted', vendorCallId: 'v' });
    const found = await orders.byVendorCallIds(tenant, connection.id, ['v', 'of nobody']);
    expect([...found].map(([vendorCallId, order]) => [vendorCallId, order.id])).toEqual([['v', last]]);
  });

  it('by its id in a vendor’s shape, and no other by one that is like it', async () => {
    const order = await begun(draft());
    await begun(draft(OTHER_NUMBER));
    const shape = shapedId(order.id, 'Asia/Jerusalem');
    const spanOf = (text: string) => shapedSpan(text) ?? { from: instant(0), to: instant(0), tail: '' };
    expect((await orders.bySpan(tenant, spanOf(shape.toUpperCase())))?.id).toBe(order.id);
    const hash = createHash('sha256').update(shape).digest('hex').slice(0, 18);
    expect(await orders.bySpan(tenant, spanOf(shape.slice(0, 14) + hash))).toBeUndefined();
  });

  it('in a list that may be of a connection, a state, an agent or a number, latest first', async () => {
    const second = await makeConnection(world.sql, tenant);
    const agentId = id<AgentId>(newId());
    const over = { state: 'ended', lookInMs: null } as const;
    const first = await makeOrder(world.sql, connection, over);
    const refused = await makeOrder(world.sql, second, { ...over, state: 'refused', phone: OTHER_NUMBER });
    const ofAgent = await makeOrder(world.sql, connection, over);
    await world.sql.rows('UPDATE dial_attempt SET agent_id = $2 WHERE id = $1', [ofAgent, agentId]);
    const ids = async (filter: Parameters<OrderRepository['list']>[1]) =>
      (await orders.list(tenant, filter, PAGE)).items.map((order) => order.id);
    expect(await ids({})).toEqual([ofAgent, refused, first]);
    expect(await ids({ connectionId: second.id })).toEqual([refused]);
    expect(await ids({ state: 'ended' })).toEqual([ofAgent, first]);
    expect(await ids({ agentId })).toEqual([ofAgent]);
    expect(await ids({ phone: ORDERED_NUMBER })).toEqual([ofAgent, first]);
    const page = await orders.list(tenant, {}, { limit: 2, after: null });
    expect(page.next).not.toBeNull();
    const rest = await orders.list(tenant, {}, { limit: 2, after: page.next });
    expect(rest.items.map((order) => order.id)).toEqual([first]);
  });
});

/** Resolves when so many have come. */
function gathering(many: number): () => Promise<void> {
  let come = 0;
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (open = resolve));
  return () => {
    come += 1;
    if (come >= many) open();
    return all;
  };
}

/** A transaction that writes no order before `ready`: whatever its gate reads was read by then. */
function heldBefore<T extends { dialAttempt: { create(args: never): Promise<unknown> } }>(
  tx: T,
  ready: () => Promise<void>,
): T {
  const { dialAttempt } = tx;
  const create = async (args: never) => {
    await ready();
    return dialAttempt.create(args);
  };
  const held = new Proxy(dialAttempt, {
    get: (target, name) => (name === 'create' ? create : (Reflect.get(target, name) as unknown)),
  });
  return new Proxy(tx, {
    get: (target, name) => (name === 'dialAttempt' ? held : (Reflect.get(target, name) as unknown)),
  });
}
