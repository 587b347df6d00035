import { readUrl } from '../read-url.js';
import { isTimeZone } from '../time/wall-clock.js';
import type { Problem } from './problem.js';

const MAX_URL_LENGTH = 2048;

/**
 * Reads a format's settings member by member and gathers what is wrong with them, so that a tenant hears of everything at
 * once. A member that is wrong reads as its default: the settings are of no use then anyway.
 */
export class SettingsReader {
  readonly problems: Problem[] = [];
  private readonly given: Readonly<Record<string, unknown>>;
  private readonly asked = new Set<string>();

  /** @param above  path of these settings inside the whole */
  constructor(
    given: unknown,
    private readonly above = '',
  ) {
    const none = given === undefined || given === null;
    if (!none && !isRecord(given)) this.problems.push({ path: above, message: 'This must be an object.' });
    this.given = isRecord(given) ? given : {};
  }

  /** The member as it came; null counts as left out. */
  value(name: string): unknown {
    this.asked.add(name);
    return Object.hasOwn(this.given, name) ? (this.given[name] ?? undefined) : undefined;
  }

  complain(name: string, message: string): void {
    this.problems.push({ path: this.pathOf(name), message });
  }

  choice<T extends string>(name: string, of: readonly T[], byDefault: T): T {
    const value = this.value(name);
    if (value === undefined) return byDefault;
    const chosen = of.find((one) => one === value);
    if (chosen === undefined) this.complain(name, `This must be one of: ${of.join(', ')}.`);
    return chosen ?? byDefault;
  }

  flag(name: string, byDefault: boolean): boolean {
    const value = this.value(name);
    if (value === undefined) return byDefault;
    if (typeof value !== 'boolean') this.complain(name, 'This must be true or false.');
    return value === true;
  }

  text(name: string, { max, byDefault = '' }: { max: number; byDefault?: string }): string {
    const value = this.value(name);
    if (value === undefined) return byDefault;
    if (typeof value === 'string' && value.length <= max) return value;
    this.complain(name, `This must be text of at most ${max} characters.`);
    return byDefault;
  }

  /** A whole number. */
  count(name: string, { min, max, byDefault }: { min: number; max: number; byDefault: number }): number {
    const value = this.value(name);
    if (value === undefined) return byDefault;
    if (Number.isInteger(value) && Number(value) >= min && Number(value) <= max) return Number(value);
    this.complain(name, `This must be a whole number from ${min} to ${max}.`);
    return byDefault;
  }

  /** An address without placeholders; undefined when left out. Whether it may be reached is judged elsewhere. */
  url(name: string): string | undefined {
    const value = this.text(name, { max: MAX_URL_LENGTH });
    if (value === '') return undefined;
    if (!/^https?:\/\//i.test(value) || readUrl(value) === null) {
      this.complain(name, 'This is not a complete URL; write it like https://crm.example/hook.');
    }
    return value;
  }

  timeZone(name: string, byDefault: string): string {
    const zone = this.text(name, { max: 64, byDefault });
    if (isTimeZone(zone)) return zone;
    this.complain(name, 'This is no time zone of the IANA database, such as Asia/Jerusalem.');
    return byDefault;
  }

  /** Everything that is wrong, members that nobody asked for included: they are misspelled ones, most of the time. */
  finish(): readonly Problem[] {
    for (const name of Object.keys(this.given)) {
      if (!this.asked.has(name)) this.complain(name, 'The format has no such setting.');
    }
    return this.problems;
  }

  private pathOf(name: string): string {
    return this.above === '' ? name : `${this.above}.${name}`;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
