import {
  AppError,
  DEFAULT_POLICY,
  id,
  instant,
  type ConnectionId,
  type ReceiptId,
  type TenantId,
} from '#domain';
import type { IngressConnection } from '#db';
import { Metrics } from '#platform';
import { TakeWebhook, type Answerers, type Webhook } from './take-webhook.js';

const CONNECTION: IngressConnection = {
  tenantId: id<TenantId>('t'),
  connectionId: id<ConnectionId>('k'),
  dialect: 'voicenter',
  settings: {},
  timeZone: 'Asia/Jerusalem',
  country: 'IL',
  enabled: true,
  matchPolicy: DEFAULT_POLICY,
  limits: null,
};

/** The door with a book for what is done behind it. */
function rig(connection: IngressConnection | undefined, late?: 'late' | 'too late') {
  const done: string[] = [];
  const note = <T>(what: string, result: T): Promise<T> => {
    done.push(what);
    return Promise.resolve(result);
  };
  const answerers: Answerers = {
    popup: () =>
      note('answer', { kind: 'popup', total: 1, contact: { name: 'John', company: null }, url: null }),
    ivr: () => Promise.reject(new Error('asked')),
  };
  const door = new TakeWebhook({
    answerers,
    directory: {
      byToken: () => Promise.resolve(connection),
      byFormerToken: () => Promise.resolve(undefined),
    },
    inbox: { keep: () => note('keep', undefined) },
    ringer: { ring: () => done.push('ring') },
    slowDown: {
      admit: () => {
        if (late === 'too late')
          throw new AppError('unavailable', 'ingress.behind', 'Late.', { status: 503 });
      },
      hold: () => (late === undefined ? undefined : note('hold', undefined)),
    },
    clock: { now: () => instant(0) },
    metrics: new Metrics('test'),
    newReceiptId: () => id<ReceiptId>('r'),
  });
  return { door, done };
}

const webhook = (given: Partial<Webhook> = {}): Webhook => ({
  token: 'swc',
  dialect: 'voicenter',
  route: 'popup',
  method: 'GET',
  query: 'phone=0722776772&ivrid=v-1&extenUser=101&statusCall=Ringing',
  headers: {},
  body: new Uint8Array(),
  sourceIp: '127.0.0.1',
  ...given,
});

describe('a popup', () => {
  it('is kept, rung for and answered', async () => {
    const { door, done } = rig(CONNECTION);
    const reply = await door.take(webhook());
    expect(JSON.parse(reply.body)).toMatchObject({ STATUS: 'OK', CLIENTNAME: 'John', TOTAL: 1 });
    expect(done.sort()).toEqual(['answer', 'keep', 'ring']);
  });

  it('is kept but neither rung for nor answered when it cannot be read', async () => {
    const { door, done } = rig(CONNECTION);
    const reply = await door.take(webhook({ query: 'a=1' }));
    expect([JSON.parse(reply.body), done]).toMatchObject([{ STATUS: 'ERROR' }, ['keep']]);
  });
});

describe('workers that are late', () => {
  const CDR: Partial<Webhook> = {
    route: 'cdr',
    query: 'ivruniqueid=v-1&caller=1&target=2&type=x&status=ANSWER',
  };

  it('let the answer to a webhook wait, when it is kept', async () => {
    const { door, done } = rig(CONNECTION, 'late');
    await door.take(webhook(CDR));
    expect(done).toEqual(['keep', 'ring', 'hold']);
  });

  it('have nothing kept of what is refused for them', async () => {
    const { door, done } = rig(CONNECTION, 'too late');
    await expect(door.take(webhook(CDR))).rejects.toMatchObject({ status: 503 });
    expect(done).toEqual([]);
  });

  it('never hold up whoever asks who is calling', async () => {
    const { door, done } = rig(CONNECTION, 'too late');
    await door.take(webhook());
    expect(done.sort()).toEqual(['answer', 'keep', 'ring']);
  });
});

describe('a look at a URL', () => {
  it('keeps nothing, rings for nobody and asks nobody', async () => {
    const { door, done } = rig(CONNECTION);
    expect(await door.find(webhook())).toMatchObject({ ok: true, connection: CONNECTION });
    expect(done).toEqual([]);
  });

  it.each([
    [undefined, {}, 404],
    [CONNECTION, { dialect: 'globalex' }, 404],
    [CONNECTION, { route: 'constructor' }, 404],
    [{ ...CONNECTION, enabled: false }, {}, 403],
  ])('says no where a webhook is refused (%#)', async (connection, given, status) => {
    const { door, done } = rig(connection);
    expect(await door.find(webhook(given))).toMatchObject({ ok: false, connection, error: { status } });
    await expect(door.take(webhook(given))).rejects.toMatchObject({ status });
    expect(done).toEqual([]);
  });
});
