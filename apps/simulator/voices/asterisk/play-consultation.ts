import type { Part } from '../../scripts/call-script.js';
import type { ExpectedCall } from '../voice.js';
import { phoneOf, playDialled } from './play-parts.js';
import type { Channel, Stage } from './stage.js';

/**
 * Whoever talks to the customer asks a colleague from a second line, and then leaves: the colleague's channel goes over to the
 * customer's call.
 *
 * @returns the call of the consultation, once it was played
 */
export function playConsultation(
  stage: Stage,
  customer: Channel,
  parts: readonly Part[],
): () => ExpectedCall {
  const asks = parts.find(({ side }) => side === 'out');
  const answers = parts.find(({ side }) => side === 'in');
  if (asks === undefined || answers === undefined) throw new RangeError('A consultation has two sides.');
  const [first, colleague] = [asks.agent.extension, answers.agent.extension];
  let callId = '';
  stage.plan(asks.from, (at) => {
    const line = {
      endpoint: first,
      own: first,
      state: 'Ring',
      context: 'from-internal',
      exten: colleague,
    } as const;
    const second = stage.open(at, { ...line, linkedId: 'own' });
    callId = second.id;
    stage.lead(at, second, 'Dial', `PJSIP/${colleague},30,tT`);
    const course = { ...answers, staysUp: true, linkedId: second.id } as const;
    const rung = playDialled(
      { stage, caller: second, app: 'AppDial' },
      phoneOf(answers.agent, first, colleague),
      course,
    );
    stage.plan(asks.until, (then) => {
      if (rung.channel !== null) handOver(stage, { customer, second, colleague: rung.channel, first }, then);
    });
    stage.plan(answers.until, (then) => {
      if (rung.channel !== null) stage.destroy(then, rung.channel, 16, 'Normal Clearing');
    });
  });
  return () => ({
    ...{ vendorCallId: callId, direction: 'internal', result: 'answered', from: first, to: colleague },
    ...{
      extensions: [first, colleague],
      queue: null,
      ivrDigits: '',
      customData: {},
      transferOf: null,
      legs: null,
    },
  });
}

interface HandOver {
  customer: Channel;
  /** The line from which the colleague was asked. */
  second: Channel;
  colleague: Channel;
  /** The extension that goes. */
  first: string;
}

function handOver(stage: Stage, { customer, second, colleague, first }: HandOver, at: number): void {
  const talking = stage.channelOf(first, second);
  stage.leave(at, second);
  const legs = {
    ...(talking && { transferer_first_leg: stage.shown(talking) }),
    ...{ transferer_second_leg: stage.shown(second), transferee: stage.shown(customer) },
    transfer_target: stage.shown(colleague),
  };
  const event = {
    type: 'BridgeAttendedTransfer',
    result: 'Success',
    is_external: true,
    destination_type: 'bridge',
    ...legs,
  };
  stage.tell(at, 'BridgeAttendedTransfer', event, customer.linkedId);
  // From now on it says that it is of the customer's call.
  colleague.linkedId = customer.linkedId;
  colleague.other = customer.own;
  customer.other = colleague.own;
  stage.join(at, colleague, customer);
  if (talking) stage.destroy(at, talking, 16, 'Normal Clearing');
  stage.destroy(at, second, 16, 'Normal Clearing');
}
