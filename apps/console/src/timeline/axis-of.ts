/** Something that takes time, or none: milliseconds since 1970, the end not before the start. */
export interface Span {
  start: number;
  end: number;
}

/** A stretch of time and where it is drawn, in shares of the width. */
export interface Piece {
  from: number;
  to: number;
  left: number;
  right: number;
  /** Nothing happens in it, and it is drawn shorter than it was. */
  squeezed: boolean;
}

export interface Axis {
  pieces: readonly Piece[];
  /** Where a moment is drawn, from 0 to 1. Moments outside are at the ends. */
  at: (moment: number) => number;
  /** The moment that is drawn at a place: `at`, backwards. */
  momentAt: (share: number) => number;
}

/** Silence is squeezed when it is this many times longer than all else. */
const LONG = 2;
const SQUEEZED_SHARE = 0.05;
/** However many silences there are, this much is left for what happens. */
const MOST_SQUEEZED = 0.5;
/** So that marks at the ends are whole. */
const MARGIN = 0.02;

/**
 * Lays spans out so that a call of 90 s and a retry 3 days later are both readable: a silence of more than twice all
 * that happens becomes a narrow piece. All other time keeps its proportions.
 *
 * @param trueScale  squeezes nothing
 */
export function axisOf(spans: readonly Span[], trueScale = false): Axis {
  const busy = merged(spans);
  const first = busy[0];
  const last = busy.at(-1);
  if (first === undefined || last === undefined) return { pieces: [], at: () => 0.5, momentAt: () => 0 };
  const longest = trueScale ? Infinity : longestKept(busy);
  const pieces = placed(stretches(busy, longest));
  return {
    pieces,
    at: (moment) => place(pieces, Math.min(Math.max(moment, first.start), last.end)),
    momentAt: (share) => momentAt(pieces, share),
  };
}

/** Spans without overlaps, in order. */
function merged(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else found.push({ ...span });
  }
  return found;
}

/** The longest silence that is still drawn as long as it was. */
function longestKept(busy: readonly Span[]): number {
  let kept = busy.reduce((sum, { start, end }) => sum + end - start, 0);
  const silences = busy.slice(1).map(({ start }, index) => start - (busy[index]?.end ?? start));
  for (const silence of silences.sort((a, b) => a - b)) {
    if (kept > 0 && silence > LONG * kept) return silence - 1;
    kept += silence;
  }
  return Infinity;
}

type Stretch = Pick<Piece, 'from' | 'to' | 'squeezed'>;

/** Time from the first to the last moment, cut where a silence begins or ends that is squeezed. */
function stretches(busy: readonly Span[], longest: number): Stretch[] {
  const found: Stretch[] = [];
  for (const { start, end } of busy) {
    const last = found.at(-1);
    if (last !== undefined && start - last.to <= longest) last.to = end;
    else {
      if (last !== undefined) found.push({ from: last.to, to: start, squeezed: true });
      found.push({ from: start, to: end, squeezed: false });
    }
  }
  return found;
}

function placed(found: readonly Stretch[]): Piece[] {
  const silences = found.filter(({ squeezed }) => squeezed).length;
  const narrow = silences === 0 ? 0 : Math.min(SQUEEZED_SHARE, MOST_SQUEEZED / silences);
  const room = 1 - 2 * MARGIN - silences * narrow;
  const kept = found.filter(({ squeezed }) => !squeezed);
  const total = kept.reduce((sum, { from, to }) => sum + to - from, 0);
  // Where all that happens are moments, each has as much room as the others.
  const width = ({ from, to }: Stretch): number =>
    total > 0 ? (room * (to - from)) / total : room / kept.length;
  let left = MARGIN;
  return found.map((stretch) => {
    const right = left + (stretch.squeezed ? narrow : width(stretch));
    const piece = { ...stretch, left, right };
    left = right;
    return piece;
  });
}

function place(pieces: readonly Piece[], moment: number): number {
  const piece = pieces.find(({ to }) => moment <= to) ?? pieces.at(-1);
  if (piece === undefined) return 0.5;
  const { from, to, left, right } = piece;
  return to === from ? (left + right) / 2 : left + ((moment - from) / (to - from)) * (right - left);
}

function momentAt(pieces: readonly Piece[], share: number): number {
  const piece = pieces.find(({ right }) => share <= right) ?? pieces.at(-1);
  if (piece === undefined) return 0;
  const { from, to, left, right } = piece;
  const within = right === left ? 0 : Math.min(Math.max((share - left) / (right - left), 0), 1);
  return from + within * (to - from);
}
