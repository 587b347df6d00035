import type { IvrPrompt } from '#domain';

/** What External IVR can play in one menu, in this order. */
export interface Spoken {
  before: string | null;
  digits: string | null;
  recording: string | null;
}

/**
 * The nearest to these prompts: the first digits with the recording right before them, and of other recordings the last,
 * which asks the caller for something. Whole numbers and dates are read out digit by digit; a number with a sign or a
 * fraction would be another one then, and is left out.
 */
export function spoken(prompts: readonly IvrPrompt[]): Spoken {
  const sounds = prompts.map(sound).filter((each) => each !== null);
  const first = sounds.findIndex(isDigits);
  if (first === -1) return { before: null, digits: null, recording: lastRecording(sounds) };
  const rest = sounds.slice(first);
  const end = rest.findIndex((each) => !isDigits(each));
  const digits = end === -1 ? rest : rest.slice(0, end);
  return {
    before: lastRecording(sounds.slice(0, first)),
    digits: digits.map((each) => ('digits' in each ? each.digits : '')).join(''),
    recording: end === -1 ? null : lastRecording(rest.slice(end)),
  };
}

type Sound = { recording: string } | { digits: string };

function sound(prompt: IvrPrompt): Sound | null {
  switch (prompt.say) {
    case 'recording':
      return { recording: prompt.recording };
    case 'digits':
      return digitsIn(prompt.digits);
    case 'number':
      return /^\d+$/.test(prompt.number) ? digitsIn(prompt.number) : null;
    case 'date':
      return digitsIn(prompt.date);
    case 'dateTime':
      return digitsIn(prompt.dateTime);
  }
}

function digitsIn(text: string): Sound | null {
  const digits = text.replace(/\D/g, '');
  return digits === '' ? null : { digits };
}

function isDigits(each: Sound): boolean {
  return 'digits' in each;
}

function lastRecording(sounds: readonly Sound[]): string | null {
  const last = sounds.findLast((each) => !isDigits(each));
  return last !== undefined && 'recording' in last ? last.recording : null;
}
