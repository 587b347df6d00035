/**
 * Answers in External IVR (seed section 5.1, "Action options"), where we steer the caller wholly.
 *
 * | ours                     | theirs                                                                              |
 * | ------------------------ | ----------------------------------------------------------------------------------- |
 * | menu                     | MENU; with digits among its prompts SAYDIGITS; what they cannot play: see `spoken`   |
 * | dial                     | CALL of the first target, extension or not; where to go afterwards cannot be said    |
 * | dial without callerId    | CALLERID, which is mandatory, is the caller's own number                             |
 * | say, with a layer next   | VO with the last recording; digits cannot be said on the way into a layer            |
 * | say, without             | fallback: there is nothing to do after it                                            |
 * | layer, record, hangup    | VO, SILENTRECORD, HANGUP                                                             |
 * | fallback                 | STATUS 1 alone                                                                       |
 * | nothing to be played     | the recording `blank` of the seed's examples, where one is mandatory                 |
 * | another language than he | en, which is the only other one                                                      |
 * | customData               | left out: we remember it ourselves. callerName: CALLERNAME of a CALL                 |
 *
 * A fallback has no ACTION beside it: the seed says "1 - Error" and no more, the vendor's layers take a bare STATUS 1 for "do
 * what you were set up to do", and a HANGUP there could be obeyed.
 */
import type { IvrAction, IvrAnswer, IvrDialAction, IvrMenuAction, IvrNext, IvrQuestion } from '#domain';
import type { Writable } from '../xmlrpc/write-value.js';
import { spoken } from './spoken.js';

/** The vendor's own name for a recording of nothing. */
export const SILENCE = 'blank';
export const FAILED = { STATUS: 1 } as const;

type Told = readonly [name: string, data: Writable];

/** @param question  undefined where it is not known any more */
export function writeMenuAnswer(answer: IvrAnswer, question: IvrQuestion | undefined): Writable {
  const told = actionFor(answer, question);
  if (told === null) return FAILED;
  const [name, data] = told;
  return { STATUS: 0, ACTION: name, LANGUAGE: languageFor(answer.language), DATA: data };
}

function languageFor(language: string | null): 'he' | 'en' {
  return language === null || language === 'he' ? 'he' : 'en';
}

function actionFor(answer: IvrAnswer, question: IvrQuestion | undefined): Told | null {
  const { action } = answer;
  switch (action.do) {
    case 'menu':
      return menu(action);
    case 'dial':
      return dial(action, answer.callerName, question);
    case 'say':
      return action.nextLayer === null ? null : layer(action.nextLayer, spoken(action.prompts).recording);
    case 'layer':
      return layer(action.layer, action.recording, action);
    case 'record':
      return [
        'SILENTRECORD',
        { REC: action.recording ?? undefined, MAXDURATION: action.maxSeconds ?? undefined },
      ];
    case 'hangup':
      return hangup(action);
    case 'fallback':
      return null;
  }
}

function menu(action: IvrMenuAction): Told {
  const { before, digits, recording } = spoken(action.prompts);
  const data = {
    REC: recording ?? SILENCE,
    LOOP: action.loops,
    DELAY: action.delaySeconds,
    SIZE: action.maxDigits,
    MENU: action.menu,
    VALIDATION: Number(action.confirm),
  };
  if (digits === null) return ['MENU', data];
  return ['SAYDIGITS', { ...data, SAYDIGITSRECORD: before ?? SILENCE, DIGITS: digits }];
}

function dial(
  action: IvrDialAction,
  callerName: string | null,
  question: IvrQuestion | undefined,
): Told | null {
  const [target] = action.targets;
  if (target === undefined && action.dialStrings.length === 0) return null;
  return [
    'CALL',
    {
      TARGET: target?.target ?? '',
      CALLERID: action.callerId ?? question?.from ?? '',
      CALLERNAME: action.callerName ?? callerName ?? '',
      CALLER_REC: action.callerRecording ?? undefined,
      MOH_CLASS: action.musicClass ?? undefined,
      TARGET_REC: action.targetRecording ?? undefined,
      CALL_MAX_DIAL: action.maxRingSeconds,
      CALL_MAX: action.maxCallSeconds,
      ...nextMenu(action.ifFailed),
      REC_STATUS: Number(action.record),
      DTMF_PLAY: action.sendDigits ?? undefined,
      DIALSTRINGS: action.dialStrings.length === 0 ? undefined : action.dialStrings,
    },
  ];
}

function nextMenu(next: IvrNext | null): Record<string, Writable> {
  if (next === null) return {};
  return {
    NEXT_MENU: next.to,
    NEXT_MENU_RECORD: next.recording ?? undefined,
    NEXT_MENU_LOOP: next.loops ?? undefined,
    NEXT_MENU_SIZE: next.maxDigits ?? undefined,
    NEXT_MENU_WAIT: next.delaySeconds ?? undefined,
  };
}

function layer(
  number: number,
  recording: string | null,
  played: { loops: number; delaySeconds: number } = { loops: 1, delaySeconds: 0 },
): Told {
  return [
    'VO',
    { LAYER: number, RECORD: recording ?? SILENCE, LOOP: played.loops, DELAY: played.delaySeconds },
  ];
}

function hangup({ recording, cause }: Extract<IvrAction, { do: 'hangup' }>): Told {
  return ['HANGUP', { HANGUP_REC: recording ?? undefined, HANGUP_CAUSE: cause ?? undefined }];
}
