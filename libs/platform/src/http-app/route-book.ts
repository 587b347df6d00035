/** Which methods a path has: for 405 with `Allow` (RFC 9110, section 15.5.6), where a router only knows that it found nothing. */
export class RouteBook {
  private readonly routes: { method: string; segments: readonly string[] }[] = [];

  /** @param pattern  as Fastify has it: `/v1/calls/:id` */
  add(method: string | readonly string[], pattern: string): void {
    const segments = segmentsOf(pattern);
    for (const one of [method].flat()) this.routes.push({ method: one, segments });
  }

  /** @returns methods in alphabetical order; none for a path that there is not */
  methodsAt(path: string): string[] {
    const segments = segmentsOf(path);
    const there = this.routes.filter((route) => matches(route.segments, segments));
    if (there.length === 0) return [];
    return [...new Set([...there.map(({ method }) => method), 'OPTIONS'])].sort();
  }
}

/** A slash at the end means nothing. */
function segmentsOf(path: string): string[] {
  return path.replace(/\/$/, '').split('/');
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every(
      (segment, index) => segment === path[index] || (segment.startsWith(':') && path[index] !== ''),
    )
  );
}
