type Primitive = string | number | boolean | null;

/** Whether a value is in the relation to what it is compared with; undefined when the two cannot be compared. */
type Operator = (value: unknown, than: unknown) => boolean | undefined;

const negated =
  (operator: Operator): Operator =>
  (value, than) => {
    const outcome = operator(value, than);
    return outcome === undefined ? undefined : !outcome;
  };

const equals: Operator = (value, than) => looselyEqual(asPrimitive(value), asPrimitive(than));

/** A list holds the value; or a text holds the other as a part. */
const isIn: Operator = (value, than) => {
  if (Array.isArray(than)) {
    return isPrimitive(value) && than.every(isTextOrNumber) ? (than as unknown[]).includes(value) : undefined;
  }
  return typeof value === 'string' && isTextOrNumber(than) ? value.includes(String(than)) : undefined;
};

const text =
  (holds: (value: string, part: string) => boolean): Operator =>
  (value, than) => {
    const parts: unknown[] = Array.isArray(than) ? than : [than];
    if (typeof value !== 'string' || !parts.every((part) => typeof part === 'string')) return undefined;
    return parts.some((part) => holds(value, part));
  };

const order =
  (holds: (value: number, than: number) => boolean): Operator =>
  (value, than) =>
    // Two texts are compared as texts, and a text with a number as numbers: as JavaScript does.
    isTextOrNumber(value) && isTextOrNumber(than) ? holds(value as number, than as number) : undefined;

export const OPERATORS: Readonly<Record<string, Operator>> = {
  $eq: equals,
  $neq: negated(equals),
  $in: isIn,
  $nin: negated(isIn),
  $startsWith: text((value, part) => value.startsWith(part)),
  $endsWith: text((value, part) => value.endsWith(part)),
  $gte: order((value, than) => value >= than),
  $gt: order((value, than) => value > than),
  $lte: order((value, than) => value <= than),
  $lt: order((value, than) => value < than),
  $exist: (value, than) => (typeof than === 'boolean' ? (value !== undefined) === than : undefined),
};

export function isPrimitive(value: unknown): value is Primitive {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** `==` between primitives; undefined is what is not there, and equals null. */
export function looselyEqual(one: Primitive | undefined, other: Primitive | undefined): boolean {
  if (one == null || other == null) return one == null && other == null;
  return typeof one === typeof other ? one === other : Number(one) === Number(other);
}

/** Lists and objects are compared by their JSON. */
function asPrimitive(value: unknown): Primitive | undefined {
  return isPrimitive(value) ? value : JSON.stringify(value);
}

function isTextOrNumber(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
