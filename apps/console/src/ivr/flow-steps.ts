import { isRecord, valueAt, type FlowDocument, type Json, type Path } from './flow-document';

export const STEP_KINDS = ['menu', 'dial', 'say', 'when', 'record', 'layer', 'hangup', 'fallback'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** Members of a step that are steps themselves. */
export const WAYS: Readonly<Record<StepKind, readonly Way[]>> = {
  menu: [],
  dial: ['ifFailed', 'afterwards'],
  say: ['then'],
  when: ['open', 'closed'],
  record: [],
  layer: [],
  hangup: [],
  fallback: [],
};
export type Way = 'ifFailed' | 'afterwards' | 'then' | 'open' | 'closed';

/** Undefined for what is no step yet. */
export function kindOf(step: Json | undefined): StepKind | undefined {
  if (typeof step === 'string') return 'menu';
  if (!isRecord(step)) return undefined;
  const word = step['do'] ?? ('when' in step ? 'when' : undefined);
  return STEP_KINDS.find((kind) => kind === word);
}

/** The menu that a step leads to; undefined for one that does something else. */
export function menuOfStep(step: Json | undefined): string | undefined {
  if (typeof step === 'string') return step;
  if (!isRecord(step) || kindOf(step) !== 'menu') return undefined;
  return typeof step['menu'] === 'string' ? step['menu'] : '';
}

/** A step of a kind that somebody has chosen, with as much as it needs. */
export function newStep(kind: StepKind, document: FlowDocument): Json {
  switch (kind) {
    case 'menu':
      return firstName(document, 'menus');
    case 'dial':
      return { do: 'dial', targets: [{ type: 'extension', target: '' }] };
    case 'say':
      return { do: 'say', prompts: [{ say: 'recording', recording: '' }] };
    case 'when':
      return { do: 'when', when: firstName(document, 'hours'), open: HANG_UP, closed: HANG_UP };
    case 'layer':
      return { do: 'layer', layer: 0 };
    default:
      return { do: kind };
  }
}

const HANG_UP: Json = { do: 'hangup' };

function firstName(document: FlowDocument, member: 'menus' | 'hours'): string {
  const named = document[member];
  return isRecord(named) ? (Object.keys(named)[0] ?? '') : '';
}

/** A place where a step is or could be. */
export interface Slot {
  path: Path;
  /** What leads there: a key, `invalid`, or the member's name. */
  by: string;
}

/** Where a menu's keys lead, and what happens to those who press none of them. */
export function slotsOfMenu(document: FlowDocument, name: string): Slot[] {
  const menu: Path = ['menus', name];
  const digits = valueAt(document, [...menu, 'digits']);
  const keys = isRecord(digits) ? Object.keys(digits) : [];
  return [
    ...keys.map((key) => ({ path: [...menu, 'digits', key], by: key })),
    { path: [...menu, 'invalid', 'then'], by: 'invalid' },
  ];
}

export function slotsOfStep(document: FlowDocument, path: Path): Slot[] {
  const kind = kindOf(valueAt(document, path));
  return kind === undefined ? [] : WAYS[kind].map((way) => ({ path: [...path, way], by: way }));
}
