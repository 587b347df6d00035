import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { callId, callNumber, callPlace } from './call-numbers.js';
import { CdrRequests } from './cdr-requests.js';
import { HttpLane } from './http-lane.js';
import type { LoadOrder } from './load-contract.js';
import { runLoad } from './run-load.js';
import { runMessages } from './run-messages.js';

const PREFIX = '20261121070000test';

let server: Server;
let origin: string;

type Taken = { path: string; type: string; body: string };

/** A stub ingress: remembers what came, and answers as it is told. */
async function ingress(
  answer: (response: ServerResponse, number: number, request: IncomingMessage) => void = (response) =>
    ok(response),
): Promise<Taken[]> {
  const taken: Taken[] = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const type = request.headers['content-type'] ?? '';
      taken.push({ path: request.url ?? '', type, body: Buffer.concat(chunks).toString() });
      answer(response, taken.length, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return taken;
}

function ok(response: ServerResponse, status = 200): void {
  const body = '{"err":"0","errdesc":"OK"}';
  response.writeHead(status, { 'content-length': body.length }).end(body);
}

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function order(given: Partial<LoadOrder>): LoadOrder {
  const urls = ['a', 'b', 'c'].map((token) => `${origin}/in/${token}/voicenter/cdr`);
  return { loop: 'open', rate: 200, seconds: 0.5, lanes: 8, urls, prefix: PREFIX, xmlShare: 0.2, ...given };
}

const nobody = () => undefined;

describe('an open loop', () => {
  it('sends as many messages as the rate says, each once, and times them from when they were due', async () => {
    const taken = await ingress();
    const { statuses, sentMs, answeredMs } = await runLoad(order({}), nobody);
    expect(taken).toHaveLength(100);
    expect(statuses).toEqual(new Uint16Array(100).fill(200));
    expect(new Set(taken.map(({ body }) => body)).size).toBe(100);
    sentMs.forEach((sent, at) => {
      expect(sent - (sentMs[0] ?? 0)).toBeCloseTo(at * 5, 3);
      expect(answeredMs[at]).toBeGreaterThanOrEqual(sent);
    });
  });

  it('goes on sending while answers are slow, and counts the waiting for a free connection', async () => {
    const held: ServerResponse[] = [];
    await ingress((response, number) => {
      if (number < 4) held.push(response);
      else if (number === 4) [...held, response].forEach((one) => setTimeout(() => ok(one), 100));
      else ok(response);
    });
    const { sentMs, answeredMs } = await runLoad(order({ rate: 100, seconds: 0.2, lanes: 4 }), nobody);
    expect(sentMs).toHaveLength(20);
    // The fifth was due while all four connections waited.
    expect((answeredMs[4] ?? 0) - (sentMs[4] ?? 0)).toBeGreaterThan(50);
  });

  it('notes refusals and broken connections, and goes on', async () => {
    await ingress((response, number) => {
      if (number === 3) response.socket?.resetAndDestroy();
      else ok(response, number === 5 ? 503 : 200);
    });
    const { statuses } = await runLoad(order({ rate: 1000, seconds: 0.02, lanes: 1 }), nobody);
    expect([...statuses]).toEqual([200, 200, 0, 200, 503, ...Array<number>(15).fill(200)]);
  });
});

describe('a closed loop', () => {
  it('goes on over its time until it may end: for the other half of a call the product would wait', async () => {
    const taken = await ingress();
    const requests = new CdrRequests({ urls: order({}).urls, prefix: PREFIX, xmlShare: 0, now: Date.now() });
    const shape = order({ loop: 'closed', seconds: 0, lanes: 1 });
    const request = (message: number) => requests.request(message);
    await runMessages(shape, { request, mayEndBefore: (message) => message >= 4 }, nobody);
    expect(taken).toHaveLength(4);
    const noEnd = Array.from({ length: 20 }, (_, message) => message).filter(
      (at) => !requests.mayEndBefore(at),
    );
    expect(noEnd.map((at) => callPlace(at).leg)).toEqual(['second', 'second']);
  });

  it('sends as fast as answers come, with no more in flight than it has connections', async () => {
    let atOnce = 0;
    let most = 0;
    const taken = await ingress((response) => {
      most = Math.max(most, (atOnce += 1));
      setImmediate(() => {
        atOnce -= 1;
        ok(response);
      });
    });
    const { statuses } = await runLoad(order({ loop: 'closed', rate: 0, seconds: 0.3, lanes: 5 }), nobody);
    expect(statuses.length).toBe(taken.length);
    // Each connection has sent again once it was answered; how often says only how busy the machine is.
    expect(statuses.length).toBeGreaterThan(5);
    expect(most).toBeLessThanOrEqual(5);
  });

  it('ends although nobody answers there', async () => {
    await ingress();
    server.close();
    server.closeAllConnections();
    const { statuses } = await runLoad(order({ loop: 'closed', seconds: 0.05, lanes: 2 }), nobody);
    expect(new Set(statuses)).toEqual(new Set([0]));
  });
});

describe('a lane', () => {
  it('reads an answer that comes in pieces', async () => {
    await ingress((response) => {
      const socket = response.socket;
      const pieces = ['HTTP/1.1 20', '1 Created\r\nContent-', 'Length: 4\r\n\r', '\nab', 'cd'];
      const write = () => {
        const piece = pieces.shift();
        if (piece !== undefined) socket?.write(piece, () => setImmediate(write));
      };
      write();
    });
    const { hostname, port } = new URL(origin);
    const lane = new HttpLane(hostname, Number(port));
    const bytes = Buffer.from('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n');
    expect(await new Promise((resolve) => lane.send(bytes, resolve))).toBe(201);
    lane.close();
  });

  it('opens a new connection when the server closes the old one after its answer', async () => {
    const sockets = new Set<unknown>();
    await ingress((response) => {
      sockets.add(response.socket);
      response.setHeader('connection', 'close');
      ok(response);
    });
    const { statuses } = await runLoad(order({ rate: 100, seconds: 0.03, lanes: 1 }), nobody);
    expect([...statuses]).toEqual([200, 200, 200]);
    expect(sockets.size).toBe(3);
  });

  it('calls an answer that it cannot measure a failure', async () => {
    await ingress((response) => response.write('x'));
    const { statuses } = await runLoad(order({ rate: 100, seconds: 0.01, lanes: 1 }), nobody);
    expect([...statuses]).toEqual([0]);
  });
});

describe('the messages', () => {
  const requests = (xmlShare: number) =>
    new CdrRequests({
      urls: ['http://h:1/a', 'http://h:1/b', 'http://h:1/c'],
      prefix: PREFIX,
      xmlShare,
      now: Date.UTC(2026, 10, 21),
    });

  it('are whole CDRs with the call id wherever it belongs', async () => {
    const taken = await ingress();
    await runLoad(order({ xmlShare: 0 }), nobody);
    for (const { body, type } of taken) {
      const cdr = JSON.parse(body) as { ivruniqueid: string; record: string; time: number; type: string };
      expect(type).toBe('application/json');
      expect(callNumber(PREFIX, cdr.ivruniqueid)).toBeGreaterThanOrEqual(0);
      if (cdr.record !== '') expect(cdr.record).toContain(cdr.ivruniqueid);
    }
    const legs = taken.map(({ body }) => JSON.parse(body) as { ivruniqueid: string; type: string });
    const clicks = legs.filter(({ type }) => type.startsWith('Click2Call'));
    expect(clicks).toHaveLength(20);
    expect(new Set(clicks.map(({ ivruniqueid }) => ivruniqueid)).size).toBe(10);
  });

  it('keep all legs of a call on one connection, and use all connections', async () => {
    const taken = await ingress();
    await runLoad(order({ xmlShare: 0, rate: 1000, seconds: 0.3 }), nobody);
    const paths = new Map<string, Set<string>>();
    for (const { path, body } of taken) {
      const id = (JSON.parse(body) as { ivruniqueid: string }).ivruniqueid;
      paths.set(id, (paths.get(id) ?? new Set()).add(path));
    }
    expect([...paths.values()].filter((used) => used.size !== 1)).toEqual([]);
    expect(new Set(taken.map(({ path }) => path)).size).toBe(3);
  });

  it('are XML-RPC as often as was asked for', () => {
    const share = (xmlShare: number) => {
      const made = requests(xmlShare);
      const all = Array.from({ length: 2_000 }, (_, at) => made.request(at).toString());
      return all.filter((text) => text.includes('<methodCall>')).length / 2_000;
    };
    expect(share(0)).toBe(0);
    expect(share(0.2)).toBeCloseTo(0.2, 1);
    expect(share(1)).toBe(1);
  });

  it('do not share memory, so one may be on its way while the next is made', () => {
    const made = requests(0);
    const first = made.request(0);
    const before = first.toString();
    made.request(64);
    expect(first.toString()).toBe(before);
  });
});

describe('call numbers', () => {
  it('are read back from their ids', () => {
    fc.assert(fc.property(fc.nat(99_999_999), (call) => callNumber(PREFIX, callId(PREFIX, call)) === call));
    expect(callNumber('20261121070000warm', callId(PREFIX, 1))).toBeUndefined();
  });

  it('give every call one message, or two with a leg each', () => {
    const legs = new Map<number, string[]>();
    for (let message = 0; message < 100; message += 1) {
      const { call, leg } = callPlace(message);
      legs.set(call, [...(legs.get(call) ?? []), leg]);
    }
    const kinds = [...legs.values()].map((one) => one.join('+'));
    expect(kinds.filter((kind) => kind === 'only')).toHaveLength(80);
    expect(kinds.filter((kind) => kind === 'first+second')).toHaveLength(10);
    expect(kinds).toHaveLength(90);
  });
});
