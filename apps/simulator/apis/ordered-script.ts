/** What happens in a call that was ordered: the PBX rings the agent, then calls the customer and joins the two. */
import type { Agent } from '../pbx/office.js';
import { ring } from '../scenarios/cast.js';
import type { CallScript, Part, PartEnd } from '../scripts/call-script.js';
import type { Ending } from './fate.js';

const AGENT_ANSWERS = 2;
const CUSTOMER_ANSWERS = 6;
/** Seconds from the customer's first ring to the end, and how it ends. */
const COURSE_OF: Readonly<Record<Ending, { lasts: number; end: PartEnd }>> = {
  answered: { lasts: 34, end: 'talked' },
  busy: { lasts: 2, end: 'busy' },
  no_answer: { lasts: 30, end: 'unanswered' },
  unallocated: { lasts: 1, end: 'unanswered' },
};

export interface OrderedParties {
  agent: Agent;
  /** In the local spelling. */
  outside: string;
  did: string;
  ending: Ending;
  /** Told again by vendors that can. */
  customData: Readonly<Record<string, string>>;
}

/** The same call, ended for everybody by an order to hang up. @param at  seconds since its start */
export function hungUpScript(script: CallScript, at: number): CallScript {
  const until = Math.max(1, Math.min(at, script.until));
  const parts = script.parts
    .filter(({ from }) => from < until)
    .map((part): Part => {
      const isTalk = part.answered !== null && part.answered <= until;
      if (part.until <= until) return part;
      return isTalk ? { ...part, until, end: 'talked' } : { ...part, until, answered: null, end: 'gaveUp' };
    });
  return { ...script, parts, until };
}

export function orderedScript({ agent, outside, did, ending, customData }: OrderedParties): CallScript {
  const { lasts, end } = COURSE_OF[ending];
  const until = AGENT_ANSWERS + lasts;
  const answered = ending === 'answered' ? CUSTOMER_ANSWERS : null;
  return {
    scenario: 'click2call',
    direction: 'outbound',
    outside,
    did,
    queue: null,
    menu: null,
    voicemailFrom: null,
    customData,
    parts: [
      ring({ agent, step: 'agent', from: 0, answered: AGENT_ANSWERS, until, end: 'talked' }),
      ring({ agent, step: 'customer', side: 'out', from: AGENT_ANSWERS, answered, until, end }),
    ],
    until,
  };
}
