/** B3: the world changes twice in a day; each third is counted alone. */
import { CallCentre } from './call-centre.js';
import type { DialBenchOptions } from './options.js';
import type { DialBenchReport } from './report.js';
import { pacing, percent } from './shifts.js';
import { realisticFate, realisticWorld, type World } from './world.js';

const HOUR = 3_600_000;

const steps = (values: readonly [number, number, number], phaseMs: number) => (dayMs: number) =>
  values[Math.min(2, Math.floor(dayMs / phaseMs))] ?? values[0];

function worlds(phaseMs: number): Record<string, World> {
  const base = realisticWorld(30, 0.3);
  const p = steps([0.3, 0.15, 0.5], phaseMs);
  return {
    'p 0.3, 0.15, 0.5': { ...base, fate: (random, dayMs) => realisticFate(random, p(dayMs)) },
    'agents 30, 15, 40': { ...base, agents: steps([30, 15, 40], phaseMs) },
  };
}

export function playB3({ seed, short }: DialBenchOptions): DialBenchReport {
  const hours = short ? 3 : 8;
  const phaseMs = (hours * HOUR) / 3;
  const cells = Object.entries(worlds(phaseMs)).flatMap(([name, world]) =>
    (['planner', 'adaptive'] as const).map((method) => {
      const sums: { handlingMs: number; atWorkMs: number; answers: number; drops: number }[] = [];
      const centre = new CallCentre({
        world,
        settings: pacing(method),
        seed,
        days: 1,
        hours,
        watch: ({ dayMs, centre: at }) => {
          if (dayMs >= phaseMs * sums.length) sums.push(read(at));
        },
      }).run();
      sums.push(read(centre));
      return { name, method, phases: phasesOf(sums), abandoned: percent(centre.drops / centre.answers) };
    }),
  );
  return {
    figures: { cells },
    columns: [
      'steps',
      'method',
      'first',
      'abandoned',
      'second',
      'abandoned',
      'third',
      'abandoned',
      'day abandoned',
    ],
    rows: cells.map(({ name, method, phases, abandoned }) => [
      name,
      method,
      ...phases.flatMap((phase) => [String(phase.utilisation), String(phase.abandoned)]),
      String(abandoned),
    ]),
    bars: [],
    musts: [{ what: 'no day abandons more than 3 %', met: cells.every(({ abandoned }) => abandoned <= 3) }],
  };
}

const read = ({ handlingMs, atWorkMs, answers, drops }: CallCentre) => ({
  handlingMs,
  atWorkMs,
  answers,
  drops,
});

function phasesOf(sums: readonly ReturnType<typeof read>[]) {
  return sums.slice(1).map((after, at) => {
    const before = sums[at] ?? after;
    return {
      utilisation: percent((after.handlingMs - before.handlingMs) / (after.atWorkMs - before.atWorkMs)),
      abandoned: percent((after.drops - before.drops) / Math.max(1, after.answers - before.answers)),
    };
  });
}
