import {
  isRecord,
  namesAt,
  valueAt,
  withRenamed,
  withValue,
  type FlowDocument,
  type Json,
  type Path,
} from './flow-document';

/** A name that nothing there has yet. */
export function freeName(document: FlowDocument, member: 'menus' | 'hours', stem: string): string {
  const taken = new Set(namesAt(document, [member]));
  let number = 1;
  while (taken.has(number === 1 ? stem : `${stem}-${number.toString()}`)) number += 1;
  return number === 1 ? stem : `${stem}-${number.toString()}`;
}

export function withMenu(document: FlowDocument, name: string): FlowDocument {
  return withValue(document, ['menus', name], {
    prompts: [{ say: 'recording', recording: name }],
    digits: {},
  });
}

/** Open in the week from nine to five. */
export function withHours(document: FlowDocument, name: string): FlowDocument {
  const day: Json = [['09:00', '17:00']];
  const weekly = { sun: day, mon: day, tue: day, wed: day, thu: day };
  return withValue(document, ['hours', name], { weekly });
}

/** A menu or hours under another name, wherever the flow speaks of them. */
export function renamed(
  document: FlowDocument,
  member: 'menus' | 'hours',
  names: { from: string; to: string },
): FlowDocument {
  const { from, to } = names;
  if (from === to || namesAt(document, [member]).includes(to)) return document;
  const next = withRenamed(document, [member, from], to);
  const told = member === 'menus' ? toldMenu : toldHours;
  return told(next, { from, to }) as FlowDocument;
}

type Names = { from: string; to: string };

/** Steps are strings where a step may stand, or the member `menu`. */
function toldMenu(value: Json, names: Names): Json {
  return everyStep(value, (step) => {
    if (step === names.from) return names.to;
    return isRecord(step) && step['menu'] === names.from ? { ...step, menu: names.to } : step;
  });
}

function toldHours(value: Json, names: Names): Json {
  return everyStep(value, (step) =>
    isRecord(step) && step['when'] === names.from ? { ...step, when: names.to } : step,
  );
}

/** The document with each of its steps put through `change`, outer ones first. */
export function everyStep(document: Json, change: (step: Json) => Json): Json {
  if (!isRecord(document)) return document;
  const step = (value: Json): Json => inner(change(value));
  const inner = (value: Json): Json =>
    withMembers(value, ['ifFailed', 'afterwards', 'then', 'open', 'closed'], step);
  const menu = (value: Json): Json => {
    const digits = withMembers(value, ['digits'], (keys) =>
      withMembers(keys, isRecord(keys) ? Object.keys(keys) : [], step),
    );
    return withMembers(digits, ['invalid'], (invalid) => withMembers(invalid, ['then'], step));
  };
  const started = withMembers(document, ['start'], step);
  return withMembers(started, ['menus'], (menus) =>
    withMembers(menus, isRecord(menus) ? Object.keys(menus) : [], menu),
  );
}

function withMembers(value: Json, names: readonly string[], change: (member: Json) => Json): Json {
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]): [string, Json] => [
      name,
      names.includes(name) && member !== null ? change(member) : member,
    ]),
  );
}

/** The first key that a menu has nothing for; undefined when all are taken. */
export function freeKey(document: FlowDocument, menu: string): string | undefined {
  const taken = new Set(namesAt(document, ['menus', menu, 'digits']));
  return [...'123456789', '0', '*', '#', 'any', 'none'].find((key) => !taken.has(key));
}

/** A list with an item more, or moved, or less. */
export function withItem(document: FlowDocument, path: Path, item: Json): FlowDocument {
  const list = valueAt(document, path);
  return withValue(document, path, Array.isArray(list) ? [...(list as readonly Json[]), item] : [item]);
}
