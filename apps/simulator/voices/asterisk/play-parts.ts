/** How the channels of a call's parts come and go: each phone that is rung has one, beside the channel that the call began with. */
import type { Agent } from '../../pbx/office.js';
import { talkingPart, type CallScript, type Part, type PartEnd } from '../../scripts/call-script.js';
import type { Channel, Stage } from './stage.js';

/** The line to the world. */
export const TRUNK = 'line-1';
const OUTGOING = '(Outgoing Line)';

const ENDS: Readonly<Record<PartEnd, { status: string; cause: number; text: string }>> = {
  talked: { status: 'ANSWER', cause: 16, text: 'Normal Clearing' },
  unanswered: { status: 'NOANSWER', cause: 0, text: 'Unknown' },
  elsewhere: { status: 'CANCEL', cause: 26, text: 'Answered elsewhere' },
  gaveUp: { status: 'CANCEL', cause: 127, text: 'Interworking, unspecified' },
  busy: { status: 'BUSY', cause: 17, text: 'User busy' },
};

export interface Dialling {
  stage: Stage;
  /** Who rings; null where the PBX itself does, for an order. */
  caller: Channel | null;
  app: 'AppDial' | 'AppQueue' | 'AppDial2';
}

export interface Dialled {
  endpoint: string;
  own: string;
  other: string;
  exten: string;
}

type Course = Pick<Part, 'from' | 'answered' | 'until' | 'end'>;

/** @param onAnswer  beside that they hear each other. @returns the channel, once it is there */
export function playDialled(
  { stage, caller, app }: Dialling,
  { endpoint, own, other, exten }: Dialled,
  course: Course & { staysUp?: true; linkedId?: string },
): { channel: Channel | null } {
  const { from, answered, until, end, staysUp, linkedId } = course;
  const rung: { channel: Channel | null } = { channel: null };
  stage.plan(from, (at) => {
    const context = endpoint === TRUNK ? 'from-trunk' : 'from-internal';
    const peer = stage.open(at, {
      endpoint,
      own,
      state: 'Down',
      context,
      exten,
      ...(linkedId && { linkedId }),
    });
    rung.channel = peer;
    peer.other = other;
    stage.lead(at, peer, app, OUTGOING);
    stage.dial(at, caller, peer, '');
    stage.become(at, peer, 'Ringing');
    stage.dial(at, caller, peer, 'RINGING');
    if (answered !== null)
      stage.plan(answered, (then) => {
        pickUp(stage, caller, peer, then);
      });
    if (staysUp !== true)
      stage.plan(until, (then) => {
        putDown(stage, { caller, peer, answered, end }, then);
      });
  });
  return rung;
}

function pickUp(stage: Stage, caller: Channel | null, peer: Channel, at: number): void {
  stage.become(at, peer, 'Up');
  stage.dial(at, caller, peer, 'ANSWER');
  if (caller === null) return;
  stage.become(at, caller, 'Up');
  stage.join(at, peer, caller);
}

function putDown(
  stage: Stage,
  {
    caller,
    peer,
    answered,
    end,
  }: { caller: Channel | null; peer: Channel; answered: number | null; end: PartEnd },
  at: number,
): void {
  const { status, cause, text } = ENDS[end];
  if (answered === null) stage.dial(at, caller, peer, status);
  stage.destroy(at, peer, cause, text);
}

/** The customer's or the caller's own channel goes last. */
export function playCallerEnd(stage: Stage, channel: Channel, script: CallScript): void {
  stage.plan(script.until, (at) => {
    stage.plan(at, () => {
      const busy = script.parts.some(({ end }) => end === 'busy');
      const hangsUp = channel.state === 'Up' || script.parts.some(({ end }) => end === 'gaveUp');
      if (hangsUp && script.queue !== null && talkingPart(script.parts) === undefined)
        stage.say(at, 'ChannelVarset', channel, { variable: 'ABANDONED', value: 'TRUE' });
      if (hangsUp)
        stage.say(at, 'ChannelHangupRequest', channel, { cause: channel.state === 'Up' ? 16 : 127 });
      const [cause, text] = hangsUp
        ? [16, 'Normal Clearing']
        : busy
          ? [17, 'User busy']
          : [19, 'User alerting, no answer'];
      stage.leave(at, channel);
      stage.destroy(at, Object.assign(channel, { app: '', appData: '' }), cause, text);
    });
  });
}

export function phoneOf({ extension }: Agent, other: string, exten: string): Dialled {
  return { endpoint: extension, own: extension, other, exten };
}
