/** The PBXs of B7, each a server of its own, in a process of their own. Forked by the bench. */
import { seededRandom } from '../../../apps/simulator/index.js';
import { answerQuestions } from '../../forked.js';
import type { OpenedPbx, PbxPlan, PlacedCall } from './chaos-contract.js';
import { StrictPbx } from './strict-pbx.js';

const pbxs: StrictPbx[] = [];

const answers = {
  open: ({ ingressUrls, mischief, seed }: PbxPlan): Promise<OpenedPbx[]> =>
    Promise.all(
      ingressUrls.map((ingressUrl, tenant) => {
        const random = seededRandom(seed + tenant);
        const pbx = new StrictPbx({ tenant, ingressUrl, mischief, random, now: Date.now });
        pbxs.push(pbx);
        return pbx.listen();
      }),
    ),
  counted: (): { calls: number; live: number; strange: string[] } => ({
    calls: pbxs.reduce((sum, { calls }) => sum + calls.length, 0),
    live: pbxs.reduce((sum, { live }) => sum + live, 0),
    strange: pbxs.flatMap(({ strange }) => strange).slice(0, 5),
  }),
  calls: (): PlacedCall[] =>
    pbxs.flatMap(({ calls, tenant }) =>
      calls.map(({ number, attempt, startedAt, endedAt }) => ({
        tenant,
        number,
        attempt,
        startedAt,
        endedAt,
      })),
    ),
};

answerQuestions(answers);

export type PbxAnswers = typeof answers;
