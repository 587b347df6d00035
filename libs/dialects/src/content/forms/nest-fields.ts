/** Makes lists and objects of names with brackets, as PHP, Rails and ASP.NET read them, so that a form says what JSON would. */

/** The branches below one name. */
interface Branch {
  members: Map<string, Branch | string>;
}

const MAX_DEPTH = 8;
const MAX_NAME_LENGTH = 500;
/** `a[b][0]`, `a[0].b`, `a.0.b`. */
const BRACKETED = /^([^[\].]+)((?:\[[^[\]]*\]|\.[\w-]+)+)$/;
const DOTTED_LIST = /^[\w-]+\.\d{1,4}(?:\.|$)/;
const STEPS = /\[([^[\]]*)\]|\.([\w-]+)/g;
const INDEX = /^\d{1,4}$/;

/**
 * The same fields, those with brackets put together under their first name: `IVR[0][layer_id]=1` is
 * `IVR` with a list of one object. A list of plain texts (`record[]=a&record[]=b`) comes out as a name that is repeated,
 * so that a single value in brackets is not lost on a field that has only one. What does not fit stays as it came.
 */
export function nestFields(fields: readonly (readonly [string, string])[]): [name: string, value: unknown][] {
  const roots = new Map<string, Branch>();
  const flat: [name: string, value: unknown][] = [];
  for (const [name, value] of fields) {
    const path = pathOf(name);
    if (path === undefined) {
      flat.push([name, value]);
      continue;
    }
    const [first, ...steps] = path;
    const known = roots.get(first);
    const root = known ?? { members: new Map<string, Branch | string>() };
    if (!put(root, steps, value)) flat.push([name, value]);
    else if (known === undefined) roots.set(first, root);
  }
  const nested = [...roots].flatMap(([name, root]): [string, unknown][] => {
    const value = valueOf(root);
    return Array.isArray(value) && !value.some((item) => typeof item === 'object')
      ? value.map((item): [string, unknown] => [name, item])
      : [[name, value]];
  });
  return [...flat, ...nested];
}

function pathOf(name: string): [first: string, ...steps: string[]] | undefined {
  if (!name.includes('[') && !(name.includes('.') && DOTTED_LIST.test(name))) return undefined;
  const parts = name.length > MAX_NAME_LENGTH ? null : BRACKETED.exec(name);
  if (parts === null) return undefined;
  const steps = [...(parts[2] ?? '').matchAll(STEPS)].map(
    ([, bracketed, dotted]) => bracketed ?? dotted ?? '',
  );
  return steps.length > MAX_DEPTH ? undefined : [parts[1] ?? '', ...steps];
}

/** False where there is another value in the way. */
function put(root: Branch, steps: readonly string[], value: string): boolean {
  let branch = root;
  for (const [index, step] of steps.entries()) {
    const rest = steps.slice(index + 1);
    const key = step === '' ? nextKey(branch, rest) : step;
    const there = branch.members.get(key);
    if (rest.length === 0) {
      if (there !== undefined && there !== '') return false;
      branch.members.set(key, value);
      return true;
    }
    if (typeof there === 'string') return false;
    const next = there ?? { members: new Map<string, Branch | string>() };
    branch.members.set(key, next);
    branch = next;
  }
  return false;
}

/** `a[][x]=1&a[][y]=2` is one object, and the next `a[][x]` begins another. */
function nextKey({ members }: Branch, rest: readonly string[]): string {
  const last = [...members.values()].at(-1);
  const goesOn = rest[0] !== undefined && typeof last === 'object' && !last.members.has(rest[0]);
  return String(goesOn ? members.size - 1 : members.size);
}

function valueOf(branch: Branch | string): unknown {
  if (typeof branch === 'string') return branch;
  const entries = [...branch.members].map(([key, member]): [string, unknown] => [key, valueOf(member)]);
  if (!entries.every(([key]) => INDEX.test(key))) return Object.fromEntries(entries);
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, member]) => member);
}
