import { performance } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const SECONDS_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/**
 * Metrics of prom-client's that need a timer every 10 ms in each process: a processor that wakes up a hundred times a second for
 * nothing. `nodejs_eventloop_lag_seconds`, which is measured at each scrape, stays.
 */
const OF_A_TIMER = ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'].map(
  (part) => `nodejs_eventloop_lag_${part}_seconds`,
);
const NEVER_MS = 2 ** 31 - 1;

/** Every metric that a process of ours exposes at /metrics. */
export class Metrics {
  readonly registry = new Registry();

  readonly ingestSeconds = new Histogram({
    name: 'switchhook_ingest_seconds',
    help: 'From the first byte of a webhook to its committed receipt.',
    labelNames: ['dialect', 'verdict'],
    buckets: SECONDS_BUCKETS,
    registers: [this.registry],
  });
  readonly refusals = new Counter({
    name: 'switchhook_ingress_refusals_total',
    help: 'Webhooks that were refused before a receipt, by reason.',
    labelNames: ['reason'],
    registers: [this.registry],
  });
  readonly endToEndSeconds = new Histogram({
    name: 'switchhook_end_to_end_seconds',
    help: "From the event's commit to its first successful delivery.",
    buckets: SECONDS_BUCKETS,
    registers: [this.registry],
  });
  readonly popupSeconds = new Histogram({
    name: 'switchhook_popup_seconds',
    help: 'How long it took to say who is calling.',
    labelNames: ['outcome'],
    buckets: SECONDS_BUCKETS,
    registers: [this.registry],
  });
  readonly sourceSeconds = new Histogram({
    name: 'switchhook_source_seconds',
    help: 'How long sources of contacts took to say who has a number, by what came of it.',
    labelNames: ['outcome'],
    buckets: SECONDS_BUCKETS,
    registers: [this.registry],
  });
  readonly ivrAnswers = new Counter({
    name: 'switchhook_ivr_answers_total',
    help: 'Questions of callers in a menu, by who was to answer and what became of it.',
    labelNames: ['source', 'outcome'],
    registers: [this.registry],
  });
  readonly receipts = new Counter({
    name: 'switchhook_receipts_total',
    help: 'Receipts worked on by the enricher.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });
  readonly deliveries = new Counter({
    name: 'switchhook_delivery_attempts_total',
    help: 'Attempts by outcome.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });
  readonly attemptSeconds = new Histogram({
    name: 'switchhook_delivery_attempt_seconds',
    help: 'How long one attempt took.',
    labelNames: ['outcome'],
    buckets: SECONDS_BUCKETS,
    registers: [this.registry],
  });
  readonly jobs = new Counter({
    name: 'switchhook_jobs_total',
    help: 'Doorbell jobs run.',
    labelNames: ['queue'],
    registers: [this.registry],
  });
  readonly ringsFailed = new Counter({
    name: 'switchhook_rings_failed_total',
    help: 'Rings that the queue did not take; the sweeper makes up for them.',
    labelNames: ['queue'],
    registers: [this.registry],
  });
  readonly statements = new Counter({
    name: 'switchhook_statements_total',
    help: 'SQL statements sent on hot paths.',
    labelNames: ['statement'],
    registers: [this.registry],
  });
  readonly statementRows = new Counter({
    name: 'switchhook_statement_rows_total',
    help: 'Rows that those statements carried.',
    labelNames: ['statement'],
    registers: [this.registry],
  });
  readonly socketMessages = new Counter({
    name: 'switchhook_socket_messages_total',
    help: 'Messages of PBXs that open a WebSocket to us, by what became of them.',
    labelNames: ['dialect', 'outcome'],
    registers: [this.registry],
  });
  readonly socketAsks = new Counter({
    name: 'switchhook_socket_asks_total',
    help: 'Requests to PBXs through their WebSockets, by what came of them.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  constructor(process: string) {
    this.registry.setDefaultLabels({ process });
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: NEVER_MS });
    for (const name of OF_A_TIMER) this.registry.removeSingleMetric(name);
    this.gaugeOfWork();
  }

  /** How much of its one thread a process uses, which tells that it lags before it does. */
  private gaugeOfWork(): void {
    let before = performance.eventLoopUtilization();
    this.gauge(
      'switchhook_event_loop_utilization',
      'Share of the time since the last scrape in which the process was at work, 0 to 1.',
      [],
      (gauge) => {
        const now = performance.eventLoopUtilization();
        gauge.set(performance.eventLoopUtilization(now, before).utilization);
        before = now;
      },
    );
  }

  /** A gauge whose value is asked for at each scrape. */
  gauge(
    name: string,
    help: string,
    labelNames: string[],
    collect: (gauge: Gauge) => void | Promise<void>,
  ): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      async collect() {
        await collect(this);
      },
    });
  }
}
