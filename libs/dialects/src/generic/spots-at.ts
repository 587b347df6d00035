/** What stands at a path of a message, and where that is, so that what was read can be told from what was not. */
import type { Beside } from './message.js';
import type { ReadyPath } from './ready-mapping.js';

/** A value and what it is a member of; `holder` is null for what stands beside the message. */
export interface Spot {
  value: unknown;
  holder: object | null;
  key: string;
}

/** What is being read, within what. */
export interface Where {
  item: unknown;
  message: unknown;
  beside: Beside;
}

const MOST_SPOTS = 500;
const PLACE = /^\d{1,6}$/;

/** All of them in their order; lists at the end are opened. */
export function spotsAt({ root, names }: ReadyPath, where: Where): readonly Spot[] {
  switch (root) {
    case 'item':
      return below({ value: where.item, holder: null, key: '' }, names, where.beside);
    case 'message':
      return below({ value: where.message, holder: null, key: '' }, names, where.beside);
    case 'query':
      return below({ value: where.beside.queryFields, holder: null, key: '' }, names, where.beside);
    case 'header':
      return only(where.beside.header(names[0] ?? ''), where);
    case 'form':
      return only(where.beside.formField(names[0] ?? ''), where);
    case 'route':
      return only(where.beside.request.route, where);
    case 'method':
      return only(where.beside.request.method, where);
    case 'body':
      return only(where.beside.bodyText, where);
    case 'url':
      return only(where.beside.addresses[0], where);
  }
}

function only(value: string | undefined, { beside }: Where): readonly Spot[] {
  beside.spend(1);
  return value === undefined ? [] : [{ value, holder: null, key: '' }];
}

function below(from: Spot, names: readonly string[], beside: Beside): readonly Spot[] {
  if (beside.isSpent) return [];
  beside.spend(1);
  let found: Spot[] = [from];
  for (const name of names) {
    const next: Spot[] = [];
    for (const spot of found) step(spot, name, { beside, into: next });
    found = next;
    if (found.length === 0) return found;
  }
  const open: Spot[] = [];
  for (const spot of found) {
    if (!Array.isArray(spot.value)) open.push(spot);
    else entries(spot.value, open);
  }
  beside.spend(open.length);
  return open;
}

function step(spot: Spot, name: string, to: { beside: Beside; into: Spot[] }): void {
  const { into, beside } = to;
  if (into.length >= MOST_SPOTS || beside.isSpent) return;
  beside.spend(1);
  const inside = typeof spot.value === 'string' ? beside.open(spot.value) : spot.value;
  if (Array.isArray(inside)) {
    if (name === '*') entries(inside, into);
    else if (PLACE.test(name)) {
      if (Number(name) < inside.length) into.push({ value: inside[Number(name)], holder: inside, key: name });
    } else {
      for (const [index, value] of inside.entries()) {
        if (into.length >= MOST_SPOTS || beside.isSpent) return;
        step({ value, holder: inside, key: String(index) }, name, to);
      }
    }
    return;
  }
  if (typeof inside !== 'object' || inside === null) return;
  const members = inside as Record<string, unknown>;
  if (name === '*') {
    const all = Object.entries(members);
    beside.spend(all.length);
    for (const [key, value] of all) {
      if (into.length >= MOST_SPOTS) return;
      into.push({ value, holder: members, key });
    }
  } else if (Object.hasOwn(members, name)) into.push({ value: members[name], holder: members, key: name });
}

function entries(list: readonly unknown[], into: Spot[]): void {
  for (const [index, value] of list.entries()) {
    if (into.length >= MOST_SPOTS) return;
    into.push({ value, holder: list, key: String(index) });
  }
}
