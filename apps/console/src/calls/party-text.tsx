import type { ReactNode } from 'react';
import type { CallDto } from '../api/operations';

type Sides = Pick<CallDto, 'direction' | 'from' | 'to' | 'contact'>;

/** The number outside, as people write it; undefined where it is withheld. */
export function numberOf({ direction, from, to }: Omit<Sides, 'contact'>): string | undefined {
  const party = direction === 'outbound' ? to : from;
  return party.e164 ?? (party.original === '' ? undefined : party.original);
}

/** Whom the call was with: their name where it is known. */
export function whoOf(call: Sides, withheld: string): string {
  return call.contact?.name ?? numberOf(call) ?? withheld;
}

export function WithWhom({ call, withheld }: { call: Sides; withheld: string }): ReactNode {
  return (
    <>
      {call.contact !== null && <bdi>{call.contact.name} </bdi>}
      <bdi className="number">{numberOf(call) ?? withheld}</bdi>
    </>
  );
}

const TONES: Readonly<Partial<Record<CallDto['result'], string>>> = {
  answered: 'tone-good',
  missed: 'tone-bad',
  abandoned: 'tone-bad',
  failed: 'tone-bad',
  busy: 'tone-waiting',
  voicemail: 'tone-waiting',
};

export function toneOf(result: CallDto['result']): string {
  return TONES[result] ?? 'tone-quiet';
}
