import { dryRunFlow, fromEpoch, instant, placeNamed, type DryRun, type Instant, type IvrFlow } from '#flows';
import { useMemo, useState } from 'react';
import { litPath, type LitPath } from './lit-path';

export interface TriedCall {
  from: string;
  did: string;
  /** As the clock of the zone shows it, `2026-01-31T09:00`; empty for now. */
  at: string;
  timeZone: string;
  asks: 'menu' | 'layer';
}

export interface DryRunning {
  call: TriedCall;
  changeCall: (part: Partial<TriedCall>) => void;
  zones: readonly string[];
  /** Null while something is wrong with the flow. */
  run: DryRun | null;
  lit: LitPath | null;
  /** Most keys that the menu waits for; null where nothing is waited for. */
  waiting: number | null;
  /** Keys that are not sent yet. */
  typed: string;
  type: (keys: string) => void;
  press: (keys: string | null) => void;
  again: () => void;
}

const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * A caller who is thought up, and goes through the flow again with each change of it.
 *
 * @param flow  undefined while it cannot be tried
 * @param zone  of the PBX, which its hours are in; undefined while that is not known
 */
export function useDryRun(flow: IvrFlow | undefined, zone: string | undefined): DryRunning {
  const [said, setSaid] = useState<Partial<TriedCall>>({});
  const [digits, setDigits] = useState<readonly (string | null)[]>([]);
  const [typed, type] = useState('');
  const call = useMemo<TriedCall>(
    () => ({ from: '+972501234567', did: '', at: '', timeZone: zone ?? OWN_ZONE, asks: 'menu', ...said }),
    [said, zone],
  );
  const { run, lit } = useMemo(() => {
    if (flow === undefined) return { run: null, lit: null };
    const { from, did, asks, timeZone } = call;
    const now = momentOf(call);
    const run = dryRunFlow(flow, { from, did, asks, digits: [...digits], at: now }, timeZone);
    return { run, lit: litPath(flow, run, { now, timeZone }) };
  }, [flow, call, digits]);
  return {
    call,
    changeCall: (part) => {
      setSaid((before) => ({ ...before, ...part }));
    },
    zones: [...new Set([call.timeZone, ...(zone === undefined ? [] : [zone]), OWN_ZONE, 'UTC'])],
    run,
    lit,
    waiting: flow === undefined || run === null ? null : waitingFor(flow, run),
    typed,
    type,
    press: (keys) => {
      type('');
      setDigits((before) => [...before, keys]);
    },
    again: () => {
      type('');
      setDigits([]);
    },
  };
}

function momentOf({ at, timeZone }: TriedCall): Instant {
  const seconds = Date.parse(`${at}Z`) / 1_000;
  if (Number.isNaN(seconds)) return instant(Math.round(performance.timeOrigin + performance.now()));
  return instant(fromEpoch(seconds, { epochs: 'local', timeZone }));
}

function waitingFor(flow: IvrFlow, { steps, ended }: DryRun): number | null {
  if (ended !== 'waiting') return null;
  const action = steps.at(-1)?.answer.action;
  if (action?.do === 'menu') return action.maxDigits;
  // A layer of the PBX that is a menu of ours.
  const layer = action?.do === 'layer' ? action.layer : action?.do === 'say' ? action.nextLayer : null;
  const place = layer === null ? undefined : placeNamed(flow, layer.toString());
  return place?.at === 'menu' ? place.menu.maxDigits : 1;
}
