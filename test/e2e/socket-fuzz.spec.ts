import { dialectNamed, DIALECTS } from '#dialects';
import { seededRandom } from '../../apps/simulator/pbx/random.js';
import { BACKENDS } from '../harness/backends.js';
import { Chain } from '../harness/chain.js';
import { Fuzzer, type FuzzedRequest } from '../harness/fuzzed-request.js';
import { makeConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';
import { Wire } from '../harness/wire.js';

const REQUESTS = 10_000;
/** Of sound ones, on one connection. */
const IN_A_ROW = 40;
const LANES = 16;
const WITHIN_MS = 30_000;
const SEED = 20_261_128;

const [backend] = BACKENDS;

describe('ten thousand fuzzed requests of each dialect at the socket', () => {
  let chain: Chain;
  beforeAll(async () => {
    if (!backend) throw new Error('There is no queue.');
    chain = await Chain.open(backend);
  });
  afterAll(() => chain.close());

  it.each(DIALECTS.map(({ name }) => name))('of %s: each that was whole is kept or counted', async (name) => {
    await chain.start('ingress');
    const ingress = chain.process('ingress');
    const connection = await makeConnection(chain.sql, chain.endpoint.tenantId, { dialect: name });
    const random = seededRandom(SEED);
    const fuzzer = new Fuzzer(random, connection.basePath, dialectNamed(name)?.routes ?? [], name);
    const requests = Array.from({ length: REQUESTS }, () => fuzzer.make());
    const statuses = await sendAll(ingress.port, fuzzer, requests);
    expect([...statuses].filter((status) => status >= 500)).toEqual([]);
    expect(ingress.running).toBe(true);
    expect(await ingress.stop()).toEqual({ code: 0, signal: null });
    expect(ingress.stdout).not.toMatch(/"level":"(error|fatal)"/);

    // Of a list whose elements are not all readable, each that is not has a receipt of its own beside the list's.
    const rows = await chain.sql.rows<{ id: string; read: number; count: number }>(
      `SELECT substring(query from 'fz=([0-9]+)') AS id, count(*) FILTER (WHERE state <> 'unparsed')::int AS read,
              count(*)::int AS count
       FROM receipt WHERE connection_id = $1 GROUP BY 1`,
      [connection.id],
    );
    const kept = new Map(rows.map(({ id, read, count }) => [Number(id), read > 0 ? read : count]));
    const counts = await chain.sql.rows<{ reason: string; count: number }>(
      `SELECT reason, sum(count)::int AS count FROM ingress_refusal WHERE connection_id = $1 GROUP BY 1`,
      [connection.id],
    );
    const refused = new Map(counts.map(({ reason, count }) => [reason, count]));
    const whole = requests.filter(({ kind }) => kind !== 'cut');
    const missing = whole.filter(({ id }) => !kept.has(id));
    expect(whole.filter(({ id }) => (kept.get(id) ?? 0) > 1)).toEqual([]);
    expect(requests.filter(({ id, kind }) => kind === 'cut' && kept.has(id))).toEqual([]);
    // Each that was whole and is not kept was counted for a reason of its own; of what was cut off, what was refused before its
    // end was missed.
    const reasons = ['method', 'unknown_route', 'bad_body', 'url_too_long', 'not_upgraded'].map(
      (reason) => refused.get(reason) ?? 0,
    );
    const counted = reasons.reduce((sum, count) => sum + count, 0);
    const cut = requests.length - whole.length;
    expect([missing.length <= counted, counted <= missing.length + cut]).toEqual([true, true]);
    // Of sound ones nothing is refused but what has no place to go.
    // A GET to a PBX's WebSocket that asks for none is a mistake of whoever set it up.
    const noPlace = dialectNamed(name)?.socket === undefined ? /^PUT|\/nowhere\?/ : /^PUT|^GET|\/nowhere\?/;
    const lost = missing.filter(
      ({ kind, bytes }) => kind === 'sound' && !noPlace.test(bytes.toString('latin1', 0, 200)),
    );
    expect(lost.map(({ bytes }) => bytes.toString('latin1', 0, 300))).toEqual([]);
  });
});

/** @returns every status that was answered */
async function sendAll(
  port: number,
  fuzzer: Fuzzer,
  requests: readonly FuzzedRequest[],
): Promise<Set<number>> {
  const statuses = new Set<number>();
  const batches: FuzzedRequest[][] = [];
  const row: FuzzedRequest[] = [];
  for (const request of requests) {
    if (request.kind === 'sound') row.push(request);
    else batches.push([request]);
    if (row.length === IN_A_ROW) batches.push(row.splice(0));
  }
  batches.push(row);
  const lane = async (): Promise<void> => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) {
      for (const status of await send(port, fuzzer, batch)) statuses.add(status);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return statuses;
}

async function send(port: number, fuzzer: Fuzzer, batch: readonly FuzzedRequest[]): Promise<number[]> {
  const [first] = batch;
  if (!first) return [];
  const wire = await Wire.open(port);
  for (const piece of fuzzer.split(Buffer.concat(batch.map(({ bytes }) => bytes)))) await wire.send(piece);
  if (first.kind === 'cut') {
    if (fuzzer.chance(0.5)) wire.reset();
    else wire.socket.end();
    return [];
  }
  // Some are gone before they are answered.
  if (first.kind === 'odd' && fuzzer.chance(0.3)) {
    wire.reset();
    return [];
  }
  await until('the answers', () => wire.statuses.length >= batch.length || wire.ended, WITHIN_MS);
  const { statuses } = wire;
  wire.close();
  return statuses;
}
