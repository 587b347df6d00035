/** Makes a leg of ours from a dialect's report, with the connection's zone and country. */
import { readParty } from '../phone/party.js';
import { MAX_EPOCH_SECONDS, fromEpoch } from '../time/wall-clock.js';
import type { EpochReading } from '../time/wall-clock.js';
import type { CallLeg } from './call.js';
import type { LegReport } from './leg-report.js';
import { legTimes } from './leg-times.js';

export interface LegContext extends EpochReading {
  /** ISO 3166-1 alpha-2: whose local numbers the PBX prints. */
  country: string;
}

export function normaliseLeg(report: LegReport, connection: LegContext): CallLeg {
  const seconds = report.startedEpochSeconds;
  const known = seconds !== null && seconds >= 0 && seconds <= MAX_EPOCH_SECONDS;
  const startedAt = known ? fromEpoch(seconds, connection) : null;
  const { ringSeconds, queueSeconds, talkSeconds, result } = report;
  return {
    key: report.leg,
    vendorType: report.vendorType,
    vendorStatus: report.vendorStatus,
    direction: report.direction,
    result,
    startedAt,
    ...legTimes({ startedAt, ringSeconds, queueSeconds, talkSeconds, result }),
    ringSeconds,
    queueSeconds,
    talkSeconds,
    from: readParty(report.from, connection.country),
    to: readParty(report.to, connection.country),
    did: report.did === null ? null : readParty(report.did, connection.country),
    extension: report.extension,
    agent: report.agent,
    queue: report.queue,
    department: report.department,
    price: report.price,
    recordings: report.recordings,
    ivrPath: report.ivrPath,
    customData: report.customData,
    transferOf: report.transferOf,
    ai: report.ai,
    raw: report.raw,
  };
}
