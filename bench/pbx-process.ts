/** The PBXs of the tenants with their request APIs, as a process of its own. Forked by the bench. */
import { ApiServer } from '../apps/simulator/index.js';
import { answerQuestions } from './forked.js';

export interface PbxOrder {
  count: number;
  answersAfterMs: number;
}

export interface OpenedPbx {
  url: string;
  secrets: Readonly<Record<string, string>>;
  /** Whose phones are told to dial. */
  phone: string;
}

const servers: ApiServer[] = [];

const answers = {
  open: ({ count, answersAfterMs }: PbxOrder): Promise<OpenedPbx[]> =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const server = new ApiServer({ vendor: 'voicenter', now: Date.now, answersAfterMs });
        servers.push(server);
        const phone = server.desk.office.agents[0]?.sip;
        if (phone === undefined) throw new Error('Nobody works at the simulated PBX.');
        return { url: await server.listen(), secrets: server.account.secrets, phone };
      }),
    ),
  /** Calls so far, and how many of them went to a number that was called already. */
  counted: (): { calls: number; duplicates: number } => {
    const numbers = servers.map(({ desk }) => desk.calls.map(({ outside }) => outside));
    const calls = numbers.flat().length;
    return { calls, duplicates: calls - numbers.reduce((sum, one) => sum + new Set(one).size, 0) };
  },
};

answerQuestions(answers);

export type PbxAnswers = typeof answers;
