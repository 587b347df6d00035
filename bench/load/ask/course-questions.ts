/** Calls from the first ring to the end, each at the phone of an agent. Callers are known as they are in `popupQuestions`. */
import { callId } from '../call-numbers.js';
import { courseStep, tenantOfCall, type CourseStep } from './calls-in-course.js';
import { extensionOf } from './live-questions.js';
import { CALLERS, callerE164, callerName } from './popup-callers.js';
import { namesCaller } from './popup-questions.js';
import { postJson } from './post-json.js';
import type { Questions, QuestionsOptions } from './questions.js';

const STATUS = { ringing: 'Ringing', talking: 'Talking', hangup: 'Hangup' } as const;

/** As long as nothing can be answered or ended yet, the first call is told again: that changes nothing. */
const AGAIN: CourseStep = { call: 0, step: 'ringing' };

export function courseQuestions({ urls, prefix, agents = 1 }: QuestionsOptions): Questions {
  const targets = urls.map((url) => new URL(url));
  const about = (question: number) => {
    const { call, step } = courseStep(question) ?? AGAIN;
    const turn = Math.floor(call / targets.length);
    return { call, step, tenant: tenantOfCall(call, targets.length), caller: turn % CALLERS, turn };
  };
  return {
    request: (question) => {
      const { call, step, tenant, caller, turn } = about(question);
      return postJson(targets[tenant] as URL, {
        phone: callerE164(caller).slice(1),
        ivrid: callId(prefix, call),
        extenUser: extensionOf(turn % agents),
        did: '0776707528',
        status: STATUS[step],
        direction: 'Incoming',
        isAnswered: step !== 'ringing',
      });
    },
    isRight: (question, reply) => {
      const { tenant, caller } = about(question);
      return namesCaller(reply, callerName(tenant, caller));
    },
  };
}
