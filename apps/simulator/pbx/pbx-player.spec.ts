import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ackOf } from './ack-of.js';
import { PbxPlayer, type Ack, type OutgoingMessage, type PlayerOptions } from './pbx-player.js';

const OK = '{"err":"0","errdesc":"OK"}';
type Answer = { status: number; body?: string } | 'reset' | 'wait';

let server: Server;
let bodies: string[];
let atOnce: number;
let mostAtOnce: number;
let waiting: (() => void)[];

/** An ingress that follows a script, then says OK. */
async function ingress(answers: Answer[] = []): Promise<string> {
  [bodies, waiting, atOnce, mostAtOnce] = [[], [], 0, 0];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      mostAtOnce = Math.max(mostAtOnce, (atOnce += 1));
      const answer = answers.shift() ?? { status: 200 };
      const finish = () => {
        atOnce -= 1;
        if (answer === 'reset') response.socket?.resetAndDestroy();
        else
          response
            .writeHead(answer === 'wait' ? 200 : answer.status)
            .end(answer === 'wait' ? OK : (answer.body ?? OK));
      };
      if (answer === 'wait') waiting.push(finish);
      else finish();
      // Held until as many wait as may, so that the test sees the bound and not the speed.
      if (waiting.length === 3) waiting.splice(0).forEach((go) => go());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/in/token/voicenter/cdr`;
}

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function* messages(count: number): Generator<OutgoingMessage> {
  for (let at = 0; at < count; at += 1)
    yield { id: `call-${String(at)}`, contentType: 'application/json', body: `{"n":${String(at)}}` };
}

function player(url: string, options: Partial<PlayerOptions> = {}) {
  return new PbxPlayer({ url, rate: Infinity, inFlight: 4, retryWaitsMs: [0, 0], ...options });
}

describe('the PBX player', () => {
  it('sends everything once to an ingress that is well', async () => {
    const acks: Ack[] = [];
    const report = await player(await ingress(), { onAck: (ack) => acks.push(ack) }).play(messages(20));
    expect(report).toMatchObject({
      sent: 20,
      accepted: 20,
      refused: 0,
      failed: 0,
      retries: 0,
      statuses: { 200: 20 },
    });
    expect(new Set(bodies).size).toBe(20);
    expect(acks.map(({ id }) => id).sort()).toEqual([...messages(20)].map(({ id }) => id).sort());
    expect(acks[0]).toMatchObject({ status: 200, err: 0, tries: 1 });
  });

  it('sends the same body again after 5xx and after a broken connection', async () => {
    const report = await player(await ingress([{ status: 503 }, 'reset']), { inFlight: 1 }).play(messages(1));
    expect(report).toMatchObject({ sent: 1, accepted: 1, retries: 2, statuses: { 0: 1, 200: 1, 503: 1 } });
    expect(bodies).toEqual(['{"n":0}', '{"n":0}', '{"n":0}']);
  });

  it('gives up when its repetitions are used up', async () => {
    const report = await player(await ingress([{ status: 500 }, { status: 500 }, { status: 500 }])).play(
      messages(1),
    );
    expect(report).toMatchObject({ sent: 1, accepted: 0, failed: 1, retries: 2 });
  });

  it.each([
    ['404', { status: 404 }],
    ['err 1', { status: 200, body: '{"err":1,"errdesc":"Parse error"}' }],
  ])('takes %s for a no and does not repeat it', async (_name, answer) => {
    expect(await player(await ingress([answer])).play(messages(1))).toMatchObject({ refused: 1, retries: 0 });
  });

  it('has no more in flight than it may', async () => {
    const url = await ingress(Array.from({ length: 9 }, (): Answer => 'wait'));
    const report = await player(url, { inFlight: 3 }).play(messages(9));
    expect(report.accepted).toBe(9);
    expect(mostAtOnce).toBe(3);
  });

  it('keeps to its rate', async () => {
    const url = await ingress();
    const begun = performance.now();
    await player(url, { rate: 100 }).play(messages(21));
    expect(performance.now() - begun).toBeGreaterThan(190);
  });

  it('stops when it is told to, with every message accounted for', async () => {
    const stop = new AbortController();
    const report = await player(await ingress(), {
      rate: 50,
      signal: stop.signal,
      onAck: () => stop.abort(),
    }).play(messages(1_000_000));
    expect(report.sent).toBeLessThan(100);
    expect(report.accepted).toBe(report.sent);
  });
});

describe('the answer to a CDR', () => {
  it.each([
    [OK, 0],
    ['{"Err":2,"Errdesc":"no"}', 2],
    ['<struct><member><name>err</name><value><int>1</int></value></member></struct>', 1],
    ['<member>\n<name>err</name>\n<value>\n<i4>0</i4></value></member>', 0],
    ['err=2&errdesc=x', 2],
    ['OK', null],
  ])('%j says %s', (text, err) => {
    expect(ackOf(text)).toBe(err);
  });
});
