import type { PolicyMemberDto } from '../api/operations';

/** A policy as fields have it: flags as they are, everything else as text. */
export type PolicyDraft = Readonly<Record<string, string | boolean | Readonly<Record<string, string>>>>;

/** In which order, and under which heading, people decide. Members that are not named here come last. */
export const GROUPS = {
  which: ['directions', 'answered', 'missed', 'shortestTalk', 'exceptNumbers'],
  whose: ['choose', 'createContacts', 'contactName', 'owners', 'defaultOwner'],
  when: ['mode', 'waitMinutes'],
  words: ['language', 'subject', 'body', 'outcomes', 'activityType'],
  tasks: ['taskOnMissed', 'taskDueMinutes'],
} as const;

export type Group = keyof typeof GROUPS;

/** @param kept  `formatSettings.logging` of an endpoint */
export function policyDraft(
  members: readonly PolicyMemberDto[],
  kept: Readonly<Record<string, unknown>>,
): PolicyDraft {
  return Object.fromEntries(
    members.map(({ name, kind, byDefault, values }): [string, PolicyDraft[string]] => {
      const value = kept[name] ?? byDefault;
      if (kind === 'flag') return [name, value === true];
      if (kind === 'numbers') return [name, Array.isArray(value) ? value.join('\n') : ''];
      if (kind !== 'words') return [name, lineOf(value)];
      const words = value as Record<string, string>;
      if (values !== null || name === 'outcomes') return [name, words];
      const lines = Object.entries(words).map(([of, word]) => `${of} = ${word}`);
      return [name, lines.join('\n')];
    }),
  );
}

const lineOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** What of it is kept: members that are as usual are left out, so that they follow what is usual. */
export function policyOf(members: readonly PolicyMemberDto[], draft: PolicyDraft): Record<string, unknown> {
  const given = members.flatMap((member): [string, unknown][] => {
    const value = valueOf(member, draft[member.name]);
    return JSON.stringify(value) === JSON.stringify(member.byDefault) ? [] : [[member.name, value]];
  });
  return Object.fromEntries(given);
}

function valueOf({ kind, byDefault }: PolicyMemberDto, drawn: PolicyDraft[string] | undefined): unknown {
  if (drawn === undefined) return byDefault;
  if (typeof drawn === 'boolean') return drawn;
  if (typeof drawn === 'object') {
    return Object.fromEntries(Object.entries(drawn).filter(([, word]) => word.trim() !== ''));
  }
  if (kind === 'count') return Number(drawn);
  if (kind === 'numbers') return linesIn(drawn);
  if (kind !== 'words') return drawn;
  return Object.fromEntries(
    linesIn(drawn).map((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

function linesIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
