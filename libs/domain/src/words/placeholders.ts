/** Reads text with `{{ path.to.value }}` placeholders, e.g. `{{ data.from.e164 | default: "-" }}`. */

export interface Placeholder {
  path: readonly string[];
  /** Written where there is no value; null: nothing is. */
  otherwise: string | null;
}

export type Piece = string | Placeholder;

/** `position` counts characters from 1. */
export type PiecesReading = { ok: true; pieces: Piece[] } | { ok: false; problem: string; position: number };

const INSIDE = /^\s*([A-Za-z_][\w-]*(?:\.[\w-]+)*)\s*(?:\|\s*default:\s*"([^"{}]*)"\s*)?$/;
const MAX_PLACEHOLDERS = 500;

/**
 * Braces that open no placeholder stand for themselves: JSON is full of them. Only `{{` needs its other half; a stray `}}`
 * is what the end of nested JSON looks like.
 */
export function readPieces(text: string): PiecesReading {
  const pieces: Piece[] = [];
  let from = 0;
  for (;;) {
    const open = text.indexOf('{{', from);
    if (open === -1) break;
    const position = open + 1;
    if (pieces.length > 2 * MAX_PLACEHOLDERS)
      return { ok: false, problem: 'There are too many placeholders', position };
    const close = text.indexOf('}}', open + 2);
    const again = text.indexOf('{{', open + 2);
    if (close === -1 || (again !== -1 && again < close)) {
      return { ok: false, problem: 'The placeholder is not closed by }}', position };
    }
    const inside = INSIDE.exec(text.slice(open + 2, close));
    if (inside === null) {
      const problem =
        'A placeholder is written like {{ data.from.e164 }} or {{ data.extension | default: "-" }}';
      return { ok: false, problem, position };
    }
    if (open > from) pieces.push(text.slice(from, open));
    pieces.push({ path: (inside[1] ?? '').split('.'), otherwise: inside[2] ?? null });
    from = close + 2;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return { ok: true, pieces };
}

/** The value at a path, or what stands in for it; undefined for nothing. Only own members count, of lists by their index. */
export function valueOf({ path, otherwise }: Placeholder, context: unknown): unknown {
  let value = context;
  for (const name of path) {
    const inside = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
    value = inside ? (value as Record<string, unknown>)[name] : undefined;
  }
  const missing = value === undefined || value === null || value === '';
  return missing ? (otherwise ?? undefined) : value;
}

/** A value as text; lists and objects as JSON. */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The text with each placeholder replaced. */
export function filled(pieces: readonly Piece[], replace: (placeholder: Placeholder) => string): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : replace(piece))).join('');
}
