/**
 * A flow that we keep: what callers hear and where their keys lead. JSON as it is, every member there: `readIvrFlow` makes
 * it of a document in which most may be left out, and reads it again as the same.
 */
import type { DialParts } from './action-shapes.js';
import type { IvrAction, IvrPrompt } from './ivr.js';

export interface IvrFlow {
  /** What happens first: mostly `{ do: 'menu' }`, or a look at the hours. Also where lost callers begin again. */
  start: IvrFlowStep;
  /** ISO 639-1, lower case; null: the vendor's own. */
  language: string | null;
  /** Shown to whoever takes a call, unless the step says otherwise. */
  callerName: string | null;
  hours: Record<string, IvrHours>;
  /** By names of 1 to 64 of `A-Za-z0-9_-`, not "-1". In a flow for layers of a PBX a menu is named by the layer's number. */
  menus: Record<string, IvrFlowMenu>;
}

export interface IvrFlowMenu {
  prompts: IvrPrompt[];
  loops: number;
  delaySeconds: number;
  maxDigits: number;
  /** The PBX asks the caller to confirm the digits. */
  confirm: boolean;
  /** By what was pressed, such as `1`, `*` or `07`; `any` is everything else, `none` nothing. */
  digits: Record<string, IvrFlowStep>;
  /** What was pressed has no step, or nothing was and there is no `none`. */
  invalid: {
    /** Played before the menu is played again. */
    prompts: IvrPrompt[];
    /** How often the menu is played again. */
    retries: number;
    /** What happens then. */
    then: IvrFlowStep;
  };
}

/** What a step does beside moving the caller on. */
interface Aside {
  callerName: string | null;
  /** Remembered by call id; `{digits}` in a value is what was pressed. */
  remember: Record<string, string>;
}

type Told<Do> = Extract<IvrAction, { do: Do }>;

/** In a document, a text alone is the name of a menu, and `do` may be left out beside `when`. */
export type IvrFlowStep = Aside &
  (
    | { do: 'menu'; menu: string }
    | ({
        do: 'dial';
        /** When nobody answers; null hangs up. */
        ifFailed: IvrFlowStep | null;
        /** After the conversation, where the PBX can be told that; null hangs up. */
        afterwards: IvrFlowStep | null;
      } & DialParts)
    /** `then`: null hangs up, or leaves the caller to the PBX where that keeps the menus. */
    | { do: 'say'; prompts: IvrPrompt[]; then: IvrFlowStep | null }
    | Told<'layer'>
    | Told<'record'>
    | Told<'hangup'>
    | Told<'fallback'>
    /** `when` names business hours. */
    | { do: 'when'; when: string; open: IvrFlowStep; closed: IvrFlowStep }
  );

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** From the first minute up to, not with, the last: `["09:00", "17:00"]`. A day ends at `24:00`. */
export type HoursRange = [from: string, to: string];

/** Business hours by the wall clock of the tenant's zone. */
export interface IvrHours {
  weekly: Record<Weekday, HoursRange[]>;
  /** Dates, such as `2024-10-03`, on which nobody is there whatever the weekday. */
  closed: string[];
  /** Dates with hours of their own. */
  open: Record<string, HoursRange[]>;
}
