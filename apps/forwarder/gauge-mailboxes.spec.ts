import { describe, expect, it } from '@jest/globals';
import { Metrics } from '#platform';
import { gaugeMailboxes } from './gauge-mailboxes.js';

describe('the gauges of mailboxes', () => {
  it('are served by one count a scrape, and by a new one at the next', async () => {
    const metrics = new Metrics('test');
    let counts = 0;
    gaugeMailboxes(metrics, () => {
      counts += 1;
      return Promise.resolve([{ kind: 'replay', depth: counts, ageSeconds: 7 }]);
    });
    for (const scrape of [1, 2]) {
      const text = await metrics.registry.metrics();
      expect(text).toContain(`switchhook_mailbox_depth{kind="replay",process="test"} ${String(scrape)}\n`);
      expect(text).toContain('switchhook_mailbox_age_seconds{kind="replay",process="test"} 7\n');
      expect(counts).toBe(scrape);
    }
  });

  it('count anew after a count that failed', async () => {
    const metrics = new Metrics('test');
    let isAway = true;
    gaugeMailboxes(metrics, () =>
      isAway
        ? Promise.reject(new Error('away'))
        : Promise.resolve([{ kind: 'endpoint', depth: 3, ageSeconds: 0 }]),
    );
    await expect(metrics.registry.metrics()).rejects.toThrow('away');
    isAway = false;
    expect(await metrics.registry.metrics()).toContain(
      'switchhook_mailbox_depth{kind="endpoint",process="test"} 3',
    );
  });
});
