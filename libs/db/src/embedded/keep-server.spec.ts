import { keepServer, type ServerNews } from './keep-server.js';

const WAITS_MS = [1, 2, 3];
const STEADY_AFTER_MS = 10_000;

/** A server by a script: whether each start succeeds. Each server that runs ends at once, but the last one. */
function scripted(starts: boolean[]) {
  const stopper = new AbortController();
  const news: ServerNews[] = [];
  let ended: Promise<string> = Promise.resolve('signal SIGKILL');
  const server = {
    get ended() {
      return ended;
    },
    stopping: stopper.signal,
    startAgain: () => {
      const succeeds = starts.shift() ?? false;
      if (!succeeds) return Promise.reject(new Error('No space left on device.'));
      ended = starts.length > 0 ? Promise.resolve('exit code 1') : new Promise(() => undefined);
      return Promise.resolve();
    },
  };
  const keep = (steadyAfterMs = STEADY_AFTER_MS) =>
    keepServer(server, { tell: (one) => news.push(one), waitsMs: WAITS_MS, steadyAfterMs });
  return { server, news, keep, stop: () => stopper.abort() };
}

const told = (news: ServerNews[]) =>
  news.map((one) => [one.event, 'startsAgainInMs' in one ? one.startsAgainInMs : null]);

describe('keepServer', () => {
  it('starts a server again that has ended, and tells of both', async () => {
    const { keep, news, server } = scripted([true]);
    void keep();
    while (news.length < 2) await new Promise(setImmediate);
    expect(news[0]).toEqual({ event: 'database.ended', how: 'signal SIGKILL', startsAgainInMs: 1 });
    expect(news[1]).toMatchObject({ event: 'database.started_again' });
    expect(server.stopping.aborted).toBe(false);
  });

  it('waits longer after each try that failed, and gives up with the last reason', async () => {
    const { keep, news } = scripted([false, false, false]);
    const error = await keep();
    expect(error?.message).toBe(
      'The database ended and could not be kept up, after 3 tries: No space left on device.',
    );
    expect(told(news)).toEqual([
      ['database.ended', 1],
      ['database.start_failed', 2],
      ['database.start_failed', 3],
    ]);
  });

  it('gives up a server that starts and ends, over and over', async () => {
    const { keep, news } = scripted([true, true, true, true]);
    const error = await keep();
    expect(error?.message).toMatch(/after 3 tries: it ended again \(exit code 1\)$/);
    expect(told(news).filter(([event]) => event === 'database.ended')).toEqual([
      ['database.ended', 1],
      ['database.ended', 2],
      ['database.ended', 3],
    ]);
  });

  it('begins with the shortest wait again after a server was up for long enough', async () => {
    const { keep, news } = scripted([true, true, true, true, true, true]);
    void keep(0);
    while (news.length < 12) await new Promise(setImmediate);
    expect(new Set(told(news).filter(([event]) => event === 'database.ended'))).toEqual(
      new Set(Array.from({ length: 6 }, () => ['database.ended', 1])),
    );
  });

  it('leaves a server alone that is stopped on purpose, also in the middle of a wait', async () => {
    const { keep, news, server, stop } = scripted([]);
    const kept = keepServer(server, { tell: (one) => news.push(one), waitsMs: [60_000] });
    while (news.length < 1) await new Promise(setImmediate);
    stop();
    expect(await kept).toBeUndefined();
    expect(await keep()).toBeUndefined();
    expect(news).toHaveLength(1);
  });
});
