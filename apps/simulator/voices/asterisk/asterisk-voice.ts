/**
 * Asterisk tells of channels while they live: made, ringing, answered, joined, gone. A call is what has one linked id; a colleague
 * who is asked before a transfer is a call of its own until the customer is handed over.
 */
import { digits, seededRandom } from '../../pbx/random.js';
import type { CallScript, Part } from '../../scripts/call-script.js';
import { SECOND_MS, type ExpectedCall, type Voice } from '../voice.js';
import { playConsultation } from './play-consultation.js';
import { phoneOf, playCallerEnd, playDialled, TRUNK } from './play-parts.js';
import { Stage, type Channel } from './stage.js';
import { resultOfAsterisk } from './result-of-asterisk.js';

export const asteriskVoice: Voice = (script, { seed, startedAt, callId }) => {
  const random = seededRandom(seed);
  const isOrder = script.parts.some(({ step }) => step === 'agent');
  const own = isOrder
    ? `order-${digits(random, 16)}`
    : `${String(Math.floor(startedAt / SECOND_MS))}.${digits(random, 8)}`;
  const id = callId ?? own;
  const variables = {
    X_ATT: '',
    FROM_DID: script.direction === 'inbound' ? script.did : '',
    ...script.customData,
  };
  const stage = new Stage(startedAt, id, variables);
  const consultation = isOrder ? playOrder(stage, script) : playCall(stage, script);
  stage.play();
  const main = expectedOf(script, id);
  if (consultation === null) return { messages: stage.messages, expected: [main] };
  const asked = consultation();
  // It is the colleague's channel that comes over from there.
  const handedOver = { ...main, transferOf: asked.vendorCallId };
  return { messages: stage.messages, expected: [handedOver, asked] };
};

/** @returns the call of a consultation, once it was played; null for none */
function playCall(stage: Stage, script: CallScript): (() => ExpectedCall) | null {
  const first = openFirst(stage, script);
  const consult = script.parts.filter(({ step }) => step === 'consult');
  const others = script.parts.filter((part) => part.step !== 'consult');
  if (script.menu !== null) playMenu(stage, first, script);
  if (script.queue !== null) {
    const data = `${String(script.queue.id)},t,,,300`;
    stage.plan(0, (at) => {
      stage.lead(at, first, 'Queue', data);
    });
  }
  const asked = consult.length === 0 ? null : playConsultation(stage, first, consult);
  for (const part of others) playPart(stage, first, { script, part, handsOver: asked !== null });
  if (script.voicemailFrom !== null) {
    stage.plan(script.voicemailFrom, (at) => {
      stage.lead(at, first, 'VoiceMail', `${script.parts[0]?.agent.extension ?? ''}@default,u`);
      stage.become(at, first, 'Up');
    });
  }
  playCallerEnd(stage, first, script);
  return asked;
}

function openFirst(stage: Stage, { direction, outside, did, parts }: CallScript): Channel {
  const state = 'Ring';
  if (direction === 'inbound') {
    return stage.open(0, { endpoint: TRUNK, own: outside, state, context: 'from-trunk', exten: did });
  }
  const out = parts.find(({ side }) => side === 'out');
  const { extension = '' } = out?.agent ?? {};
  const exten = out === undefined || out.with === 'outside' ? outside : out.with.extension;
  return stage.open(0, { endpoint: extension, own: extension, state, context: 'from-internal', exten });
}

function playPart(
  stage: Stage,
  first: Channel,
  { script, part, handsOver }: { script: CallScript; part: Part; handsOver: boolean },
): void {
  const dialling = { stage, caller: first, app: script.queue === null ? 'AppDial' : 'AppQueue' } as const;
  if (script.queue === null) {
    stage.plan(part.from, (at) => {
      const to =
        part.side === 'out' && part.with === 'outside' ? `${script.outside}@${TRUNK}` : phoneIn(part);
      stage.lead(at, first, 'Dial', `PJSIP/${to},30,tT`);
    });
  }
  if (part.side === 'out') {
    // The caller's own part: whoever is called has the other channel.
    if (part.with !== 'outside') return;
    const line = { endpoint: TRUNK, own: script.outside, other: script.did, exten: script.outside };
    playDialled(dialling, line, part);
    return;
  }
  const other = part.with === 'outside' ? script.outside : part.with.extension;
  playDialled(dialling, phoneOf(part.agent, other, first.exten), {
    ...part,
    ...(handsOver && { staysUp: true }),
  });
}

function phoneIn({ side, agent, with: other }: Part): string {
  return side === 'out' && other !== 'outside' ? other.extension : agent.extension;
}

/** The PBX's own menu: it answers, and the caller presses keys. */
function playMenu(stage: Stage, first: Channel, { menu }: CallScript): void {
  if (menu === null) return;
  const name = `ivr-${String(menu.layerId)}`;
  stage.plan(0, (at) => {
    first.context = name;
    first.exten = 's';
    stage.lead(at, first, 'Answer', '');
    stage.become(at, first, 'Up');
    stage.lead(at, first, 'BackGround', 'custom/main');
  });
  for (const press of menu.presses) {
    for (const digit of press.digits)
      stage.plan(press.at, (at) => {
        stage.press(at, first, digit);
      });
  }
}

/** The PBX rings the agent under an id of ours, and the dialplan goes on from there. */
function playOrder(stage: Stage, script: CallScript): null {
  const [agent, customer] = script.parts;
  if (agent === undefined) return null;
  const { outside, did } = script;
  const dialling = { stage, caller: null, app: 'AppDial2' } as const;
  const rung = playDialled(dialling, phoneOf(agent.agent, outside, 's'), { ...agent, staysUp: true });
  stage.plan(agent.answered ?? script.until, (at) => {
    const { channel } = rung;
    if (channel === null) return;
    if (agent.answered === null || customer === undefined) {
      stage.destroy(at, channel, 19, 'User alerting, no answer');
      return;
    }
    Object.assign(channel, { own: did, exten: outside });
    stage.lead(at, channel, 'Dial', `PJSIP/${outside}@${TRUNK},30,tT`);
    const line = { endpoint: TRUNK, own: outside, other: did, exten: outside };
    playDialled({ stage, caller: channel, app: 'AppDial' }, line, customer);
    playCallerEnd(stage, channel, script);
  });
  return null;
}

function expectedOf(script: CallScript, vendorCallId: string): ExpectedCall {
  const { direction, outside, menu, parts } = script;
  const own = parts.filter(({ step }) => step !== 'consult' && step !== 'agent');
  const answered = own.filter((part) => part.answered !== null);
  const out = parts.find(({ side, step }) => side === 'out' && step !== 'consult');
  return {
    vendorCallId,
    direction,
    result: resultOfAsterisk(script),
    from: direction === 'inbound' ? outside : (out?.agent.extension ?? ''),
    to: toOf(script, answered[0] ?? own[0]),
    extensions: answered.map(({ agent }) => agent.extension),
    // Its name is the id.
    queue: null,
    ivrDigits: (menu?.presses ?? []).map(({ digits: pressed }) => pressed).join(''),
    customData: script.customData,
    transferOf: null,
    legs: null,
  };
}

/** A call that comes in is to whoever took it; one that nobody took, to the number. */
function toOf({ direction, outside, did }: CallScript, part: Part | undefined): string {
  if (direction !== 'inbound')
    return part === undefined || part.with === 'outside' ? outside : part.with.extension;
  return part?.answered == null ? did : part.agent.extension;
}
