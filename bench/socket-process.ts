/** Pages that listen to the live channel, as a process of its own. Forked by the bench. */
import { io, type Socket } from 'socket.io-client';
import { sharedNowMs } from '../apps/simulator/index.js';
import { answerQuestions } from './forked.js';
import { callNumber } from './load/call-numbers.js';

interface Page {
  url: string;
  token: string;
  tenant: string;
  agent: string;
}

interface Heard {
  topic: string;
  agent?: string;
  vendorCallId?: string;
}

/** Opened at once; more would only wait for each other. */
const AT_ONCE = 50;
const GREETED_WITHIN_MS = 30_000;

const sockets: Socket[] = [];
/** When each popup came, by the page's agent and the PBX's id of the call. */
const heard: { vendorCallId: string; atMs: number }[] = [];
let strays = 0;

const answers = {
  /** Resolves when all of them were greeted. */
  open: async (pages: readonly Page[]): Promise<void> => {
    let next = 0;
    const openSome = async () => {
      for (let page = pages[next]; page !== undefined; page = pages[next]) {
        next += 1;
        sockets.push(await open(page));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, openSome));
  },
  count: (): number => heard.length,
  /** What came of a run, and how many popups came at a page that they were not for. */
  harvest: (prefix: string): { calls: Uint32Array; atMs: Float64Array; strays: number } => {
    const own = heard.flatMap(({ vendorCallId, atMs }) => {
      const call = callNumber(prefix, vendorCallId);
      return call === undefined ? [] : [{ call, atMs }];
    });
    return {
      calls: Uint32Array.from(own, ({ call }) => call),
      atMs: Float64Array.from(own, ({ atMs }) => atMs),
      strays,
    };
  },
};

function open({ url, token, tenant, agent }: Page): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const auth = { token, tenant, watch: [`agent:${agent}`] };
    const socket = io(url, { path: '/live', transports: ['websocket'], forceNew: true, auth });
    const late = setTimeout(() => {
      reject(new Error('A page was not greeted.'));
    }, GREETED_WITHIN_MS);
    socket.on('hello', () => {
      clearTimeout(late);
      resolve(socket);
    });
    socket.on('connect_error', (error) => {
      reject(error);
    });
    socket.on('live', ({ events }: { events: Heard[] }) => {
      const atMs = sharedNowMs();
      for (const event of events) {
        if (event.topic !== 'popup') continue;
        if (event.agent !== agent) strays += 1;
        heard.push({ vendorCallId: event.vendorCallId ?? '', atMs });
      }
    });
  });
}

answerQuestions(answers);

export type SocketAnswers = typeof answers;
