/** Who works in a simulated office: its agents, numbers, queues and voice menu. */
import { voipNumber } from './israeli-number.js';
import { digits, pick, wholeBetween, type Random } from './random.js';

export interface Department {
  id: number;
  name: string;
}

export interface Agent {
  /** SIP user of the extension. */
  sip: string;
  /** Its number, which colleagues dial. */
  extension: string;
  name: string;
  code: string;
  department: Department;
}

export interface Queue {
  id: number;
  name: string;
  department: Department;
}

export interface Office {
  /** IANA name; the PBX prints this wall clock. */
  timeZone: string;
  agents: readonly Agent[];
  /** Numbers of the office, local spelling. */
  dids: readonly string[];
  queues: readonly Queue[];
  /** Layer of the voice menu that every queue hangs under. */
  menu: { id: number; name: string };
  /** People who call again and again; most calls are theirs. */
  regulars: readonly string[];
}

export interface OfficeSize {
  agents: number;
  dids: number;
  regulars: number;
}

const FIRST_NAMES = [
  'Noa',
  'Yael',
  'Tamar',
  'Maya',
  'Avi',
  'Eitan',
  'Omer',
  'Daniel',
  'Lior',
  'Walter',
  'Rania',
  'Yousef',
  'Olga',
  'שירה',
  "O'Neil",
];
const LAST_NAMES = [
  'Cohen',
  'Levi',
  'Mizrahi',
  'Peretz',
  'Biton',
  'Dahan',
  'Katz',
  'Melon',
  'Haddad',
  'Friedman',
  'Ben-David',
  'אברהם',
];
const DEPARTMENTS = ['Sales', 'Service', 'Support', 'Billing'] as const;
const SIP_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz23456789';

const FIRST_EXTENSION = 101;

export const DEFAULT_SIZE: OfficeSize = { agents: 12, dids: 3, regulars: 200 };

/** @param newNumber  makes the number of one regular customer; all else is drawn here */
export function makeOffice(
  random: Random,
  newNumber: (random: Random) => string,
  size: OfficeSize = DEFAULT_SIZE,
): Office {
  const departments = DEPARTMENTS.map((name) => ({ id: Number(`1${digits(random, 7)}`), name }));
  return {
    timeZone: 'Asia/Jerusalem',
    agents: Array.from({ length: size.agents }, (_, index) => ({
      extension: String(FIRST_EXTENSION + index),
      sip: Array.from({ length: 8 }, () => pick(random, [...SIP_LETTERS])).join(''),
      name: `${pick(random, FIRST_NAMES)} ${pick(random, LAST_NAMES)}`,
      code: String(wholeBetween(random, 10_000_000, 99_999_999)),
      department: pick(random, departments),
    })),
    dids: Array.from({ length: size.dids }, () => voipNumber(random)),
    queues: departments.map((department) => ({
      id: Number(`2${digits(random, 8)}`),
      name: `${department.name} Queue`,
      department,
    })),
    menu: { id: wholeBetween(random, 1000, 9999), name: 'Main IVR' },
    regulars: Array.from({ length: size.regulars }, () => newNumber(random)),
  };
}
