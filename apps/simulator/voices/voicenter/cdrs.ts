/** The CDRs of a call, in Voicenter's own words (seed section 4). */
import type { CallResult } from '#domain';
import type { Cdr, IvrChoice } from '../../pbx/cdr.js';
import { international } from '../../pbx/israeli-number.js';
import type { Agent } from '../../pbx/office.js';
import { talkingPart, type CallScript, type Part } from '../../scripts/call-script.js';
import type { ToldCall } from './told-calls.js';

/** What is particular to one CDR; `from` and `until` of its leg are the script's seconds. */
export interface LegCdr {
  from: number;
  until: number;
  fields: Partial<Cdr>;
}

/** How the customer's side of it ended. */
export function endingOf(script: CallScript, parts: readonly Part[]): { status: string; result: CallResult } {
  if (talkingPart(parts) !== undefined) return { status: 'ANSWER', result: 'answered' };
  if (script.voicemailFrom !== null) return { status: 'VOICEMAIL', result: 'voicemail' };
  if (script.queue !== null) return { status: 'ABANDONE', result: 'abandoned' };
  const last = parts.at(-1);
  if (last === undefined) return { status: 'VOEND', result: 'ivr_only' };
  if (last.end === 'busy') return { status: 'BUSY', result: 'busy' };
  return { status: last.end === 'gaveUp' ? 'CANCEL' : 'NOANSWER', result: 'missed' };
}

/** In the order in which their legs end. */
export function cdrsOf(script: CallScript, { parts, original }: ToldCall): LegCdr[] {
  const [first] = parts;
  if (original !== null) {
    return first?.step === 'consult' ? attendedCdrs(script, parts) : [sentOnCdr(script, parts)];
  }
  if (first?.step === 'agent') return clickToCallCdrs(script, parts);
  if (script.direction === 'inbound') return [incomingCdr(script, parts)];
  return [outgoingCdr(script, parts)];
}

function incomingCdr(script: CallScript, parts: readonly Part[]): LegCdr {
  const { queue, voicemailFrom } = script;
  const { status } = endingOf(script, parts);
  const talking = talkingPart(parts);
  const until = talking?.until ?? script.until;
  const part = talking ?? (queue === null && parts.length > 0 ? parts.at(-1) : undefined);
  const talked = talking?.answered == null ? 0 : until - talking.answered;
  const waited = queue === null ? 0 : (talking?.from ?? until);
  const own = voicemailFrom ?? (parts.length === 0 ? 0 : null);
  return {
    from: 0,
    until,
    fields: {
      type: incomingType(script),
      status,
      caller: script.outside,
      target: part?.agent.sip ?? '',
      did: script.did,
      ...(part && answeredBy(part.agent)),
      ...ivrOf(script),
      ...(queue && { queueid: queue.id, queuename: queue.name, seconds_waiting_in_queue: waited }),
      dialtime: part ? (part.answered ?? part.until) - part.from : 0,
      duration: own === null ? waited + talked : until - own,
    },
  };
}

function incomingType({ queue, voicemailFrom }: CallScript): string {
  if (voicemailFrom !== null) return 'VoiceMail';
  return queue === null ? 'Incoming Call' : 'Queue';
}

function outgoingCdr(script: CallScript, parts: readonly Part[]): LegCdr {
  const part = parts.find(({ side }) => side === 'out');
  const called = part?.with === 'outside' ? undefined : part?.with;
  return {
    from: 0,
    until: script.until,
    fields: {
      type: 'Extension Outgoing',
      status: endingOf(script, parts).status,
      caller: called ? (part?.agent.sip ?? '') : script.did,
      target: called ? called.sip : international(script.outside),
      ...(called && { targetextension: called.sip, targetextension_name: called.name }),
      ...(part && calledBy(part.agent)),
      ...lengthsOf(part),
    },
  };
}

/** Leg 1 rings the agent, leg 2 calls the customer. */
function clickToCallCdrs(script: CallScript, parts: readonly Part[]): LegCdr[] {
  return parts.map((part) => {
    const rings = part.step === 'agent';
    return {
      from: part.from,
      until: part.until,
      fields: {
        type: rings ? 'Click2Call leg1' : 'Click2Call leg2',
        status: endingOf(script, [{ ...part, step: 'first' }]).status,
        caller: script.did,
        target: rings ? part.agent.sip : international(script.outside),
        ...(rings ? answeredBy(part.agent) : calledBy(part.agent)),
        ...lengthsOf(part),
      },
    };
  });
}

/** The customer is sent on to a colleague. */
function sentOnCdr(script: CallScript, parts: readonly Part[]): LegCdr {
  const cdr = incomingCdr({ ...script, queue: null, voicemailFrom: null, menu: null }, parts);
  return { ...cdr, from: parts[0]?.from ?? 0, fields: { ...cdr.fields, type: 'XferCDR' } };
}

/** Leg 1 is what was asked of the colleague, leg 2 his conversation with the customer. */
function attendedCdrs(script: CallScript, parts: readonly Part[]): LegCdr[] {
  const asks = parts.find(({ side }) => side === 'out');
  const asked = parts.find(({ side }) => side === 'in');
  if (asks === undefined || asked === undefined) return [];
  const target = { target: asked.agent.sip, ...answeredBy(asked.agent), status: 'ANSWER' };
  return [
    {
      from: asks.from,
      until: asks.until,
      fields: {
        ...target,
        type: 'Attended CDR leg1',
        caller: asks.agent.sip,
        callerextension: asks.agent.sip,
        callerextension_name: asks.agent.name,
        ...lengthsOf(asks),
      },
    },
    {
      from: asks.until,
      until: asked.until,
      fields: {
        ...target,
        type: 'Attended CDR leg2',
        caller: script.outside,
        did: script.did,
        duration: asked.until - asks.until,
      },
    },
  ];
}

function lengthsOf(part: Part | undefined): Pick<Cdr, 'dialtime' | 'duration'> {
  if (part === undefined) return { dialtime: 0, duration: 0 };
  const answered = part.answered ?? part.until;
  return { dialtime: answered - part.from, duration: part.until - answered };
}

function answeredBy(agent: Agent): Partial<Cdr> {
  return { targetextension: agent.sip, targetextension_name: agent.name, ...represents(agent) };
}

function calledBy(agent: Agent): Partial<Cdr> {
  return { callerextension: agent.sip, callerextension_name: agent.name, ...represents(agent) };
}

function represents({ name, code, department }: Agent): Partial<Cdr> {
  return {
    representative_name: name,
    representative_code: code,
    DepartmentID: department.id,
    DepartmentName: department.name,
  };
}

/** One layer a press; the menu's numbers are the office's own. Of menus that the tenant steers the PBX keeps no list. */
function ivrOf({ menu }: CallScript): { IVR?: IvrChoice[] } {
  if (menu === null || menu.steered) return {};
  return {
    IVR: menu.presses.map(({ digits }, index) => ({
      layer_id: menu.layerId + index,
      layer_name: index === 0 ? menu.layerName : `Menu ${String(index + 1)}`,
      layer_number: index,
      Dtmf: Number(digits),
      dtmf_order: index + 1,
    })),
  };
}
