import type { Instant } from '#domain';
import {
  DEFAULT_SIZE,
  PbxPlayer,
  customerNumber,
  makeOffice,
  plausibleCalls,
  seededRandom,
  weighted,
  writeCdrMessage,
  type CrmSink,
  type OutgoingMessage,
} from '../simulator/index.js';
import { DemoBook, type DemoSummary } from './demo-book.js';
import { demoLine } from './demo-line.js';
import type { DemoOptions } from './demo-options.js';
import type { DemoTenant } from './demo-stage.js';

const FORMATS = { json: 3, xmlrpc: 1 };
/** The CRM that fails twice gets this one of the calls. */
const STORMY_CALL = 3;
const SETTLE_WITHIN_MS = 30_000;

export interface DemoShowParts {
  options: DemoOptions;
  stage: { steady: DemoTenant; stormy: DemoTenant };
  sink: CrmSink;
  signal: AbortSignal;
  now: () => Instant;
  monotonicMs: () => number;
  print: (line: string) => void;
  colour: boolean;
}

interface Timeline {
  data: { at: string; kind: string; type?: string }[];
}
interface CallAnswer {
  id: string;
  direction: string;
  result: string;
  talkSeconds: number | null;
  from: { original: string };
  to: { original: string };
}

/** Plays calls to the product and shows what becomes of each. */
export class DemoShow {
  private readonly book = new DemoBook();
  private readonly tenantOf = new Map<string, DemoTenant>();
  private readonly sentAt = new Map<string, Instant>();
  private readonly receivedMs = new Map<string, number>();
  private readonly seen = { steady: 0, stormy: 0 };
  private readonly shown: Promise<void>[] = [];

  constructor(private readonly parts: DemoShowParts) {}

  async play(): Promise<DemoSummary> {
    const { options, signal, sink, stage } = this.parts;
    const player = new PbxPlayer({
      url: stage.steady.ingressUrl,
      rate: options.rate,
      inFlight: 10,
      signal,
      onSend: (id) => {
        this.book.sent(id, this.parts.monotonicMs());
        if (!this.sentAt.has(id)) this.sentAt.set(id, this.parts.now());
      },
      onAck: ({ id, status, ms }) => {
        if (status === 200) this.book.accepted(id);
        if (!this.receivedMs.has(id)) this.receivedMs.set(id, ms);
      },
    });
    const watching = this.watch();
    await player.play(this.messages());
    await sink.until(() => this.look() && this.book.complete, SETTLE_WITHIN_MS).catch(() => undefined);
    watching();
    await Promise.all(this.shown);
    const duplicates = ['steady', 'stormy'].reduce(
      (sum, name) => sum + sink.book(name).stats().duplicates,
      0,
    );
    return this.book.summary(duplicates);
  }

  private *messages(): Generator<OutgoingMessage> {
    const { options, stage, now } = this.parts;
    const random = seededRandom(Math.floor(now() / 1000));
    const office = makeOffice(random, customerNumber, DEFAULT_SIZE);
    for (const { cdr } of plausibleCalls({ office, now, random })) {
      const id = cdr.ivruniqueid;
      if (!this.tenantOf.has(id)) {
        if (this.tenantOf.size === options.calls) return;
        this.tenantOf.set(id, this.tenantOf.size + 1 === STORMY_CALL ? stage.stormy : stage.steady);
      }
      const url = this.tenantOf.get(id)?.ingressUrl ?? '';
      yield { id, url, ...writeCdrMessage(cdr, weighted(random, FORMATS)) };
    }
  }

  /** Looks at the sink whenever something arrives there. @returns a function that stops it */
  private watch(): () => void {
    let watching = true;
    const wait = (): void => {
      if (!watching) return;
      const before = this.parts.sink.deliveredCount;
      void this.parts.sink
        .until(() => this.parts.sink.deliveredCount > before, SETTLE_WITHIN_MS)
        .catch(() => undefined)
        .then(() => {
          this.look();
          wait();
        });
    };
    wait();
    return () => (watching = false);
  }

  private look(): true {
    for (const name of ['steady', 'stormy'] as const) {
      const { records } = this.parts.sink.book(name);
      for (const record of records.slice(this.seen[name])) {
        const deliveredMs = this.book.delivered(record.callId, record.receivedMs);
        if (deliveredMs !== undefined) this.shown.push(this.show(record.callId, name, deliveredMs));
      }
      this.seen[name] = records.length;
    }
    return true;
  }

  /** The product itself knows when it did what: asked over its API. */
  private async show(vendorCallId: string, crm: 'steady' | 'stormy', deliveredMs: number): Promise<void> {
    const tenant = this.tenantOf.get(vendorCallId);
    const sentAt = this.sentAt.get(vendorCallId);
    if (!tenant || sentAt === undefined) return;
    try {
      const found = await tenant.client.get<{ data: CallAnswer[] }>(
        `/v1/calls?id=${encodeURIComponent(vendorCallId)}`,
      );
      const [call] = found.data;
      if (!call) return;
      const { data } = await tenant.client.get<Timeline>(`/v1/calls/${call.id}/timeline`);
      const told = data.find(({ kind }) => kind === 'delivery');
      this.parts.print(
        demoLine(
          {
            tenant: tenant.name,
            direction: call.direction,
            from: call.from.original,
            to: call.to.original,
            result: call.result,
            talkSeconds: call.talkSeconds,
            receivedMs: this.receivedMs.get(vendorCallId) ?? 0,
            enrichedMs: told ? Date.parse(told.at) - sentAt : 0,
            deliveredMs,
            tries:
              this.parts.sink.book(crm).stats().requests > 1 && crm === 'stormy'
                ? data.filter(({ kind }) => kind === 'attempt').length
                : 1,
          },
          this.parts.colour,
        ),
      );
    } catch {
      // The product is stopping; the call is counted all the same.
    }
  }
}
