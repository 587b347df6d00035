import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { TestIngress } from './ingress.js';
import { SocketPbx, type SocketPbxTraits } from './socket-pbx.js';
import { makeConnection, makeTenant, type TestConnection } from './tenant.js';
import { until } from './until.js';

/** An ingress for a file of tests, with a fresh connection of an Asterisk for each, whose sockets end with the test. */
export class SocketDesk {
  private running: TestIngress | undefined;
  private fresh: TestConnection | undefined;
  private readonly pbxs: SocketPbx[] = [];

  /** Registers what is done before and after the tests of the file. */
  constructor() {
    beforeAll(async () => {
      this.running = await TestIngress.open();
    });
    afterAll(() => this.running?.close());
    beforeEach(async () => {
      const tenant = await makeTenant(this.ingress.world.sql);
      this.fresh = await makeConnection(this.ingress.world.sql, tenant, { dialect: 'asterisk' });
    });
    afterEach(async () => {
      await Promise.all(this.pbxs.splice(0).map((pbx) => pbx.end()));
    });
  }

  get ingress(): TestIngress {
    if (this.running === undefined) throw new Error('The ingress is not open yet.');
    return this.running;
  }

  get connection(): TestConnection {
    if (this.fresh === undefined) throw new Error('There is no connection yet.');
    return this.fresh;
  }

  /** Every socket of the test. */
  get dialled(): readonly SocketPbx[] {
    return this.pbxs;
  }

  /** The PBX dials one of the lines of the connection. */
  async open(route: 'ari' | 'ari-2', traits: SocketPbxTraits = {}): Promise<SocketPbx> {
    const url = `ws://127.0.0.1:${this.ingress.port}${this.connection.basePath}/${route}`;
    return this.endsWithTest(await SocketPbx.open(url, traits));
  }

  endsWithTest(pbx: SocketPbx): SocketPbx {
    this.pbxs.push(pbx);
    return pbx;
  }

  /** Until so many messages of the connection are kept. */
  kept(count: number): Promise<unknown> {
    return until(
      `${String(count)} receipts`,
      async () => (await this.ingress.kept(this.connection)) >= count,
    );
  }

  /** Messages that are kept, in the order in which they came. */
  async bodies(): Promise<string[]> {
    return (await this.ingress.receipts(this.connection)).map(({ body }) => body.toString());
  }

  async typesKept(): Promise<string[]> {
    return (await this.bodies()).map((body) => (JSON.parse(body) as { type: string }).type);
  }
}
