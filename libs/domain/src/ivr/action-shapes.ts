/** The parts of an action as JSON, with their limits: for answers of tenants' servers and for flows alike. */
import type { IvrAction, IvrDialAction, IvrNext, IvrPrompt, IvrTarget } from './ivr.js';
import {
  flag,
  listOf,
  members,
  named,
  oneOf,
  or,
  tagged,
  text,
  whole,
  type Shape,
} from '../document/shape.js';

const DAY_SECONDS = 24 * 60 * 60;
const MOST_LAYERS = 1e9;
/** Vendors remember this much of a call (design "Dialects", "External layer"). */
export const MOST_CUSTOM_DATA = 10;
export const LONGEST_CUSTOM_DATA = 128;

/** Longer than our own, since the names of a tenant's server are its own affair; -1 is the beginning of a call. */
const menuName = text({ max: 255, like: /^(?!-1$)/, says: 'another name: "-1" is the beginning of a call' });

export const recordingName = text({ max: 255 });
export const layerNumber = whole({ min: 0, max: MOST_LAYERS });
export const loops = whole({ min: 1, max: 99 });
export const delaySeconds = whole({ min: 0, max: 600 });
export const maxDigits = whole({ min: 1, max: 32 });
export const language = text({ max: 2, like: /^[a-z]{2}$/, says: 'two small letters, such as "he"' });
export const callerName = text({ max: 128 });
export const customData = named(text({ max: LONGEST_CUSTOM_DATA }), {
  max: MOST_CUSTOM_DATA,
  name: /^[^\p{Cc}\p{Surrogate}]{1,64}$/u,
  says: 'it has to be 1 to 64 characters long',
});

/** A day that exists, as `yyyy-mm-dd`. */
export const date = text({
  max: 10,
  like: /^\d{4}-\d{2}-\d{2}$/,
  fits: (day) => isOfTheCalendar(`${day}T00:00:00`),
  says: 'a date, such as 2024-06-01',
});

const dateTime = text({
  max: 19,
  like: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/,
  fits: isOfTheCalendar,
  says: 'a date and time, such as 2024-06-01T10:00:00',
});

/** The parser takes February 31 for March 2. */
function isOfTheCalendar(moment: string): boolean {
  const time = Date.parse(`${moment}Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(moment);
}

type Prompt<Say> = Extract<IvrPrompt, { say: Say }>;

export const prompt: Shape<IvrPrompt> = tagged<IvrPrompt>(
  'say',
  {
    recording: members<Prompt<'recording'>>({ say: oneOf('recording'), recording: recordingName }),
    digits: members<Prompt<'digits'>>({
      say: oneOf('digits'),
      digits: text({ max: 64, like: /^\d+$/, says: 'digits' }),
    }),
    number: members<Prompt<'number'>>({
      say: oneOf('number'),
      number: text({ max: 20, like: /^-?\d{1,15}(\.\d{1,3})?$/, says: 'a number, as a text' }),
    }),
    date: members<Prompt<'date'>>({ say: oneOf('date'), date }),
    dateTime: members<Prompt<'dateTime'>>({ say: oneOf('dateTime'), dateTime }),
  },
  { say: 'digits', digits: '' },
);

export const prompts = listOf(prompt, { max: 10 });

const next: Shape<IvrNext> = members<IvrNext>({
  to: menuName,
  recording: or(recordingName, null),
  loops: or(loops, null),
  maxDigits: or(maxDigits, null),
  delaySeconds: or(delaySeconds, null),
});

/** What a call to somebody is like, wherever the caller goes afterwards. */
export type DialParts = Omit<IvrDialAction, 'do' | 'callerName' | 'ifFailed' | 'ifUnanswered' | 'afterwards'>;

export const dialParts: { [Name in keyof DialParts]: Shape<DialParts[Name]> } = {
  targets: or(
    listOf(members<IvrTarget>({ type: oneOf('phone', 'extension'), target: text({ max: 64 }) }), { max: 20 }),
    [],
  ),
  callerId: or(text({ max: 64 }), null),
  maxRingSeconds: or(whole({ min: 1, max: 600 }), 30),
  maxCallSeconds: or(whole({ min: 1, max: DAY_SECONDS }), 7200),
  record: or(flag, false),
  callerRecording: or(recordingName, null),
  targetRecording: or(recordingName, null),
  musicClass: or(text({ max: 64 }), null),
  sendDigits: or(text({ max: 64, like: /^[0-9A-D*#wW,]+$/, says: 'digits to be pressed' }), null),
  dialStrings: or(listOf(text({ max: 255 }), { max: 20 }), []),
};

export const NOBODY_TO_DIAL = 'There is nobody to dial: it has to have a target or a dial string.';

export const layerParts = {
  do: oneOf('layer'),
  layer: layerNumber,
  recording: or(recordingName, null),
  loops: or(loops, 1),
  delaySeconds: or(delaySeconds, 0),
};

export const recordParts = {
  do: oneOf('record'),
  recording: or(recordingName, null),
  maxSeconds: or(whole({ min: 1, max: DAY_SECONDS }), null),
};

export const hangupParts = {
  do: oneOf('hangup'),
  recording: or(recordingName, null),
  cause: or(whole({ min: 0, max: 127 }), null),
};

type Action<Do> = Extract<IvrAction, { do: Do }>;

export const action: Shape<IvrAction> = tagged<IvrAction>(
  'do',
  {
    menu: members<Action<'menu'>>({
      do: oneOf('menu'),
      menu: menuName,
      prompts: or(prompts, []),
      loops: or(loops, 1),
      delaySeconds: or(delaySeconds, 0),
      maxDigits: or(maxDigits, 1),
      confirm: or(flag, false),
    }),
    dial: members<Action<'dial'>>({
      do: oneOf('dial'),
      ...dialParts,
      callerName: or(callerName, null),
      ifFailed: or(next, null),
      ifUnanswered: (value, at) => (value === undefined ? undefined : or(next, null)(value, at)),
      afterwards: or(next, null),
    }),
    say: members<Action<'say'>>({
      do: oneOf('say'),
      prompts,
      nextLayer: or(layerNumber, null),
      ifFailedLayer: or(layerNumber, null),
    }),
    layer: members<Action<'layer'>>(layerParts),
    record: members<Action<'record'>>(recordParts),
    hangup: members<Action<'hangup'>>(hangupParts),
    fallback: members<Action<'fallback'>>({ do: oneOf('fallback') }),
  },
  { do: 'fallback' },
);
