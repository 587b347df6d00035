import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { EndpointAuth, TenantId } from '#domain';
import { oweDeliveries, oweDelivery } from '../builders/delivery.js';
import { Authority, type Issued } from '../harness/certificates.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { makeEndpoint, makeTenant, setAccess, type TestEndpoint } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

/** Who asked, by his certificate, and on which connection. */
interface Seen {
  shown: string;
  connection: unknown;
  path: string | undefined;
}

describe('an endpoint with a client certificate', () => {
  let world: World;
  let rig: ForwarderRig;
  let root: Authority;
  let acme: Issued;
  let zeta: Issued;
  let server: Server;
  let port: number;
  let tenantId: TenantId;
  let seen: Seen[];

  beforeAll(async () => {
    world = await openWorld();
    root = await Authority.make('Root');
    acme = await root.issue('acme');
    zeta = await root.issue('zeta');
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    rig = new ForwarderRig(world);
    tenantId = await makeTenant(world.sql);
    seen = [];
    const { certificate: cert, privateKey: key } = await root.issue('crm');
    server = createServer(
      { cert, key, ca: root.certificate, requestCert: true },
      ({ socket, url }, response) => {
        const { subject } = (socket as TLSSocket).getPeerCertificate();
        seen.push({ shown: String(subject.CN), connection: socket, path: url });
        response.end();
      },
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterEach(() => {
    rig.close();
    server.close();
    server.closeAllConnections();
  });

  const showing = (issued: Issued, serverAuthority: string | null = root.certificate): EndpointAuth => ({
    kind: 'certificate',
    ...issued,
    serverAuthority,
  });
  const endpointWith = (auth: EndpointAuth, url = `https://127.0.0.1:${port}/hook`): Promise<TestEndpoint> =>
    makeEndpoint(world.sql, tenantId, { url, access: { auth } });

  it('is delivered to, over connections of its own', async () => {
    const [one, two, same] = await Promise.all(
      [acme, zeta, acme].map((issued) => endpointWith(showing(issued))),
    );
    const all = [one, two, same] as TestEndpoint[];
    for (const endpoint of all) await oweDeliveries(world.sql, endpoint, [{}, {}, {}, {}, {}, {}]);
    await Promise.all(all.map((endpoint) => rig.drain(endpoint)));
    for (const endpoint of all) {
      expect((await rig.deliveries(endpoint)).map(({ state }) => state)).toEqual(Array(6).fill('delivered'));
    }
    const shownBy = new Map<unknown, Set<string>>();
    for (const { connection, shown } of seen) {
      shownBy.set(connection, (shownBy.get(connection) ?? new Set()).add(shown));
    }
    expect(seen.filter(({ shown }) => shown === 'acme')).toHaveLength(12);
    expect(seen.filter(({ shown }) => shown === 'zeta')).toHaveLength(6);
    for (const names of shownBy.values()) expect(names.size).toBe(1);
  });

  it('shows a new one on a new connection as soon as it was replaced', async () => {
    const endpoint = await endpointWith(showing(acme));
    await oweDelivery(world.sql, endpoint);
    await rig.drain(endpoint);
    await setAccess(world.sql, endpoint.id, { auth: showing(zeta) });
    await oweDelivery(world.sql, endpoint);
    await rig.drain(endpoint);
    expect(seen.map(({ shown }) => shown)).toEqual(['acme', 'zeta']);
    expect(seen[0]?.connection).not.toBe(seen[1]?.connection);
  });

  it('shows it at every URL of its format', async () => {
    const endpoint = await makeEndpoint(world.sql, tenantId, {
      url: `https://127.0.0.1:${port}/hook`,
      format: 'template',
      formatSettings: { url: `https://127.0.0.1:${port}/calls/{{ id }}`, body: '{}' },
      access: { auth: showing(acme) },
    });
    const { eventId } = await oweDelivery(world.sql, endpoint);
    await rig.drain(endpoint);
    expect(seen).toMatchObject([{ shown: 'acme', path: `/calls/${eventId}` }]);
  });

  it('that is not accepted is tried again by its schedule, and the log says what it may be', async () => {
    const stranger = await (await Authority.make('Stranger')).issue('acme');
    const endpoint = await endpointWith(showing(stranger));
    await oweDelivery(world.sql, endpoint);
    await rig.drain(endpoint);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'due', attempts: 1, refusals: 0 }]);
    expect(await rig.attempts(endpoint)).toMatchObject([
      {
        outcome: 'unreachable',
        status: null,
        error: expect.stringContaining('client certificate') as string,
      },
    ]);
    expect(seen).toEqual([]);
  });

  it('does not trust a server that its own authority did not certify', async () => {
    const { certificate: stranger } = await Authority.make('Stranger');
    const endpoint = await endpointWith(showing(acme, stranger));
    await oweDelivery(world.sql, endpoint);
    await rig.drain(endpoint);
    expect(await rig.attempts(endpoint)).toMatchObject([{ outcome: 'unreachable', status: null }]);
    expect(seen).toEqual([]);
  });

  it('sends nothing in the clear, were its URL changed behind our back', async () => {
    const endpoint = await endpointWith(showing(acme), `http://127.0.0.1:${port}/hook`);
    await oweDelivery(world.sql, endpoint);
    await rig.drain(endpoint);
    expect(await rig.attempts(endpoint)).toMatchObject([
      { outcome: 'refused', error: 'A client certificate can be shown to an https:// URL only.' },
    ]);
  });

  it('leaves nothing of its key in what is kept', async () => {
    const stranger = await (await Authority.make('Stranger')).issue('acme');
    const endpoint = await endpointWith(showing(stranger));
    await oweDelivery(world.sql, endpoint);
    await rig.drain(endpoint);
    const kept = JSON.stringify([
      await world.sql.rows('SELECT * FROM attempt'),
      await world.sql.rows('SELECT reason FROM delivery'),
      await world.sql.rows('SELECT memo FROM mailbox'),
    ]);
    for (const line of stranger.privateKey.split('\n').slice(1, -2)) expect(kept).not.toContain(line);
  });
});
