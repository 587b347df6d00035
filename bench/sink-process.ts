/** The CRM sink as a process of its own. Forked by the bench. */
import { CrmSink, type Script } from '../apps/simulator/index.js';
import { answerQuestions } from './forked.js';
import { harvestOf, type Harvest } from './measure/harvest.js';

const sink = new CrmSink({ now: () => Date.now(), judgeLater: true });

const answers = {
  /** @returns the port */
  listen: (): Promise<number> => sink.listen(),
  secrets: (endpoints: readonly { name: string; secret: string }[]): void => {
    for (const { name, secret } of endpoints) sink.setSecret(name, secret);
  },
  script: ({ name, script }: { name: string; script: Script }): void => {
    sink.setScript(name, script);
  },
  reset: (): void => {
    sink.reset();
  },
  delivered: (): number => sink.deliveredCount,
  harvest: (): Harvest => {
    sink.judgeAll();
    return harvestOf(sink);
  },
};

answerQuestions(answers);

export type SinkAnswers = typeof answers;
