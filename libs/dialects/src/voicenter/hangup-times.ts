import { wasTaken, type CallResult, type LegReport } from '#domain';
import type { FieldReader } from '../content/field-reader.js';
import type { IvrFieldName } from './ivr-fields.js';

type Times = Pick<
  LegReport,
  'startedEpochSeconds' | 'startedBy' | 'ringSeconds' | 'talkSeconds' | 'menuSeconds' | 'startUnproven'
>;

/**
 * The times that HANGUP_CALL tells (seed 5.2): the call begins in the menu (`CALL_START_EPOCH`), somebody is called
 * (`CALL_TIME_EPOCH`), it rings (`CALL_DAILTIME`, until the answer) and is over after `CALL_DURATION` in all. Without a
 * target all of it was the menu, which is counted as a CDR does that of a call that ended in one.
 *
 * Undefined where the beginning or the length is missing: then there is nothing that the time of receipt would not tell.
 */
export function hangupTimes(read: FieldReader<IvrFieldName>, result: CallResult): Times | undefined {
  const [began, dialed] = [read.moment('started'), read.moment('dialed')];
  const start = began.startedEpochSeconds === null ? dialed : began;
  const { startedEpochSeconds } = start;
  const whole = read.length('duration');
  const rang = read.length('dialTime') ?? 0;
  if (startedEpochSeconds === null || whole === null) return undefined;
  const shared = { ...start, startUnproven: true } as const;
  // Two clocks cannot be compared.
  const calledAt = dialed.startedBy === start.startedBy ? dialed.startedEpochSeconds : null;
  if (read.party('target') === '' || calledAt === null) {
    return { ...shared, ringSeconds: null, talkSeconds: whole };
  }
  // A length that does not hold what came before the answer counts from when somebody was called.
  const inMenu = Math.max(0, calledAt - startedEpochSeconds);
  const sinceCalled = inMenu + rang > whole ? whole : whole - inMenu;
  return wasTaken(result)
    ? { ...shared, menuSeconds: inMenu, ringSeconds: rang, talkSeconds: Math.max(0, sinceCalled - rang) }
    : { ...shared, menuSeconds: inMenu, ringSeconds: sinceCalled, talkSeconds: 0 };
}
