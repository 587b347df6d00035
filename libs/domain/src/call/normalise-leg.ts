/** Makes a leg of ours from a dialect's report, with the connection's zone and country. */
import { instant, type Instant } from '../ids.js';
import type { People } from '../people/people.js';
import { isMarkedNumber } from '../phone/is-marked-number.js';
import { partyWithoutNumber, readParty } from '../phone/party.js';
import type { EpochReading } from '../time/wall-clock.js';
import type { CallLeg, CallResult, IvrStep, Party, TimedIvrStep } from './call.js';
import { heardIn } from './heard.js';
import type { LegReport } from './leg-report.js';
import { timesOf, type ReportedTimes } from './reported-times.js';
import { unreadableNames } from './unreadable-fields.js';

export interface LegContext extends EpochReading {
  /** ISO 3166-1 alpha-2: whose local numbers the PBX prints. */
  country: string;
  /** Of the connection; absent where nobody knows of any extensions. */
  people?: Pick<People, 'extension'>;
}

/** A start that was read and cannot be believed goes by our name: the report does not tell the vendor's. */
const START = 'startedAt';

/** Ring groups: the phone stopped ringing because another one took the call. Seen with and without spaces, any case. */
const ELSEWHERE = /(answered|completed|picked\s*up)[\s_-]*elsewhere/i;

/** @param receivedAt  of the webhook: the time of what has no time of its own, and nothing that it tells of was later */
export function normaliseLeg(report: LegReport, connection: LegContext, receivedAt: Instant): CallLeg {
  const told = timesOf(report, connection, receivedAt);
  const { start } = told;
  const refused = told.startRefused === true ? [START] : [];
  const own = accountsFor(report.phase, told);
  const result = resultOf(report);
  const at = toldAt(report, receivedAt);
  const isHeardOf = isRunning(report);
  const leg: CallLeg = {
    key: report.leg,
    vendorType: report.vendorType,
    vendorStatus: report.vendorStatus,
    direction: report.direction,
    result,
    startedAt: own ? start : null,
    heard: heardIn(
      {
        phase: report.phase,
        result,
        resultGuessed: report.resultGuessed === true,
        endGuessed: report.endGuessed === true,
        queued: report.queued === true,
        takenAgoMs: report.takenAgoMs,
      },
      { start: own ? null : start, elsewhere: ELSEWHERE.test(report.vendorStatus), receivedAt: at },
    ),
    ringSeconds: told.ringSeconds,
    queueSeconds: told.queueSeconds,
    talkSeconds: told.talkSeconds,
    from: partyOf(report, 'from', connection),
    to: partyOf(report, 'to', connection),
    did: report.did === null ? null : readParty(report.did, connection.country),
    extension: report.extension,
    agent: report.agent,
    queue: report.queue,
    department: report.department,
    price: report.price,
    recordings: report.recordings,
    ivrPath: report.ivrPath.map((step) => timed(step, isHeardOf ? at : null)),
    customData: report.customData,
    transferOf: report.transferOf,
    ai: report.ai,
    unreadableFields: unreadableNames(report.unreadableFields ?? [], refused),
    raw: refused.length === 0 ? report.raw : { [START]: report.startedEpochSeconds, ...report.raw },
  };
  if (report.nobodyMissed === true) leg.nobodyMissed = true;
  if (told.menuSeconds !== undefined) leg.menuSeconds = told.menuSeconds;
  return leg;
}

function timed(
  { order, layerId, layerName, layerNumber, digits }: IvrStep,
  at: Instant | null,
): TimedIvrStep {
  return { order, layerId, layerName, layerNumber, digits, at };
}

/**
 * An extension is never a number of the public network, also where its digits are one (six of them in Germany, or eight): a
 * stranger would be told by name. A field, the other end or the tenant's directory says so. In an internal call only what is
 * marked as a number is one: the line that a phone shows to others (VoipNow's `CallerIDNum`).
 */
function partyOf(report: LegReport, end: 'from' | 'to', { country, people }: LegContext): Party {
  const text = report[end];
  const isExtension =
    report[`${end}Kind`] === 'extension' ||
    (report.direction === 'internal' && !isMarkedNumber(text, country)) ||
    text.trim() === report.extension ||
    people?.extension(text) !== undefined;
  return isExtension ? partyWithoutNumber(text) : readParty(text, country);
}

/** Whether the PBX accounts for a leg that is over, as a CDR does. A popup may tell a start too, but never a length. */
function accountsFor(
  phase: LegReport['phase'],
  { ringSeconds, queueSeconds, talkSeconds }: ReportedTimes,
): boolean {
  if (phase !== 'ended' && phase !== 'noted') return false;
  return ringSeconds !== null || queueSeconds !== null || talkSeconds !== null;
}

/** Nothing is told before it happens: a clock that is ahead is not believed. */
function toldAt({ toldAt: own }: LegReport, receivedAt: Instant): Instant {
  return own === undefined || !(own >= 0) || own > receivedAt ? receivedAt : instant(Math.trunc(own));
}

/** What answers and is nobody: a voicemail box, a menu. */
const MACHINES: ReadonlySet<CallResult> = new Set(['voicemail', 'ivr_only']);

/** A phone that rings has come to nothing yet, whatever its message says; one that was answered has. */
function resultOf({ phase, result, vendorStatus }: LegReport): CallResult {
  if (phase === 'ringing') return 'unknown';
  if (phase === 'answered') return MACHINES.has(result) ? result : 'answered';
  return result === 'missed' && ELSEWHERE.test(vendorStatus) ? 'cancelled' : result;
}

function isRunning({ phase }: LegReport): boolean {
  return phase === 'ringing' || phase === 'answered';
}
