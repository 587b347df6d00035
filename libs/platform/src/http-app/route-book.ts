interface Pattern {
  /** A parameter is null. */
  segments: readonly (string | null)[];
  methods: string[];
}

/**
 * Which methods a path has: for 405 with `Allow` (RFC 9110, section 15.5.6), where a router only knows that it found nothing, or
 * takes `/calls/:id` for `/calls/retry` because that has not this method.
 */
export class RouteBook {
  private readonly patterns = new Map<string, Pattern>();

  /** @param pattern  as Fastify has it: `/v1/calls/:id` */
  add(method: string | readonly string[], pattern: string): void {
    const segments = segmentsOf(pattern).map((segment) => (segment.startsWith(':') ? null : segment));
    const key = segments.map((segment) => segment ?? ':').join('/');
    const known = this.patterns.get(key) ?? { segments, methods: ['OPTIONS'] };
    known.methods = [...new Set([...known.methods, ...[method].flat()])].sort();
    this.patterns.set(key, known);
  }

  /** @returns methods in alphabetical order; none for a path that there is not */
  methodsAt(path: string): readonly string[] {
    const given = segmentsOf(path);
    let best: Pattern | undefined;
    for (const pattern of this.patterns.values()) {
      if (matches(pattern, given) && (best === undefined || isNearer(pattern, best))) best = pattern;
    }
    return best?.methods ?? [];
  }
}

/** A slash at the end means nothing. */
function segmentsOf(path: string): string[] {
  return path.replace(/\/$/, '').split('/');
}

function matches({ segments }: Pattern, path: readonly string[]): boolean {
  return (
    segments.length === path.length &&
    segments.every((segment, index) => segment === path[index] || (segment === null && path[index] !== ''))
  );
}

/** Of two that match: the one that has a word written out where the other has a parameter, from the left. */
function isNearer(one: Pattern, other: Pattern): boolean {
  const index = one.segments.findIndex(
    (segment, place) => (segment === null) !== (other.segments[place] === null),
  );
  return index !== -1 && one.segments[index] !== null;
}
