import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { BACKENDS } from '../harness/backends.js';
import { Chain } from '../harness/chain.js';
import { until } from '../harness/until.js';

/** `IMPORT_ROWS=1000000 npm test -- --e2e import-killed` plays the whole promise, and tells how long it takes. */
const ROWS = Number(process.env['IMPORT_ROWS'] ?? 20_000);
const AT_FULL_SIZE = ROWS >= 1_000_000;
/** Parts of the file that are imported when the process is killed. */
const KILL_AT = [0.3, 0.6];
const WITHIN_MS = 60_000 + ROWS / 4;
/** What an import may need beside what the process needs anyway. */
const MOST_MORE_MB = 300;
const OPERATOR_KEY = `sk_${'e2e'.repeat(15)}`;
const ROWS_IN_A_PIECE = 1_000;

function* fileOf(rows: number): Generator<string> {
  yield 'id,name,company,mobile,segment\n';
  for (let from = 0; from < rows; from += ROWS_IN_A_PIECE) {
    const piece = Array.from({ length: Math.min(ROWS_IN_A_PIECE, rows - from) }, (_, at) => {
      const row = from + at;
      return `c-${row},"Person ${row}, the ${row % 97}th",Company ${row % 5_000},+9725${20_000_000 + row},s${row % 7}\n`;
    });
    yield piece.join('');
  }
}

const megabytesOf = (pid: number) =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

describe.each(BACKENDS)('when the forwarder is killed in the middle of an import, on $name', (backend) => {
  let chain: Chain;

  beforeEach(async () => {
    chain = await Chain.open(backend);
    await chain.startWith({ ADMIN_KEY: OPERATOR_KEY }, 'api', 'forwarder');
  });
  afterEach(() => chain.close());

  async function ask(path: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
    const answer = await fetch(chain.process('api').url(path), {
      method: 'POST',
      ...init,
      headers: {
        authorization: `Bearer ${OPERATOR_KEY}`,
        'switchhook-tenant': chain.endpoint.tenantId,
        'content-type': 'application/json',
        ...init.headers,
      },
    });
    expect(answer.ok).toBe(true);
    return (await answer.json()) as Record<string, unknown>;
  }

  it(
    'the next one carries it on: each row is one contact',
    async () => {
      const restMb = {
        api: megabytesOf(chain.process('api').pid),
        forwarder: megabytesOf(chain.process('forwarder').pid),
      };
      const begun = Date.now();
      const { id } = await ask('/v1/contacts/imports?country=IL', {
        headers: { 'content-type': 'text/csv' },
        body: Readable.toWeb(Readable.from(fileOf(ROWS))) as ReadableStream,
        duplex: 'half',
      });
      const apiMb = megabytesOf(chain.process('api').pid);
      const sentMs = Date.now() - begun;
      const columns = ['externalId', 'name', 'company', 'phone:mobile', 'metadata:segment'];
      await ask(`/v1/contacts/imports/${String(id)}/start`, { body: JSON.stringify({ columns }) });
      const made = () => chain.sql.count(`SELECT made FROM import WHERE id = $1`, [id]);

      let forwarderMb = 0;
      const look = () => {
        forwarderMb = Math.max(forwarderMb, megabytesOf(chain.process('forwarder').pid));
      };
      for (const part of KILL_AT) {
        await until(
          'a part to be imported',
          async () => {
            look();
            return (await made()) >= part * ROWS;
          },
          WITHIN_MS,
        );
        if (AT_FULL_SIZE) continue;
        await chain.process('forwarder').kill();
        expect(await made()).toBeLessThan(ROWS);
        await chain.start('forwarder');
      }
      await until(
        'all of it to be imported',
        async () => {
          look();
          return (await chain.sql.count(`SELECT count(*) FROM import WHERE state = 'done'`)) === 1;
        },
        WITHIN_MS,
      );
      const tookMs = Date.now() - begun;
      if (AT_FULL_SIZE) {
        const memory = { restMb, apiMb, forwarderMb };
        process.stderr.write(`${JSON.stringify({ rows: ROWS, sentMs, tookMs, ...memory })}\n`);
      }

      expect(await chain.sql.row(`SELECT rows, made, failed FROM import`)).toEqual({
        rows: ROWS,
        made: ROWS,
        failed: 0,
      });
      const kept = `SELECT count(*)::int AS contacts, count(DISTINCT external_id)::int AS ids FROM contact`;
      expect(await chain.sql.row(kept)).toEqual({ contacts: ROWS, ids: ROWS });
      expect(await chain.sql.count(`SELECT count(DISTINCT e164) FROM contact_phone`)).toBe(ROWS);
      expect(apiMb - restMb.api).toBeLessThan(MOST_MORE_MB);
      expect(forwarderMb - restMb.forwarder).toBeLessThan(MOST_MORE_MB);
    },
    4 * WITHIN_MS,
  );
});
