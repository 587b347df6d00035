/** The people of B8: in six zones, each with what a list would know of where they are, and where they really are. */
import type { PlaceEvidence } from '#domain';

export interface Person extends PlaceEvidence {
  /** The zone of the clock on their wall, which the rules are never told. */
  livesIn: string;
}

type Kind = Omit<Person, 'phone'> & { beginning: string; digits: number };

const NOTHING = { region: null, postal: null, zone: null };

const KINDS: readonly Kind[] = [
  // By the number alone.
  { ...NOTHING, beginning: '+1212', digits: 7, livesIn: 'America/New_York' },
  // Moved west and kept the number.
  { ...NOTHING, beginning: '+1917', digits: 7, region: 'CA', livesIn: 'America/Los_Angeles' },
  // The western end of Florida, where the area code is in two zones.
  { ...NOTHING, beginning: '+1850', digits: 7, livesIn: 'America/Chicago' },
  // No summer time, known by the postal code.
  { ...NOTHING, beginning: '+1646', digits: 7, postal: '85004', livesIn: 'America/Phoenix' },
  { ...NOTHING, beginning: '+4420', digits: 8, livesIn: 'Europe/London' },
  // By what the CRM says; the number would say England.
  { ...NOTHING, beginning: '+4477', digits: 8, zone: 'Asia/Jerusalem', livesIn: 'Asia/Jerusalem' },
];

/** As many people as wanted, of each kind in turn. */
export function people(count: number): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const { beginning, digits, ...kind } = KINDS[index % KINDS.length] ?? raise();
    return { ...kind, phone: `${beginning}${String(index).padStart(digits, '0')}` };
  });
}

function raise(): never {
  throw new Error('There are no kinds of people.');
}
