import { setTimeout as delay } from 'node:timers/promises';
import type { CallView } from '#domain';
import type { AsteriskProgram } from '../../../apps/simulator/index.js';
import type { Backend } from '../backends.js';
import { Chain, type Part } from '../chain.js';
import { makeConnection, type TestConnection } from '../tenant.js';
import { until } from '../until.js';
import { AsteriskOffice, type OfficeOptions } from './asterisk-office.js';

const OPERATOR_KEY = `sk_${'e2e'.repeat(15)}`;
const PLACED = ['accepted', 'ringing', 'answered', 'ended'];
const OPEN = ['reserved', 'sending', 'unknown', 'orphaned'];
const AGAIN_MS = 400;
const LISTED_AT_ONCE = 200;

export interface OrderAnswer {
  id: string;
  state: string;
  reason: string | null;
  vendorCallId: string | null;
}

/** A real Asterisk that dials the real product, and a CRM that is told of its calls. */
export class AsteriskDesk {
  private constructor(
    readonly chain: Chain,
    readonly office: AsteriskOffice,
    readonly connection: TestConnection,
  ) {}

  /**
   * @param other  what is otherwise in the office; `lines`: with two, the second WebSocket goes to a second process of ours
   */
  static async open(
    backend: Backend,
    program: AsteriskProgram,
    { lines = 1, ...other }: Pick<OfficeOptions, 'registering' | 'trunkAt'> & { lines?: 1 | 2 } = {},
  ): Promise<AsteriskDesk> {
    const chain = await Chain.open(backend, {
      eventTypes: ['*', 'order.*'],
      concurrency: 20,
      ordered: false,
    });
    const connection = await makeConnection(chain.sql, chain.endpoint.tenantId, {
      dialect: 'asterisk',
      timeZone: 'UTC',
      settings: { trunks: ['trunk'] },
    });
    await chain.startWith({ ADMIN_KEY: OPERATOR_KEY }, 'api');
    await chain.start('ingress', 'enricher', 'forwarder');
    if (lines === 2) await chain.start('second ingress');
    const lineAt = (part: 'ingress' | 'second ingress', route: string): string =>
      `${chain.process(part).url(connection.basePath).replace('http', 'ws')}/${route}`;
    let asked = 0;
    const office = await AsteriskOffice.open({
      ...other,
      program,
      uri: lineAt('ingress', 'ari'),
      ...(lines === 2 && { secondUri: lineAt('second ingress', 'ari-2') }),
      ringSeconds: 4,
      answersAfterMs: () => 300 + ((asked++ * 137) % 700),
    });
    const desk = new AsteriskDesk(chain, office, connection);
    await desk.put(`/v1/connections/${connection.id}/pbx-account`, {
      settings: { trunks: 'trunk' },
      secrets: {},
    });
    return desk;
  }

  /** Reads nothing any more of what it is told, as on a machine that has too much to do. */
  freeze(part: Part): void {
    this.chain.process(part).signal('SIGSTOP');
  }

  /** Which socket a line has open: another one each time. Undefined while it has none, as far as is known. */
  async socketOf(line: number): Promise<string | undefined> {
    const [open] = await this.chain.sql.rows<{ fence: string }>(
      "SELECT fence::text FROM pbx_socket WHERE connection_id = $1 AND line = $2 AND state = 'up'",
      [this.connection.id, line],
    );
    return open?.fence;
  }

  /** kill -9, and there again. */
  async kill(...parts: Part[]): Promise<void> {
    await Promise.all(parts.map((part) => this.chain.process(part).kill()));
    await this.chain.start(...parts);
  }

  /** Until the CRM was told of the end of each of these calls. */
  async untilTold(ids: Iterable<string>): Promise<void> {
    const wanted = [...ids];
    await this.untilKnown(wanted).catch(async (error: unknown) => {
      const told = new Set(this.toldOfEnd());
      const records = await this.records();
      const missing = wanted.filter((id) => !told.has(id)).map((id) => JSON.stringify(records.get(id)));
      throw new Error(`${String(error)}\n${missing.slice(0, 3).join('\n')}`, { cause: error });
    });
  }

  private async untilKnown(wanted: readonly string[]): Promise<void> {
    await until(
      'the end of each call to be told',
      () => {
        const told = new Set(this.toldOfEnd());
        const missing = wanted.filter((id) => !told.has(id));
        if (missing.length === 0) return true;
        throw new Error(`${String(missing.length)} are missing: ${missing.slice(0, 5).join()}`);
      },
      45_000,
    );
  }

  /** One order. `status` is 201 where it was taken. */
  async order(extension: string, number: string, key: string): Promise<OrderAnswer & { status: number }> {
    const body = {
      connectionId: this.connection.id,
      first: { kind: 'extension', value: extension },
      second: { kind: 'number', value: number },
    };
    const { status, text } = await this.send('POST', '/v1/orders', body, { 'idempotency-key': key });
    return { ...(JSON.parse(text) as OrderAnswer), status };
  }

  /** Orders until the PBX takes it: what it refused was not dialled, and of what nobody knows it is found out. */
  async orderUntilPlaced(extension: string, number: string): Promise<OrderAnswer> {
    let tries = 0;
    return until(
      `an order to ${number} to be placed`,
      async () => {
        const before = await this.ordersTo(number);
        const placed = before.find(({ state }) => PLACED.includes(state));
        if (placed !== undefined || before.some(({ state }) => OPEN.includes(state))) return placed;
        await delay(tries === 0 ? 0 : AGAIN_MS);
        tries += 1;
        await this.order(extension, number, `${number} ${String(tries)}`);
        return undefined;
      },
      60_000,
    );
  }

  private async ordersTo(number: string): Promise<OrderAnswer[]> {
    const international = `+972${number.slice(1)}`;
    const path = `/v1/orders?number=${encodeURIComponent(international)}`;
    return (await this.ask<{ data: OrderAnswer[] }>('GET', path)).data;
  }

  orderState(id: string): Promise<OrderAnswer> {
    return this.ask<OrderAnswer>('GET', `/v1/orders/${id}`);
  }

  /** Every call as the product shows it, by the id that the PBX gives it. */
  async records(): Promise<Map<string, CallView>> {
    const found = new Map<string, CallView>();
    let cursor = '';
    do {
      const path = `/v1/calls?limit=${String(LISTED_AT_ONCE)}${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page = await this.ask<{ data: CallView[]; nextCursor: string | null }>('GET', path);
      for (const call of page.data) found.set(call.vendorCallId, call);
      cursor = page.nextCursor ?? '';
    } while (cursor !== '');
    return found;
  }

  /** Ids of the calls of whose end the CRM was told, once for each message: what is sent again after a kill has the id that it had. */
  toldOfEnd(): string[] {
    const ends = this.chain.crm.delivered.filter(({ event }) => event.type === 'call.ended');
    const messages = new Map(ends.map(({ headers, event }) => [headers['webhook-id'], event]));
    return [...messages.values()].map(({ data }) => data.vendorCallId);
  }

  put(path: string, body: object): Promise<unknown> {
    return this.ask('PUT', path, body);
  }

  async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const { status, text } = await this.send(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${String(status)} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as T;
  }

  private async send(method: string, path: string, body?: object, more: Record<string, string> = {}) {
    const answer = await fetch(this.chain.process('api').url(path), {
      method,
      headers: {
        authorization: `Bearer ${OPERATOR_KEY}`,
        'switchhook-tenant': this.chain.endpoint.tenantId,
        ...(body && { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  }

  async close(): Promise<void> {
    await this.office.close();
    await this.chain.close();
  }
}
