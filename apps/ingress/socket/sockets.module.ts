import type { Provider } from '@nestjs/common';
import type { ReceiptId } from '#domain';
import { ConnectionDirectory, HotPool, SocketAsks, SocketSignals, SocketStore } from '#db';
import { CLOCK, ENV, LOG, Metrics, newId, secretBoxOf, type Clock, type Env, type Log } from '#platform';
import { Ringer } from '#queues';
import { AnswerWebhook } from '../door/answer-webhook.js';
import { SlowDown } from '../limits/slow-down.js';
import { TenantGate } from '../limits/tenant-gate.js';
import { HeldMessages } from './held-messages.js';
import { OpenSockets } from './open-sockets.js';
import { SocketDoor } from './socket-door.js';

/** What takes the WebSockets of PBXs, beside what takes their webhooks. */
export const socketProviders: Provider[] = [
  {
    provide: OpenSockets,
    inject: [HotPool, SocketSignals, ConnectionDirectory, ENV, LOG, Metrics],
    useFactory: (
      hot: HotPool,
      signals: SocketSignals,
      directory: ConnectionDirectory,
      env: Env,
      log: Log,
      metrics: Metrics,
    ) => {
      const sockets = new OpenSockets({
        store: new SocketStore(hot),
        asks: new SocketAsks(hot),
        signals,
        directory,
        box: secretBoxOf(env),
        log,
      });
      const about =
        'WebSockets that PBXs have open to this process: read from, or held until what they said is kept.';
      metrics.gauge('switchhook_pbx_sockets', about, ['state'], (gauge) => {
        gauge.set({ state: 'read' }, sockets.size - sockets.held);
        gauge.set({ state: 'held' }, sockets.held);
      });
      return sockets;
    },
  },
  {
    provide: SocketDoor,
    inject: [AnswerWebhook, TenantGate, SlowDown, OpenSockets, HotPool, Ringer, ENV, CLOCK, LOG, Metrics],
    useFactory: (
      answers: AnswerWebhook,
      gate: TenantGate,
      slowDown: SlowDown,
      sockets: OpenSockets,
      hot: HotPool,
      ringer: Ringer,
      env: Env,
      clock: Clock,
      log: Log,
      metrics: Metrics,
    ) =>
      new SocketDoor({
        answers,
        gate,
        sockets,
        hops: env.INGRESS_TRUST_PROXY,
        socket: {
          ...{ store: new SocketStore(hot), held: new HeldMessages(), ringer, slowDown, gate },
          ...{ clock, metrics, log, newReceiptId: () => newId<ReceiptId>(), newAskId: () => newId() },
        },
      }),
  },
];
