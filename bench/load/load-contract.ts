/** What the bench asks of its load process, and what it gets back. Both sides have the machine's monotonic clock. */
export interface LoadOrder {
  /**
   * `open`: at `rate`, whatever the answers do, and latency counts from the moment a message was due.
   * `closed`: each of `lanes` connections sends as soon as it has its answer.
   */
  loop: 'open' | 'closed';
  /** Messages a second; only for `open`. */
  rate: number;
  seconds: number;
  /** Connections, so also the most messages in flight. */
  lanes: number;
  urls: string[];
  /** What the ids of this run's calls begin with. */
  prefix: string;
  /** Share of messages in XML-RPC, 0 to 1. */
  xmlShare: number;
}

/** One entry for each message, by its number. */
export interface LoadOutcome {
  /** `sharedNowMs` when it was due (open) or sent (closed). */
  sentMs: Float64Array;
  /** `sharedNowMs` when its answer was there. */
  answeredMs: Float64Array;
  /** HTTP status; 0 when there was no answer. */
  statuses: Uint16Array;
  /** CPU seconds that the load process spent on this run. */
  cpuSeconds: number;
}

export interface LoadProgress {
  sent: number;
  answered: number;
}
