import type { DialPackDto } from '../api/operations';

type Settings = Readonly<Record<string, unknown>>;

/** The share of answers that may find nobody: the strictest of the pacing, the rules and their packs. */
export function limitOf(settings: Settings, packs: readonly Pick<DialPackDto, 'id' | 'limits'>[]): number {
  const { pacing, rules } = settings as {
    pacing?: { abandonTarget?: number };
    rules?: { abandonTarget?: number; packs?: readonly string[] };
  };
  const chosen = packs.filter(({ id }) => rules?.packs?.includes(id));
  const limits = [
    pacing?.abandonTarget,
    rules?.abandonTarget,
    ...chosen.map((pack) => targetOf(pack.limits)),
  ];
  return Math.min(1, ...limits.filter((limit) => limit !== undefined));
}

function targetOf({ abandonTarget }: DialPackDto['limits']): number | undefined {
  return typeof abandonTarget === 'number' ? abandonTarget : undefined;
}
