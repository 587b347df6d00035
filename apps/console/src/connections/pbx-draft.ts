import type { PbxAccountDto, PbxAccountPutDto, PbxDriverDto } from '../api/operations';

/** An account as its form holds it. */
export interface PbxDraft {
  enabled: boolean;
  numbers: PbxAccountPutDto['numbers'];
  perSecond: number;
  atOnce: number;
  /** By the names of the driver's fields; empty where nothing is set. */
  settings: Readonly<Record<string, string>>;
  /** Only what was typed: those that are set are never told. */
  secrets: Readonly<Record<string, string>>;
  /** Secrets that are to be taken away. */
  without: readonly string[];
}

/** @param account  undefined where there is none yet */
export function pbxDraftOf(account: PbxAccountDto | undefined, driver: PbxDriverDto): PbxDraft {
  const open = driver.fields.filter(({ secret }) => !secret);
  return {
    enabled: account?.enabled ?? true,
    numbers: account?.numbers ?? null,
    perSecond: account?.perSecond ?? 5,
    atOnce: account?.atOnce ?? 10,
    settings: Object.fromEntries(open.map(({ name }) => [name, textOf(account?.settings[name])])),
    secrets: {},
    without: [],
  };
}

/** What is asked of the API: empty settings are left out, so are secrets that stay. */
export function pbxBodyOf(draft: PbxDraft): PbxAccountPutDto {
  const { settings, secrets, without, ...others } = draft;
  return {
    ...others,
    settings: filled(settings),
    secrets: { ...filled(secrets), ...Object.fromEntries(without.map((name) => [name, null])) },
  };
}

function filled(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
