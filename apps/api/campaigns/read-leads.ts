import { setImmediate as letOthersRun } from 'node:timers/promises';
import { AppError, leadNumber, readOrderVariables } from '#domain';
import type { LeadFields, NewLead } from '#db';
import { readTime } from '../http/time-text.js';
import { RequestPipe, invalidRequest, type FieldError } from '../http/validation.pipe.js';
import { LeadRowDto, type LeadPatchDto } from './lead.dto.js';

/** Rows that are read in one go: some milliseconds, while nobody else is answered. */
const SLICE = 100;
const NO_NUMBER = 'This is no phone number with its country code, and none of the country.';

export interface ReadLeads {
  leads: NewLead[];
  invalid: { index: number; reason: string }[];
  refused: { index: number; reason: string }[];
}

/** @param country  ISO 3166-1 alpha-2 of numbers without a country code */
export async function readLeads(
  rows: readonly unknown[],
  country: string,
  { keepInvalid }: { keepInvalid: boolean },
): Promise<ReadLeads> {
  const pipe = new RequestPipe();
  const read: ReadLeads = { leads: [], invalid: [], refused: [] };
  for (const [index, row] of rows.entries()) {
    if (index % SLICE === SLICE - 1) await letOthersRun();
    const lead = await readRow(pipe, row, country);
    if (typeof lead === 'string') {
      read.refused.push({ index, reason: lead });
      continue;
    }
    if (lead.problem !== null) read.invalid.push({ index, reason: lead.problem });
    if (lead.problem === null || keepInvalid) read.leads.push(lead);
  }
  return read;
}

/** @throws AppError `request.invalid` */
export function leadOfRow(row: LeadRowDto, country: string): NewLead {
  const e164 = leadNumber(row.number.trim(), country.toUpperCase());
  return {
    ...NOTHING_SAID,
    ...patchOf(row),
    phone: e164 ?? row.number.trim(),
    problem: e164 === null ? NO_NUMBER : null,
  };
}

/** What was said, and nothing of what was left out. @throws AppError `request.invalid` */
export function patchOf(given: LeadPatchDto): Partial<Omit<LeadFields, 'phone'>> {
  const { name, priority, callerId, callerName, region, postal, zone, maxTries } = given;
  const { customData, consentAt, notBefore } = given;
  const fields = {
    ...{ name, priority, callerId, callerName, region, postal, zone, maxTries },
    customData: customData && customDataOf(customData),
    consentAt: consentAt === null ? null : readTime(consentAt),
    notBefore: notBefore === null ? null : readTime(notBefore),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const NOTHING_SAID = {
  name: null,
  priority: 0,
  callerId: null,
  callerName: null,
  customData: {},
  region: null,
  postal: null,
  zone: null,
  consentAt: null,
  notBefore: null,
  maxTries: null,
} as const;

function customDataOf(given: Record<string, unknown>): Record<string, string> {
  const reading = readOrderVariables(given);
  if ('variables' in reading) return reading.variables;
  throw invalidRequest(
    reading.problems.map(({ path, reason }) => ({
      field: path === '' ? 'customData' : `customData.${path}`,
      message: reason,
    })),
  );
}

/** @returns what is wrong with it, where it cannot be read */
async function readRow(pipe: RequestPipe, row: unknown, country: string): Promise<NewLead | string> {
  try {
    const metadata = { type: 'body', metatype: LeadRowDto } as const;
    if (row === undefined || row === null) return 'It must be an object with a number.';
    return leadOfRow((await pipe.transform(row, metadata)) as LeadRowDto, country);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { errors = [] } = error.details as { errors?: FieldError[] };
    return errors.map(({ message }) => message).join('; ');
  }
}
