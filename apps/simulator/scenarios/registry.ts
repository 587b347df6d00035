import type { CallScript } from '../scripts/call-script.js';
import { answeredElsewhere } from './answered-elsewhere.js';
import { answered } from './answered.js';
import { attendedTransfer } from './attended-transfer.js';
import { blindTransfer } from './blind-transfer.js';
import type { Cast } from './cast.js';
import { click2call } from './click2call.js';
import { internal } from './internal.js';
import { ivrLayers, ivrWalk } from './ivr-walk.js';
import { missedByRingGroup } from './missed-by-ring-group.js';
import { outgoing, outgoingBusy } from './outgoing.js';
import { queueAbandon } from './queue-abandon.js';
import { queueAnswered } from './queue-answered.js';
import { voicemail } from './voicemail.js';

/** Every scenario, one line each, with its share of a mixed day. */
const SCENARIOS = {
  answered: { share: 22, play: answered },
  missedByRingGroup: { share: 7, play: missedByRingGroup },
  answeredElsewhere: { share: 9, play: answeredElsewhere },
  queueAnswered: { share: 16, play: queueAnswered },
  queueAbandon: { share: 5, play: queueAbandon },
  attendedTransfer: { share: 2, play: attendedTransfer },
  blindTransfer: { share: 3, play: blindTransfer },
  click2call: { share: 7, play: click2call },
  ivrWalk: { share: 3, play: ivrWalk },
  ivrLayers: { share: 3, play: ivrLayers },
  voicemail: { share: 3, play: voicemail },
  outgoing: { share: 14, play: outgoing },
  outgoingBusy: { share: 3, play: outgoingBusy },
  internal: { share: 3, play: internal },
} as const satisfies Record<string, { share: number; play: (cast: Cast) => CallScript }>;

export type ScenarioName = keyof typeof SCENARIOS;
export const SCENARIO_NAMES = Object.keys(SCENARIOS) as ScenarioName[];

/** How often each is played on a mixed day. */
export const SCENARIO_SHARES = Object.fromEntries(
  SCENARIO_NAMES.map((name) => [name, SCENARIOS[name].share]),
) as Record<ScenarioName, number>;

export function scenarioScript(name: ScenarioName, cast: Cast): CallScript {
  return { ...SCENARIOS[name].play(cast), scenario: name };
}
