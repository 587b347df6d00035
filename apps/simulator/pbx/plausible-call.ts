/** One call of an office, from its start to the CDRs that the PBX sends about it. Pure: time and chance are passed in. */
import { instant, type Instant } from '#domain';
import {
  AGOROT_PER_MINUTE,
  ANONYMOUS_SHARE,
  CALL_KINDS,
  CDR_DELAY_SECONDS,
  MENU,
  MENU_AS_STRING_SHARE,
  MENU_SHARE,
  REGULAR_SHARE,
  RING,
  STATUSES,
  TALK,
  WAIT,
  type CallKind,
} from './call-mix.js';
import type { Cdr, IvrChoice } from './cdr.js';
import { customerNumber, international } from './israeli-number.js';
import type { WallTime } from './local-clock.js';
import type { Agent, Office, Queue } from './office.js';
import { logNormal, pick, weighted, wholeBetween, type Random } from './random.js';

/** A CDR and the true time at which the PBX sends it. */
export interface PlayedCdr {
  at: Instant;
  cdr: Cdr;
}

export interface CallSetting {
  office: Office;
  startedAt: Instant;
  /** The office's wall clock. */
  wall: (at: Instant) => WallTime;
  random: Random;
}

/** Some kind of call, in the proportions of CALL_KINDS unless one is asked for. One CDR a leg, in the order they are sent. */
export function plausibleCall(
  setting: CallSetting,
  kind = weighted(setting.random, CALL_KINDS),
): PlayedCdr[] {
  return PLAY[kind](setting);
}

const PLAY: Readonly<Record<CallKind, (setting: CallSetting) => PlayedCdr[]>> = {
  incoming: (setting) => [
    answeredOrNot(setting, incoming(setting, weighted(setting.random, STATUSES.incoming))),
  ],
  queue: (setting) => [queued(setting)],
  outgoing: (setting) => [outgoing(setting)],
  click2call: clickToCall,
  voicemail: (setting) => {
    const cdr = incoming(setting, 'VOICEMAIL');
    return [
      sent(setting, { ...cdr, type: 'VoiceMail', duration: seconds(setting.random, MENU), dialtime: 25 }),
    ];
  },
  ivrOnly: (setting) => {
    const { random, office } = setting;
    const status = weighted(random, STATUSES.ivrOnly);
    const cdr = { ...incoming(setting, status), target: '', targetextension: '', ...nobody() };
    return [sent(setting, { ...cdr, duration: seconds(random, MENU), IVR: menu(random, office, undefined) })];
  },
  transfer: transferred,
};

function incoming(setting: CallSetting, status: string): Cdr {
  const { random, office } = setting;
  const agent = pick(random, office.agents);
  const hidden = random() < ANONYMOUS_SHARE;
  return {
    ...blank(setting),
    caller: hidden ? 'Anonymous' : customer(setting),
    caller_country: hidden ? '' : 'Israel',
    target: agent.sip,
    targetextension: agent.sip,
    targetextension_name: agent.name,
    ...represented(agent),
    did: pick(random, office.dids),
    type: 'Incoming Call',
    status,
  };
}

function queued(setting: CallSetting): PlayedCdr {
  const { random, office } = setting;
  const status = weighted(random, STATUSES.queue);
  const queue = pick(random, office.queues);
  const waited = status === 'FULL' ? 0 : seconds(random, WAIT);
  const answered = status === 'ANSWER';
  const cdr: Cdr = {
    ...incoming(setting, status),
    type: 'Queue',
    queueid: queue.id,
    queuename: queue.name,
    seconds_waiting_in_queue: waited,
    DepartmentID: queue.department.id,
    DepartmentName: queue.department.name,
    duration: waited + (answered ? seconds(random, TALK) : 0),
    dialtime: answered ? seconds(random, RING) : 0,
    ...(random() < MENU_SHARE ? { IVR: menu(random, office, queue) } : {}),
    ...(answered ? {} : { target: '', targetextension: '', ...nobody() }),
  };
  return sent(setting, answered ? recorded(cdr) : cdr);
}

function outgoing(setting: CallSetting): PlayedCdr {
  const { random, office } = setting;
  const agent = pick(random, office.agents);
  return answeredOrNot(setting, {
    ...blank(setting),
    caller: pick(random, office.dids),
    target: international(customer(setting)),
    target_country: 'Israel',
    callerextension: agent.sip,
    callerextension_name: agent.name,
    ...represented(agent),
    type: 'Extension Outgoing',
    status: weighted(random, STATUSES.outgoing),
  });
}

/** Leg 1 rings the agent, leg 2 the customer; both carry one id, and the recording is the second one's. */
function clickToCall(setting: CallSetting): PlayedCdr[] {
  const { random, office } = setting;
  const agent = pick(random, office.agents);
  const target = international(customer(setting));
  const common = { ...blank(setting), ...represented(agent), caller: pick(random, office.dids) };
  const agentStatus = weighted(random, STATUSES.click2call);
  const reached = agentStatus === 'ANSWER';
  const customerLeg = answeredOrNot(setting, {
    ...common,
    target,
    target_country: 'Israel',
    callerextension: agent.sip,
    callerextension_name: agent.name,
    type: 'Click2Call leg2',
    status: reached ? weighted(random, STATUSES.customerLeg) : 'NOTCALLED',
  });
  const agentLeg = sent(setting, {
    ...common,
    target: agent.sip,
    targetextension: agent.sip,
    targetextension_name: agent.name,
    type: 'Click2Call leg1',
    status: agentStatus,
    dialtime: seconds(random, RING),
    duration: reached ? customerLeg.cdr.duration + customerLeg.cdr.dialtime : 0,
  });
  return agentLeg.at <= customerLeg.at ? [agentLeg, customerLeg] : [customerLeg, agentLeg];
}

/** An answered call that goes on with a colleague under an id of its own, which names the first. */
function transferred(setting: CallSetting): PlayedCdr[] {
  const { office, random } = setting;
  const first = answeredOrNot(setting, incoming(setting, 'ANSWER'));
  const { dialtime, duration, ivruniqueid, caller, did } = first.cdr;
  const later = { ...setting, startedAt: instant(setting.startedAt + (dialtime + duration) * 1000) };
  const colleague = pick(random, office.agents);
  const second = answeredOrNot(later, {
    ...incoming(later, 'ANSWER'),
    caller,
    did,
    target: colleague.sip,
    targetextension: colleague.sip,
    targetextension_name: colleague.name,
    ...represented(colleague),
    type: 'XferCDR',
    OriginalIvrUniqueID: ivruniqueid,
  });
  return [first, second];
}

function blank({ startedAt, wall, random }: CallSetting): Cdr {
  const time = wall(startedAt);
  const suffix = Array.from({ length: 4 }, () =>
    wholeBetween(random, 0, 0xffff).toString(16).padStart(4, '0'),
  );
  return {
    caller: '',
    target: '',
    time: time.epochSeconds,
    duration: 0,
    ivruniqueid: time.digits + suffix.join(''),
    type: '',
    status: '',
    targetextension: '',
    callerextension: '',
    did: '',
    queueid: 0,
    queuename: '',
    record: '',
    price: 0,
    dialtime: 0,
    callerextension_name: '',
    target_country: '',
    caller_country: '',
    ...nobody(),
  };
}

/** Fills in what follows from the status: who was reached talked, has a recording, and pays if we called them. */
function answeredOrNot(setting: CallSetting, cdr: Cdr): PlayedCdr {
  const { random } = setting;
  const rang = cdr.status !== 'NOTCALLED' && cdr.status !== 'NOTDIALED' && cdr.status !== 'CHANUNAVAIL';
  const dialtime = rang ? seconds(random, RING) : 0;
  if (cdr.status !== 'ANSWER') return sent(setting, { ...cdr, dialtime });
  const duration = seconds(random, TALK);
  const price = cdr.target_country === '' ? 0 : Math.ceil(duration / 60) * AGOROT_PER_MINUTE;
  return sent(setting, recorded({ ...cdr, dialtime, duration, price }));
}

function sent({ startedAt, random }: CallSetting, cdr: Cdr): PlayedCdr {
  const delay = wholeBetween(random, CDR_DELAY_SECONDS.least, CDR_DELAY_SECONDS.most);
  return { at: instant(startedAt + (cdr.dialtime + cdr.duration + delay) * 1000), cdr };
}

/** A place of no vendor's, so that nobody fetches a simulated recording from a real one. */
function recorded(cdr: Cdr): Cdr {
  return {
    ...cdr,
    record: `https://recordings.example.com/CallsHistory/PlayRecord/${cdr.ivruniqueid}-aws.mp3`,
  };
}

function represented(agent: Agent) {
  return {
    representative_name: agent.name,
    representative_code: agent.code,
    DepartmentID: agent.department.id,
    DepartmentName: agent.department.name,
  };
}

function nobody() {
  return { representative_name: '', representative_code: '', targetextension_name: '' };
}

function customer({ random, office }: CallSetting): string {
  return office.regulars.length > 0 && random() < REGULAR_SHARE
    ? pick(random, office.regulars)
    : customerNumber(random);
}

/** @param queue  where the menu led to; undefined when the caller hung up in it */
function menu(random: Random, office: Office, queue: Queue | undefined): IvrChoice[] | string {
  const top = { layer_id: office.menu.id, layer_name: office.menu.name, layer_number: 0 };
  const choices: IvrChoice[] = [
    { ...top, Dtmf: queue ? office.queues.indexOf(queue) + 1 : 0, dtmf_order: 1 },
  ];
  if (queue) {
    const layer_number = office.queues.indexOf(queue) + 1;
    const layer_id = office.menu.id + layer_number;
    choices.push({ layer_id, layer_name: queue.department.name, layer_number, Dtmf: 0, dtmf_order: 2 });
  }
  return random() < MENU_AS_STRING_SHARE ? JSON.stringify(choices) : choices;
}

function seconds(random: Random, of: { medianSeconds: number; spread: number; mostSeconds: number }): number {
  return Math.min(of.mostSeconds, Math.max(1, Math.round(logNormal(random, of.medianSeconds, of.spread))));
}
