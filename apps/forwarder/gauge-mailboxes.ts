import type { mailboxDepths } from '#db';
import type { Metrics } from '#platform';

type Depths = Awaited<ReturnType<typeof mailboxDepths>>;

/** Shows what waits, by kind of mailbox. A scrape asks all gauges at once, and one count serves them: it is not cheap. */
export function gaugeMailboxes(metrics: Pick<Metrics, 'gauge'>, count: () => Promise<Depths>): void {
  let underWay: Promise<Depths> | undefined;
  const depths = (): Promise<Depths> =>
    (underWay ??= count().finally(() => {
      underWay = undefined;
    }));

  metrics.gauge('switchhook_mailbox_depth', 'Letters that wait.', ['kind'], async (gauge) => {
    for (const { kind, depth } of await depths()) gauge.set({ kind }, depth);
  });
  metrics.gauge(
    'switchhook_mailbox_age_seconds',
    'Age of the oldest letter that is due.',
    ['kind'],
    async (gauge) => {
      for (const { kind, ageSeconds } of await depths()) gauge.set({ kind }, ageSeconds);
    },
  );
}
