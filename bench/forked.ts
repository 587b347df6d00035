/** A process of our own that answers questions: the two ends of one fork. Typed arrays travel as they are. */
import { fork, type ChildProcess } from 'node:child_process';

interface Question {
  id: number;
  ask: string;
  given: unknown;
}

type Message = { id: number; answer: unknown } | { id: number; error: string } | { progress: unknown };

/** The questions that a process answers. */
export type Answers = Record<string, (given: never) => unknown>;
type Given<F> = F extends (given: infer G) => unknown ? G : never;
type Answer<F> = F extends (given: never) => infer R ? Awaited<R> : never;

/** The asking end. */
export class Forked<A extends Answers, P = never> {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<
    number,
    { resolve: (answer: unknown) => void; reject: (error: Error) => void }
  >();
  private lastId = 0;
  onProgress: (progress: P) => void = () => undefined;

  /** @param script  path of the module to run */
  constructor(script: string) {
    this.child = fork(script, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: {},
    });
    this.child.on('message', (message) => {
      this.hear(message as Message);
    });
    this.child.on('exit', (code, signal) => {
      const error = new Error(`${script} ended (${String(signal ?? code)}) before it answered.`);
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  ask<K extends keyof A & string>(ask: K, given: Given<A[K]>): Promise<Answer<A[K]>> {
    const id = (this.lastId += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      this.child.send({ id, ask, given } satisfies Question);
    });
  }

  /** The process ends by itself once the channel is gone. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
  }

  private hear(message: Message): void {
    if ('progress' in message) {
      this.onProgress(message.progress as P);
      return;
    }
    const asked = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if ('error' in message) asked?.reject(new Error(message.error));
    else asked?.resolve(message.answer);
  }
}

/** The answering end; ends the process when the asking one is gone, however that happened. */
export function answerQuestions(answers: Answers): { progress: (state: unknown) => void } {
  const tell = (message: Message) => process.send?.(message);
  process.on('message', (message) => {
    const { id, ask, given } = message as Question;
    Promise.resolve()
      .then(() => (answers[ask] as (given: unknown) => unknown)(given))
      .then(
        (answer) => tell({ id, answer }),
        (error: unknown) => tell({ id, error: error instanceof Error ? error.message : String(error) }),
      );
  });
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C reaches the whole group; the bench decides when we end.
  process.on('SIGINT', () => undefined);
  return { progress: (state) => tell({ progress: state }) };
}
