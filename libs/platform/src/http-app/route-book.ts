/** Which methods a path has: for 405 with `Allow` (RFC 9110, section 15.5.6), where a router only knows that it found nothing. */
export class RouteBook {
  /** Paths that are written out: these hide what a pattern with a parameter would make of them. */
  private readonly plain = new Map<string, string[]>();
  private readonly patterns: { method: string; segments: readonly string[] }[] = [];

  /** @param pattern  as Fastify has it: `/v1/calls/:id` */
  add(method: string | readonly string[], pattern: string): void {
    const path = withoutEnd(pattern);
    for (const one of [method].flat()) {
      if (path.includes(':')) this.patterns.push({ method: one, segments: path.split('/') });
      else this.plain.set(path, [...(this.plain.get(path) ?? []), one]);
    }
  }

  /** @returns methods in alphabetical order; none for a path that there is not */
  methodsAt(path: string): string[] {
    const written = this.plain.get(withoutEnd(path));
    const methods = written ?? this.matching(withoutEnd(path).split('/'));
    return methods.length === 0 ? [] : [...new Set([...methods, 'OPTIONS'])].sort();
  }

  /** Whether a pattern was taken for a path that is written out, because that one has not this method. */
  isMistaken(method: string, path: string): boolean {
    return this.plain.get(withoutEnd(path))?.includes(method) === false;
  }

  private matching(path: readonly string[]): string[] {
    return this.patterns.filter(({ segments }) => matches(segments, path)).map(({ method }) => method);
  }
}

/** A slash at the end means nothing. */
function withoutEnd(path: string): string {
  return path.replace(/\/$/, '');
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every(
      (segment, index) => segment === path[index] || (segment.startsWith(':') && path[index] !== ''),
    )
  );
}
