/** What we write, read by programs that are not ours: Python's XML-RPC, curl, the `standardwebhooks` package, WHATWG URL. */
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { STARTED_AT, callTold, eventTold } from './told-call.fixture.js';
import { toldCases } from './told-events.fixture.js';
import { messagesOf, writerOf } from './written.fixture.js';

const has = (program: string) => spawnSync(program, ['--version']).status === 0;

/** On a developer's machine a missing program is told and passed over; where it decides, it has to be there. */
function withProgram(program: string): typeof it {
  if (has(program)) return it;

  if (process.env['CI'] !== undefined) throw new Error(`${program} is not installed`);
  process.stderr.write(`SKIPPED: ${program} is not installed, so its tests cannot run.\n`);
  return it.skip;
}

interface PythonRead {
  method: string;
  params: [Record<string, unknown>];
  answers: Record<'taken' | 'refused' | 'fault', string>;
}

function readByPython(body: string): PythonRead {
  const script = fileURLToPath(new URL('./parse_cdr.py', import.meta.url));
  const run = spawnSync('python3', [script], { input: body });
  if (run.status !== 0) throw new Error(run.stderr.toString());
  return JSON.parse(run.stdout.toString()) as PythonRead;
}

describe('an XML-RPC CDR', () => {
  const writer = writerOf('voicenter', { encoding: 'xmlrpc', epochs: 'utc' });

  withProgram('python3')('is what Python reads, and Python answers are what we read', () => {
    const call = callTold({
      customData: { note: 'a < b & "c"', name: 'דנה 😀' },
      queue: { id: '7', name: 'Sales' },
    });
    const [message] = messagesOf(writer, eventTold(call));
    const { method, params, answers } = readByPython(message?.body ?? '');
    expect(method).toBe('CDR');
    expect(params[0]).toMatchObject({
      caller: '0523258000',
      target: '0722776772',
      time: Date.parse(STARTED_AT) / 1000,
      duration: 60,
      dialtime: 8,
      ivruniqueid: 'v-1',
      type: 'Queue',
      status: 'ANSWER',
      queueid: 7,
      CustomData: { note: 'a < b & "c"', name: 'דנה 😀' },
    });
    const verdict = (body: string) => writer.readReply({ status: 200, headers: {}, body }, 'cdr');
    expect(verdict(answers.taken)).toEqual({ ok: true });
    expect(verdict(answers.refused)).toEqual({ ok: false, reason: 'err 2, Customer <code> exception' });
    expect(verdict(answers.fault)).toEqual({ ok: false, reason: 'fault 7, no such method' });
  });

  withProgram('python3')('of every fixture can be read by Python', () => {
    const bodies = toldCases().flatMap(({ event }) =>
      messagesOf(writer, event).map(({ body }) => body ?? ''),
    );
    expect(bodies.length).toBeGreaterThan(20);
    // One process for all: a batch of calls is what XML-RPC has arrays for, but Python starts fast enough for a few.
    for (const body of bodies.filter((_, index) => index % 5 === 0))
      expect(readByPython(body).method).toBe('CDR');
  });
});

describe('a standard event', () => {
  it('is verified by the standardwebhooks package, as its bytes were signed', () => {
    const webhook = new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    const [message] = messagesOf(writerOf('standard', {}), eventTold(callTold()));
    const [id, now, body] = ['msg_1', new Date(), message?.body ?? ''];
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': webhook.sign(id, now, body),
    };
    expect(webhook.verify(body, headers)).toMatchObject({
      type: 'call.ended',
      data: { vendorCallId: 'v-1' },
    });
  });
});

describe('a GET request', () => {
  const call = callTold({ from: { ...callTold().from, original: 'a&b=c #1+%ש' } });
  const rows = [{ kind: 2, url: 'https://crm.example/event?mine=1&kind=2#top' }];
  const [message] = messagesOf(writerOf('voipnow', { rows }), eventTold(call));

  it('keeps the URL’s own query, and every value is one parameter to WHATWG', () => {
    const url = new URL(message?.url ?? '');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      mine: '1',
      kind: '2',
      CallerIDNum: 'a&b=c #1+%ש',
      CalledExtension: '101',
    });
  });

  withProgram('curl')('is sent by curl as it is', async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const url = (message?.url ?? '').replace('https://crm.example', origin);
    const { spawn } = await import('node:child_process');
    await new Promise((resolve) =>
      spawn('curl', ['--silent', '--globoff', '--noproxy', '*', url]).on('close', resolve),
    );
    server.close();
    const arrived = new URL(seen[0] ?? '', origin);
    expect(arrived.searchParams.get('CallerIDNum')).toBe('a&b=c #1+%ש');
    expect(arrived.searchParams.get('CallStatus')).toBe('ANSWER');
  });
});
