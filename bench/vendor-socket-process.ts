/** Clients of a vendor's realtime channel, as a process of its own: of the vendor's old version and of the newest. Forked by the bench. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { io } from 'socket.io-client';
import connectOld from 'socket.io-client-2';
import { sharedNowMs, type Percentiles } from '../apps/simulator/index.js';
import { answerQuestions } from './forked.js';
import { callNumber } from './load/call-numbers.js';
import { courseQuestion, tenantOfCall, type Step } from './load/ask/calls-in-course.js';

export interface VendorClients {
  apiUrl: string;
  /** Of a credential of each tenant. */
  codes: readonly string[];
  /** Sockets of each tenant. */
  each: number;
}

export interface VendorHarvest {
  /** For each event that came: the question that told of it, the socket's number, and when it came. */
  questions: Uint32Array;
  sockets: Uint32Array;
  atMs: Float64Array;
  /** Events that came at a socket of another tenant. */
  strays: number;
  /** By how much this process was late with what it had to do. */
  lateMs: Percentiles;
}

interface Client {
  on(name: string, listener: (payload: never) => void): unknown;
}

interface Told {
  reason: string;
  ivruniqueid?: string;
}

/** Opened at once; more would only wait for each other. */
const AT_ONCE = 50;
const GREETED_WITHIN_MS = 30_000;
const STEP_OF: ReadonlyMap<string, Step> = new Map([
  ['NEWCALL', 'ringing'],
  ['ANSWER', 'talking'],
  ['HANGUP', 'hangup'],
]);

const clients: Client[] = [];
const heard: { socket: number; step: Step; vendorCallId: string; atMs: number }[] = [];
const late = monitorEventLoopDelay({ resolution: 1 });
let tenants = 0;

const answers = {
  /** Logs each of them in, and resolves when all were told what there is. */
  open: async ({ apiUrl, codes, each }: VendorClients): Promise<void> => {
    tenants = codes.length;
    let next = 0;
    const openSome = async () => {
      while (next < tenants * each) {
        const socket = next;
        next += 1;
        const token = await logIn(apiUrl, codes[socket % tenants] ?? '');
        clients.push(await open(apiUrl, token, socket));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, openSome));
    late.enable();
  },
  harvest: (prefix: string): VendorHarvest => {
    const own = heard.flatMap(({ socket, step, vendorCallId, atMs }) => {
      const call = callNumber(prefix, vendorCallId);
      return call === undefined ? [] : [{ socket, call, question: courseQuestion({ call, step }), atMs }];
    });
    const ms = (nanoseconds: number) => Math.round(nanoseconds / 1e4) / 100;
    return {
      questions: Uint32Array.from(own, ({ question }) => question),
      sockets: Uint32Array.from(own, ({ socket }) => socket),
      atMs: Float64Array.from(own, ({ atMs }) => atMs),
      strays: own.filter(({ socket, call }) => tenantOfCall(call, tenants) !== socket % tenants).length,
      lateMs: {
        ...{ p50: ms(late.percentile(50)), p95: ms(late.percentile(95)) },
        ...{ p99: ms(late.percentile(99)), max: ms(late.max) },
      },
    };
  },
};

async function logIn(apiUrl: string, code: string): Promise<string> {
  const response = await fetch(`${apiUrl}/monitorAPI/Login/Token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: code }),
  });
  if (!response.ok) throw new Error(`A login was answered ${String(response.status)}.`);
  return ((await response.json()) as { Data: { Socket: { Token: string } } }).Data.Socket.Token;
}

/** Every other one is of the old version. */
function open(apiUrl: string, token: string, socket: number): Promise<Client> {
  return new Promise((resolve, reject) => {
    const options = { transports: ['websocket'], forceNew: true, query: { token } };
    const client = (socket % 2 === 0 ? io(apiUrl, options) : connectOld(apiUrl, options)) as Client;
    const tooLate = setTimeout(() => {
      reject(new Error('A client was not told what there is.'));
    }, GREETED_WITHIN_MS);
    client.on('AllExtensionsStatus', () => {
      clearTimeout(tooLate);
      resolve(client);
    });
    for (const name of ['connect_error', 'error']) client.on(name, (error: Error) => reject(error));
    client.on('ExtensionEvent', ({ reason, ivruniqueid }: Told) => {
      const step = STEP_OF.get(reason);
      if (step === undefined || ivruniqueid === undefined) return;
      heard.push({ socket, step, vendorCallId: ivruniqueid, atMs: sharedNowMs() });
    });
  });
}

answerQuestions(answers);

export type VendorSocketAnswers = typeof answers;
