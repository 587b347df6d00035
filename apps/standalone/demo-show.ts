import type { Instant } from '#domain';
import { CallPlayer, type CallToPlay, type CrmSink, type PlannedCall } from '../simulator/index.js';
import { DemoBook, type DemoSummary } from './demo-book.js';
import { DEMO_SPEED, demoCalls } from './demo-calls.js';
import { demoLine } from './demo-line.js';
import type { DemoOptions } from './demo-options.js';
import type { DemoTenant } from './demo-stage.js';

/** More than a demo makes: it never waits for its own calls. */
const MOST_AT_ONCE = 200;
/** What is known of their times was timed here, while the call was played much faster than life. */
const TELLS_NO_TIMES: ReadonlySet<string> = new Set(['voipnow']);
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
  private readonly playing = new Map<string, { tenant: DemoTenant; call: PlannedCall }>();
  private readonly sentAt = new Map<string, Instant>();
  private readonly receivedMs = new Map<string, number>();
  private readonly seen = { steady: 0, stormy: 0 };
  private readonly shown: Promise<void>[] = [];

  constructor(private readonly parts: DemoShowParts) {}

  async play(): Promise<DemoSummary> {
    const { options, signal, sink, stage } = this.parts;
    const player = new CallPlayer({
      speed: DEMO_SPEED,
      atOnce: MOST_AT_ONCE,
      signal,
      onSend: ({ callId }) => {
        this.book.sent(callId, this.parts.monotonicMs());
        if (!this.sentAt.has(callId)) this.sentAt.set(callId, this.parts.now());
      },
      onSent: ({ message: { callId }, status, fault, ms }) => {
        if (status === 200 && fault === null) this.book.accepted(callId);
        if (!this.receivedMs.has(callId)) this.receivedMs.set(callId, ms);
      },
    });
    const watching = this.watch();
    await player.play(this.calls(stage, options));
    // A CRM that somebody broke: what waits for it goes out now.
    for (const { crm } of [stage.steady, stage.stormy]) if (sink.isBroken(crm)) sink.setScript(crm, {});
    await sink.until(() => this.look() && this.book.complete, SETTLE_WITHIN_MS).catch(() => undefined);
    watching();
    await Promise.all(this.shown);
    const duplicates = ['steady', 'stormy'].reduce(
      (sum, name) => sum + sink.book(name).stats().duplicates,
      0,
    );
    return this.book.summary(duplicates);
  }

  private *calls(stage: DemoShowParts['stage'], options: DemoOptions): Generator<CallToPlay> {
    for (const next of demoCalls(stage, { ...options, now: this.parts.now })) {
      const { tenant, call } = next;
      for (const { vendorCallId } of call.expected) this.playing.set(vendorCallId, { tenant, call });
      yield next;
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
        const deliveredMs = this.book.delivered(record.callId, record.type, record.receivedMs);
        if (deliveredMs !== undefined) this.shown.push(this.show(record.callId, name, deliveredMs));
      }
      this.seen[name] = records.length;
    }
    return true;
  }

  /** The product itself knows when it did what: asked over its API. */
  private async show(vendorCallId: string, crm: 'steady' | 'stormy', deliveredMs: number): Promise<void> {
    const played = this.playing.get(vendorCallId);
    const sentAt = this.sentAt.get(vendorCallId);
    if (!played || sentAt === undefined) return;
    const { client } = played.tenant;
    try {
      const found = await client.get<{ data: CallAnswer[] }>(
        `/v1/calls?id=${encodeURIComponent(vendorCallId)}`,
      );
      const [call] = found.data;
      if (!call) return;
      const { data } = await client.get<Timeline>(`/v1/calls/${call.id}/timeline`);
      const told = data.find(({ kind }) => kind === 'delivery');
      this.parts.print(
        demoLine(
          {
            vendor: played.call.vendor,
            scenario: played.call.scenario,
            direction: call.direction,
            from: call.from.original,
            to: call.to.original,
            result: call.result,
            talkSeconds: TELLS_NO_TIMES.has(played.call.vendor) ? null : call.talkSeconds,
            receivedMs: this.receivedMs.get(vendorCallId) ?? 0,
            enrichedMs: told ? Date.parse(told.at) - sentAt : 0,
            deliveredMs,
            // Each event takes one; what is more was tried again.
            tries: 1 + countOf(data, 'attempt') - countOf(data, 'delivery'),
          },
          this.parts.colour,
        ),
      );
    } catch {
      // The product is stopping; the call is counted all the same.
    }
  }
}

function countOf(data: Timeline['data'], wanted: string): number {
  return data.filter(({ kind }) => kind === wanted).length;
}
