import { HealthChecks } from './health-checks.js';

const forever = (): Promise<void> => new Promise(() => undefined);

describe('HealthChecks', () => {
  it('is ready when everything answers', async () => {
    const checks = new HealthChecks();
    checks.add('database', () => Promise.resolve());
    expect(await checks.run()).toEqual({ ready: true, checks: { database: 'ok' } });
  });

  it('names what does not answer, whether it refuses or hangs', async () => {
    const checks = new HealthChecks(20);
    checks.add('database', () => Promise.reject(new Error('connection refused')));
    checks.add('queue', forever);
    checks.add('other', () => Promise.resolve());
    expect(await checks.run()).toEqual({
      ready: false,
      checks: { database: 'does not answer', queue: 'does not answer', other: 'ok' },
    });
  });

  it('asks what hangs only once, and again when it has answered', async () => {
    const checks = new HealthChecks(20);
    const asked: (() => void)[] = [];
    checks.add('database', () => new Promise((resolve) => asked.push(resolve)));
    await Promise.all([checks.run(), checks.run()]);
    await checks.run();
    expect(asked).toHaveLength(1);
    asked[0]?.();
    const next = checks.run();
    expect((await next).ready).toBe(true);
    const last = checks.run();
    asked[1]?.();
    expect((await last).ready).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('is not ready for work any more when the process cannot go on', async () => {
    const checks = new HealthChecks();
    expect(checks.whyEnding).toBeUndefined();
    checks.cannotGoOn('The database is gone.');
    expect(checks.whyEnding).toBe('The database is gone.');
    expect((await checks.run()).ready).toBe(false);
  });
});
