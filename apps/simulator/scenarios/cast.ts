/** Who plays in a scenario, and how long things take: all of it drawn from one chance. */
import { customerNumber } from '../pbx/israeli-number.js';
import type { Agent, Office } from '../pbx/office.js';
import { logNormal, pick, wholeBetween, type Random } from '../pbx/random.js';
import { TALK } from '../pbx/call-mix.js';
import type { CallScript, Part } from '../scripts/call-script.js';

/** Nobody waits for a simulated call longer than that. */
const MOST_TALK_SECONDS = 600;

export class Cast {
  constructor(
    readonly office: Office,
    readonly random: Random,
  ) {}

  /** Three different ones. @throws RangeError when the office has fewer */
  agents(): readonly [Agent, Agent, Agent] {
    const left = [...this.office.agents];
    const draw = (): Agent => {
      const agent = pick(this.random, left);
      left.splice(left.indexOf(agent), 1);
      return agent;
    };
    return [draw(), draw(), draw()];
  }

  agent(): Agent {
    return pick(this.random, this.office.agents);
  }

  between(least: number, most: number): number {
    return wholeBetween(this.random, least, most);
  }

  talk(): number {
    const drawn = Math.round(logNormal(this.random, TALK.medianSeconds, TALK.spread));
    return Math.min(MOST_TALK_SECONDS, Math.max(5, drawn));
  }

  /** A call with the outside: say what is different of this one. */
  script(of: Pick<CallScript, 'direction' | 'parts' | 'until'> & Partial<CallScript>): CallScript {
    const internal = of.direction === 'internal';
    return {
      scenario: '',
      outside: internal ? '' : customerNumber(this.random),
      did: internal ? '' : pick(this.random, this.office.dids),
      queue: null,
      menu: null,
      voicemailFrom: null,
      customData: {},
      ...of,
    };
  }
}

/** The phone rings with the caller outside at the other end: say what is different of this one. */
export function ring(of: Pick<Part, 'agent' | 'from' | 'until' | 'end'> & Partial<Part>): Part {
  return { side: 'in', with: 'outside', step: 'first', answered: null, ...of };
}
