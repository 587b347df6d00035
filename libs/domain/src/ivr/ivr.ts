/** What a PBX asks while a caller is in a menu, and what it may be told to do next: one vocabulary for all vendors. */

/** A flow that we keep, or the tenant's own server, decides on it. */
export interface IvrQuestion {
  kind: 'ivr';
  /**
   * `menu`: the caller is wholly steered from here; the PBX names our menus. `layer`: one key press in a menu (a "layer")
   * that the PBX keeps itself.
   */
  asks: 'menu' | 'layer';
  vendorCallId: string;
  /** As the PBX printed them. */
  from: string;
  fromName: string | null;
  did: string;
  /** Where the caller is; null at the beginning of the call. */
  menu: string | null;
  previousMenu: string | null;
  /** What the caller pressed; null for nothing. */
  digits: string | null;
  /** What the PBX remembers of the call, as it came; left out where it said nothing of that. */
  customData?: Readonly<Record<string, unknown>>;
  /** Members of the PBX's message that we have no word for, under their own names; left out where there are none. */
  raw?: Readonly<Record<string, unknown>>;
}

/** A sound or words to be played. The file's name is one that the PBX knows. */
export type IvrPrompt =
  | { say: 'recording'; recording: string }
  /** Digit by digit. */
  | { say: 'digits'; digits: string }
  | { say: 'number'; number: string }
  /** ISO 8601: `2024-06-01`, `2024-06-01T10:00:00` */
  | { say: 'date'; date: string }
  | { say: 'dateTime'; dateTime: string };

export interface IvrTarget {
  type: 'phone' | 'extension';
  target: string;
}

/** Play, then wait for digits. */
export interface IvrMenuAction {
  do: 'menu';
  /** The name that the PBX sends back with what was pressed. */
  menu: string;
  /** Played in this order; the vendor may be able to play less, see the dialect. */
  prompts: IvrPrompt[];
  loops: number;
  delaySeconds: number;
  maxDigits: number;
  /** The PBX asks the caller to confirm the digits. */
  confirm: boolean;
}

export interface IvrDialAction {
  do: 'dial';
  /** Rung together. */
  targets: IvrTarget[];
  /** The number that is shown to the target; null: the caller's own, or what the PBX shows by itself. */
  callerId: string | null;
  callerName: string | null;
  maxRingSeconds: number;
  maxCallSeconds: number;
  record: boolean;
  /** Played to the caller before, to the target before they are joined. */
  callerRecording: string | null;
  targetRecording: string | null;
  musicClass: string | null;
  /** Pressed for the target once it answers. */
  sendDigits: string | null;
  /** The vendor's own way of naming destinations, handed through. */
  dialStrings: string[];
  /** Where the caller goes when nobody answers; null hangs up. */
  ifFailed: IvrNext | null;
  /** For a vendor that tells "nobody answered" from "could not be called"; absent: as `ifFailed`. */
  ifUnanswered?: IvrNext | null;
  /** Where the caller goes after the conversation; null hangs up. */
  afterwards: IvrNext | null;
}

/** A menu of ours, or a layer that the PBX keeps. The rest only where the vendor can be told at once. */
export interface IvrNext {
  to: string;
  recording: string | null;
  loops: number | null;
  maxDigits: number | null;
  delaySeconds: number | null;
}

/** What a PBX is told to do next. */
export type IvrAction =
  | IvrMenuAction
  | IvrDialAction
  /** Play, then go on in layers that the PBX keeps. */
  | { do: 'say'; prompts: IvrPrompt[]; nextLayer: number | null; ifFailedLayer: number | null }
  | { do: 'layer'; layer: number; recording: string | null; loops: number; delaySeconds: number }
  /** Answer and record without a word, or after one. */
  | { do: 'record'; recording: string | null; maxSeconds: number | null }
  /** `cause` is a Q.850 code, such as 16 for a normal end. */
  | { do: 'hangup'; recording: string | null; cause: number | null }
  /** We cannot say: the PBX does what it was set up to do for that. */
  | { do: 'fallback' };

export interface IvrAnswer {
  kind: 'ivr';
  action: IvrAction;
  /** ISO 639-1, lower case. */
  language: string | null;
  /** Shown to whoever takes the call. */
  callerName: string | null;
  /** Remembered by call id: in the record, events and popups of this call. */
  customData: Record<string, string>;
  /**
   * The answer of a server that speaks the PBX's own protocol: handed through as it is, since it may say more than we have
   * words for. Left out where the answer is told in ours.
   */
  given?: { contentType: string | undefined; body: string };
}
