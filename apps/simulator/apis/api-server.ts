/** A vendor's request API over HTTP: strict as the vendor, counts what it placed, and tells a given ingress of the calls. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { instant } from '#domain';
import { dialectNamed, type WrittenMessage } from '#dialects';
import { customerNumber } from '../pbx/israeli-number.js';
import { localClock } from '../pbx/local-clock.js';
import { makeOffice, type Office } from '../pbx/office.js';
import { seededRandom } from '../pbx/random.js';
import { MessageSender } from '../player/message-sender.js';
import { planCall } from '../voices/registry.js';
import type { TimedMessage, Vendor } from '../voices/voice.js';
import { VENDOR_HABITS } from '../player/vendor-habits.js';
import { answerInSocket } from './asterisk/answer-in-socket.js';
import { DiallingSocket } from './dialling-socket.js';
import { PbxDesk, type OrderedCall } from './pbx-desk.js';
import { playOrderedCall } from './play-ordered-call.js';
import { readApiRequest } from './read-api-request.js';
import { playedApi } from './registry.js';
import { sendSpoiled } from './send-spoiled.js';
import { json, type ApiReply, type ApiRequest, type VendorApi } from './vendor-api.js';

export interface ApiServerOptions {
  vendor: Vendor;
  /** Time of day in milliseconds. */
  now: () => number;
  /** Of the connection that is told of the calls, without the route; none is told without it. */
  ingressUrl?: string;
  /** Whether it tells of its calls; it does unless this is false. A PBX that is asked through its socket has to have one nevertheless. */
  tells?: boolean;
  /** How many WebSockets it opens, where its PBXs open any: 1. Everything is told by each. */
  lines?: 1 | 2;
  /** How much faster than life calls go; Infinity tells of them at once. */
  speed?: number;
  /** Draws the office; the same seed has the same extensions. */
  seed?: number;
  /** How long every answer takes, beside what a call's fate says of it; no time when left out. */
  answersAfterMs?: number;
}

/** Beside the vendor's paths, for whoever is in another process: `{calls, placed: {number: calls}}`. */
const CONTROL_PATH = '/_simulator';
const WEBHOOKS_AT_ONCE = 16;

export class ApiServer {
  /** Everything that was asked, in its order. */
  readonly requests: ApiRequest[] = [];
  readonly desk: PbxDesk;
  private readonly api: VendorApi;
  private readonly server: Server;
  private readonly office: Office;
  private readonly stopped = new AbortController();
  private readonly webhooks = new MessageSender(WEBHOOKS_AT_ONCE, this.stopped.signal);
  private readonly plays = new Set<Promise<void>>();
  /** Of a vendor whose PBXs open them to whoever they tell. */
  readonly sockets: readonly DiallingSocket[];

  constructor(private readonly options: ApiServerOptions) {
    const { vendor, now, speed = 1, seed = 1 } = options;
    const played = playedApi(vendor);
    this.api = played.open();
    this.office = makeOffice(seededRandom(seed), customerNumber);
    this.desk = new PbxDesk({
      office: this.office,
      now,
      speed,
      newCallId: played.newCallId,
      onPlaced: (call) => {
        this.tellOf(call);
      },
    });
    this.sockets = this.socketsTo(options.ingressUrl);
    this.server = createServer((request, response) => {
      void this.take(request, response);
    });
  }

  /** What a client is set up with, by the names of the driver's fields. */
  get account(): Pick<VendorApi, 'settings' | 'secrets'> {
    const { settings, secrets } = this.api;
    return { settings, secrets };
  }

  /** Calls placed to this number, in whichever spelling. */
  placedTo(number: string): number {
    return this.desk.placedTo(number);
  }

  /** @param port  0 takes a free one. @returns the URL that the vendor's paths are below */
  async listen(port = 0, host = '127.0.0.1'): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
    await Promise.all(this.sockets.map((socket) => socket.open()));
    return `http://${host}:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Once everything was told of the calls so far. */
  async told(): Promise<void> {
    await Promise.all(this.plays);
  }

  /** Calls that go on are not told to their end. */
  async close(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.sockets.map((socket) => socket.close()));
    await this.told();
    await this.webhooks.close();
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readApiRequest(incoming);
    if (request === null) {
      response.destroy();
      return;
    }
    if (request.path === CONTROL_PATH) {
      await sendSpoiled(response, json(this.counted()), this.options.now());
      return;
    }
    const reply = this.answered(request) ?? NOWHERE;
    const { answersAfterMs = 0 } = this.options;
    if (answersAfterMs > 0) await delay(answersAfterMs);
    await sendSpoiled(response, reply, this.options.now());
  }

  private counted(): object {
    const placed: Record<string, number> = {};
    for (const { outside } of this.desk.calls) placed[outside] = (placed[outside] ?? 0) + 1;
    return { calls: this.desk.calls.length, placed };
  }

  private async send(baseUrl: string, message: TimedMessage, written: WrittenMessage): Promise<void> {
    if (this.sockets.length > 0 && written.method === 'POST') {
      const { body } = written;
      await Promise.all(this.sockets.map((socket, index) => socket.tell(asApplication(body, index))));
      return;
    }
    const habits = VENDOR_HABITS[this.options.vendor];
    const asks = message.asks !== undefined;
    await this.webhooks.send(`${baseUrl}/${message.route}`, written, { habits, asks });
  }

  private answered(request: ApiRequest): ApiReply | undefined {
    this.requests.push(request);
    return this.api.answer(request, this.desk);
  }

  private socketsTo(ingressUrl: string | undefined): DiallingSocket[] {
    const { vendor, lines = 1 } = this.options;
    const protocol = dialectNamed(vendor)?.socket;
    if (ingressUrl === undefined || protocol === undefined) return [];
    return protocol.lines.slice(0, lines).map(
      (route, index) =>
        new DiallingSocket({
          url: `${ingressUrl.replace(/^http/, 'ws')}/${route}`,
          subprotocol: protocol.subprotocol,
          greeting: () => asApplication(GREETING, index),
          answer: (message) => answerInSocket(message, (request) => this.answered(request)),
        }),
    );
  }

  private tellOf(call: OrderedCall): void {
    const { vendor, ingressUrl, tells, speed = 1 } = this.options;
    if (ingressUrl === undefined || tells === false || call.fate.webhooks === 0) return;
    const setting = {
      startedAt: instant(Math.floor(call.startedAt)),
      wall: localClock(this.office.timeZone),
      seed: this.desk.calls.length,
      routes: dialectNamed(vendor)?.routes ?? [],
      callId: call.id,
    };
    const play = playOrderedCall({
      plan: () => planCall(vendor, call.script, setting),
      times: call.fate.webhooks,
      hungUp: call.hungUp.signal,
      speed,
      send: (message, written) => this.send(ingressUrl, message, written),
      stop: this.stopped.signal,
    });
    this.plays.add(play);
    void play.finally(() => this.plays.delete(play));
  }
}

/** Each WebSocket of an Asterisk is of an application of its own. */
function asApplication(message: string, index: number): string {
  if (index === 0) return message;
  return message.replace('"application":"switchhook"', `"application":"switchhook_${String(index + 1)}"`);
}

/** As Asterisk begins on each socket. */
const GREETING = '{"type":"ApplicationRegistered","application":"switchhook"}';
const NOWHERE: ApiReply = { status: 404, contentType: 'text/html', body: '<html><h1>Not Found</h1></html>' };
