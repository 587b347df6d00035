import type { LegReport } from '#domain';

const PHASES: Readonly<Record<LegReport['phase'], string>> = {
  ringing: 'rings',
  answered: 'was answered',
  ended: 'is over',
  noted: 'has something added',
};

/** What a report tells of its leg, in a sentence. */
export function sayLeg(report: LegReport): string {
  const { phase, vendorCallId, leg, direction, from, to, result, startedEpochSeconds } = report;
  const whole = leg === 'only';
  const lengths = [
    said('rang', report.ringSeconds),
    said('waited', report.queueSeconds),
    said('talked', report.talkSeconds),
  ].flatMap((text) => text ?? []);
  const parts = [
    `${whole ? 'Call' : `Leg ${leg} of call`} ${vendorCallId} ${PHASES[phase]}`,
    `${direction} from ${from || 'nobody'} to ${to || 'nobody'}`,
    ...(phase === 'ended' || phase === 'noted' ? [result] : []),
    ...(startedEpochSeconds === null ? [] : [`began at ${clockText(report, startedEpochSeconds)}`]),
    ...lengths,
  ];
  return `${parts.join(', ')}.`;
}

function said(what: string, seconds: number | null): string[] | undefined {
  return seconds === null ? undefined : [`${what} ${String(seconds)} s`];
}

/** Written out; of a wall clock without its zone. */
function clockText({ startedBy }: LegReport, epochSeconds: number): string {
  const text = new Date(epochSeconds * 1000).toISOString().slice(0, 'YYYY-MM-DDTHH:mm:ss'.length);
  return startedBy === 'local' ? `${text} on the clock of the PBX` : `${text}Z`;
}
