import { Metrics } from '#platform';
import type { PopupAsk } from './contract.js';
import { PopupAsker } from './popup-asker.js';
import type { QueueBackend } from './queue-backend.js';

const question = (e164: string) => ({
  ...{ tenantId: 't', e164, country: 'IL', callId: null, did: null, extension: null },
});

/** A queue of which nobody takes anything, until it is told what a worker said. */
function rig({ isAway = false } = {}) {
  const jobs: { data: PopupAsk; opts: Record<string, unknown> }[] = [];
  let heard: (words: readonly string[]) => void = () => undefined;
  const backend = {
    queue: () => ({
      on: () => undefined,
      add: (_name: string, data: PopupAsk, opts: Record<string, unknown>) => {
        if (isAway) return Promise.reject(new Error('away'));
        jobs.push({ data, opts });
        return Promise.resolve({});
      },
      close: () => Promise.resolve(),
    }),
    hearing: (_name: string, listener: typeof heard) => {
      heard = listener;
      return { ready: () => Promise.resolve(), close: () => Promise.resolve() };
    },
  } as unknown as QueueBackend;
  let last = 0;
  const asker = new PopupAsker({
    backend,
    metrics: new Metrics('test'),
    newId: () => String((last += 1)),
    now: () => 0,
  });
  const questions = () => jobs.flatMap(({ data }) => data.questions.map(({ id }) => id));
  return {
    asker,
    jobs,
    questions,
    say: (...ids: string[]) => {
      heard(ids);
    },
  };
}

describe('questions to the popup worker', () => {
  it('travel together when they come together, and those for one number are one', async () => {
    const { asker, jobs, questions, say } = rig();
    const asked = ['+1', '+2', '+1'].map((e164) => asker.ask(question(e164)));
    await until(() => jobs.length > 0);
    expect([jobs.length, questions()]).toEqual([1, ['1', '2']]);
    say('2', '1');
    expect(await Promise.all(asked)).toEqual(['answered', 'answered', 'answered']);
    const again = asker.ask(question('+1'));
    await until(() => jobs.length > 1);
    say('3');
    expect(await again).toBe('answered');
    await asker.close();
  });

  it('are lost at once when the queue is away, and nobody is asked after the end', async () => {
    const { asker } = rig({ isAway: true });
    expect(await asker.ask(question('+1'))).toBe('lost');
    await asker.close();
    expect(await asker.ask(question('+1'))).toBe('closed');
  });

  it('are let go at the end', async () => {
    const { asker, jobs } = rig();
    const asked = asker.ask(question('+1'));
    await until(() => jobs.length > 0);
    await asker.close();
    expect(await asked).toBe('closed');
  });
});

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 1));
}
