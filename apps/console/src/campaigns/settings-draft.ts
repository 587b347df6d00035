import type { Field, FieldKind } from './fields';

/** Texts of a form, by path. */
export type Draft = Readonly<Record<string, string>>;
type Doc = Readonly<Record<string, unknown>>;

/** A setting as the form shows it. */
const WRITE: Readonly<Record<FieldKind, (value: unknown) => string>> = {
  text: String,
  whole: String,
  choice: String,
  flag: String,
  percent: (value) => String(Math.round(Number(value) * 1e6) / 1e4),
  lines: (value) => (value as string[]).join('\n'),
  pairs: (value) => linesOf(value as Record<string, string>, (name, text) => `${name} = ${text}`),
  byCountry: (value) =>
    linesOf(value as Record<string, string[]>, (country, ids) => `${country}: ${ids.join(', ')}`),
  caps: (value) =>
    (value as { count: number; hours: number }[]).map(({ count, hours }) => `${count} / ${hours}`).join('\n'),
  ranges: (value) => (value as [string, string][]).map((range) => range.join('-')).join(', '),
  wholes: (value) => (value as number[]).join(', '),
};

/** What a form says, as the API takes it. What makes no sense goes there as it is: the API says what is wrong with it, and where. */
const READ: Readonly<Record<FieldKind, (text: string) => unknown>> = {
  text: (text) => (text === '' ? null : text),
  whole: numberIn,
  percent: (text) => percentIn(text),
  choice: (text) => (text === '' ? null : (FLAGS[text] ?? text)),
  flag: (text) => text === 'true',
  lines: (text) => split(text, '\n'),
  pairs: (text) => Object.fromEntries(split(text, '\n').map((line) => cut(line, '='))),
  byCountry: (text) =>
    Object.fromEntries(
      split(text, '\n').map((line) => {
        const [country, ids] = cut(line, ':');
        return [country, split(ids, ',')] as const;
      }),
    ),
  caps: (text) =>
    split(text, '\n').map((line) => {
      const [count, hours] = cut(line, '/');
      return { count: numberIn(count), hours: numberIn(hours) };
    }),
  ranges: (text) => split(text, ',').map((range) => cut(range, '-')),
  wholes: (text) => split(text, ',').map(numberIn),
};
const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false };

function numberIn(text: string): number | string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const number = Number(trimmed);
  return Number.isNaN(number) ? trimmed : number;
}

function percentIn(text: string): number | string | null {
  const read = numberIn(text.replace('%', ''));
  return typeof read === 'number' ? read / 100 : read;
}

function split(text: string, by: string): string[] {
  return text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function cut(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function linesOf<T>(of: Readonly<Record<string, T>>, write: (name: string, value: T) => string): string {
  return Object.entries(of)
    .map(([name, value]) => write(name, value))
    .join('\n');
}

/** @param settings  of a campaign, all members there; an empty one makes an empty form */
export function draftOf(settings: Doc, fields: readonly Field[]): Draft {
  return Object.fromEntries(
    fields.map(({ path, kind }) => {
      const value = valueAt(settings, path);
      return [path, value === undefined || value === null ? '' : WRITE[kind](value)];
    }),
  );
}

function valueAt(doc: unknown, path: string): unknown {
  let at = doc;
  for (const name of path.split('.')) at = (at as Doc | null | undefined)?.[name];
  return at;
}

/** Members that are only whole or not at all: what is changed in one is sent with the rest of it. */
const WHOLE = ['announcement', 'rules.windows', 'retry.results'];

/**
 * What a form changes of settings: only what is otherwise than before.
 *
 * @param before  the draft that it began with
 */
export function changesOf(draft: Draft, before: Draft, fields: readonly Field[]): Record<string, unknown> {
  const changed = (path: string): boolean => (draft[path] ?? '') !== (before[path] ?? '');
  const whole = WHOLE.filter((name) =>
    fields.some(({ path }) => path.startsWith(`${name}.`) && changed(path)),
  );
  const changes: Record<string, unknown> = {};
  for (const { path, kind } of fields) {
    const isOfWhole = whole.some((name) => path.startsWith(`${name}.`));
    if (isOfWhole || changed(path)) put(changes, path.split('.'), READ[kind](draft[path] ?? ''));
  }
  return tidied(changes);
}

function put(doc: Record<string, unknown>, [name = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) doc[name] = value;
  else put((doc[name] ??= {}) as Record<string, unknown>, rest, value);
}

/** Nothing to play is no announcement, and a result that is never tried again has no rule. */
function tidied(changes: Record<string, unknown>): Record<string, unknown> {
  const { announcement, retry } = changes as { announcement?: Doc; retry?: { results?: Doc } };
  const isSilent = announcement !== undefined && Object.values(announcement).every((part) => part === null);
  const results = retry?.results;
  return {
    ...changes,
    ...(isSilent && { announcement: null }),
    ...(results !== undefined && {
      retry: {
        ...retry,
        results: Object.fromEntries(
          Object.entries(results).filter(([, rule]) => (rule as { delays: unknown[] }).delays.length > 0),
        ),
      },
    }),
  };
}

/** What the API said of a field or of what is in it. @param errors  of a problem, whose fields begin with `settings.` */
export function faultOf(
  path: string,
  errors: readonly { field: string; message: string }[],
): string | undefined {
  const name = `settings.${path}`;
  return errors.find(({ field }) => field === name || field.startsWith(`${name}.`))?.message;
}
