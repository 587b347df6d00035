/**
 * Answers to a key that was pressed in a layer which the PBX keeps (seed section 12; `SAY_DIGITS`: the vendor's samples).
 *
 * | ours                          | theirs                                                                          |
 * | ----------------------------- | ------------------------------------------------------------------------------- |
 * | menu, its name a number       | GO_TO_LAYER: the PBX keeps the menus, so it is one of its layers                  |
 * | menu of another name          | fallback                                                                        |
 * | layer                         | GO_TO_LAYER; a recording on the way cannot be said                               |
 * | dial                          | DIAL; of where to go next only layers, of sounds and dial strings nothing         |
 * | say                           | SAY_DIGITS                                                                      |
 * | record, hangup                | fallback                                                                        |
 * | fallback                      | STATUS 1: the caller goes to the fallback layer                                  |
 * | language                      | LANGUAGE of SAY_DIGITS                                                          |
 * | customData                    | CUSTOM_DATA: 10 of it, values cut to 128 characters, an empty object when none   |
 */
import { LONGEST_CUSTOM_DATA, MOST_CUSTOM_DATA } from '#domain';
import type { IvrAnswer, IvrDialAction, IvrNext, IvrPrompt } from '#domain';
import type { Writable } from '../xmlrpc/write-value.js';
import { FAILED } from './write-menu-answer.js';

type Action<Do> = Extract<IvrAnswer['action'], { do: Do }>;
type Fields = Record<string, Writable>;

const LAYER = /^\d{1,9}$/;

export function writeLayerAnswer(answer: IvrAnswer): Writable {
  const told = actionFor(answer);
  if (told === null) return FAILED;
  return { STATUS: 0, ...told, CUSTOM_DATA: customData(answer.customData) };
}

function actionFor(answer: IvrAnswer): Fields | null {
  const { action } = answer;
  switch (action.do) {
    case 'menu':
      return LAYER.test(action.menu) ? goToLayer(Number(action.menu), answer) : null;
    case 'layer':
      return goToLayer(action.layer, answer);
    case 'dial':
      return dial(action, answer);
    case 'say':
      return say(action, answer);
    case 'record':
    case 'hangup':
    case 'fallback':
      return null;
  }
}

function goToLayer(layer: number, { callerName }: IvrAnswer): Fields {
  return { ACTION: 'GO_TO_LAYER', LAYER: layer, CALLER_NAME: callerName ?? undefined };
}

function dial(action: IvrDialAction, { callerName }: IvrAnswer): Fields | null {
  if (action.targets.length === 0) return null;
  const { ifFailed, ifUnanswered = ifFailed } = action;
  return {
    ACTION: 'DIAL',
    MAX_CALL_DURATION: action.maxCallSeconds,
    MAX_DIAL_DURATION: action.maxRingSeconds,
    RECORDING: action.record ? 'yes' : 'no',
    TARGETS: action.targets.map(({ type, target }) => ({ TARGET: target, TYPE: type.toUpperCase() })),
    CALLER_ID: action.callerId ?? undefined,
    CALLER_NAME: action.callerName ?? callerName ?? undefined,
    NEXT_VO_ID: layerOf(ifFailed),
    ANSWER_NEXT_VO_ID: layerOf(action.afterwards),
    UNAVAILABLE_VO_ID: layerOf(ifUnanswered),
  };
}

function layerOf(next: IvrNext | null): number | undefined {
  return next !== null && LAYER.test(next.to) ? Number(next.to) : undefined;
}

function say({ prompts, nextLayer, ifFailedLayer }: Action<'say'>, answer: IvrAnswer): Fields {
  return {
    ACTION: 'SAY_DIGITS',
    NEXT_LAYER: nextLayer ?? undefined,
    NEXT_LAYER_IF_FAILED: ifFailedLayer ?? undefined,
    LANGUAGE: answer.language?.toUpperCase(),
    CALLER_NAME: answer.callerName ?? undefined,
    DATA: prompts.map(record),
  };
}

function record(prompt: IvrPrompt): Fields {
  switch (prompt.say) {
    case 'recording':
      return { RecordType: 'Recording', Content: prompt.recording };
    case 'digits':
      return { RecordType: 'Digits', Content: prompt.digits };
    case 'number':
      return { RecordType: 'Number', Content: prompt.number };
    case 'date':
      return { RecordType: 'Date', Content: prompt.date };
    case 'dateTime':
      return { RecordType: 'DateTime', Content: prompt.dateTime };
  }
}

/** By characters as people count them: half a surrogate pair could not be sent. */
function customData(data: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(data).slice(0, MOST_CUSTOM_DATA);
  return Object.fromEntries(
    kept.map(([name, value]) => [name, [...value].slice(0, LONGEST_CUSTOM_DATA).join('')]),
  );
}
