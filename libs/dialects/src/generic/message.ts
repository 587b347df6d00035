/** A request as a mapping looks at it: its messages, and what stands beside them. */
import type { InboundRequest } from '../dialect.js';
import { hintsOf } from '../content/body/read-body.js';
import { membersOf, rememberRepeated } from '../content/members.js';
import { readContent } from '../content/read-content.js';
import { readJson } from '../content/read-json.js';
import { readQuery } from '../content/read-query.js';
import { readXmlFields } from '../content/read-xml-fields.js';
import { sniffPlainFormat, type PlainFormat } from '../content/sniff-plain-format.js';

/** Values that are looked at, or so many times 128 characters, until it is known which calls a request is of. */
const MOST_STEPS_TO_SORT = 500_000;
/** And to tell of these calls, for which the PBX does not wait. */
const MOST_STEPS_TO_TELL = 2_000_000;
const CHARACTERS_A_STEP = 128;
/** Shorter texts are compared faster than they are remembered. */
const SHORT_TEXT = 256;

/** What is asked beside its messages, and what looking at them has cost. */
export class Beside {
  private steps = 0;
  private mostSteps = MOST_STEPS_TO_SORT;
  private body: string | undefined;
  private readonly words = new Map<string, string>();
  private query: unknown;
  private form: ReadonlyMap<string, string> | undefined;
  private readonly opened = new Map<string, object | undefined>();

  /** @param addresses  under which the message may have come, the likeliest first */
  constructor(
    readonly request: InboundRequest,
    readonly addresses: readonly string[] = [],
  ) {}

  get queryFields(): unknown {
    this.query ??= rememberRepeated(readQuery(this.request.query, hintsOf(this.request)).fields);
    return this.query;
  }

  header(name: string): string | undefined {
    return this.request.headers[name];
  }

  /** A field of a form as it was sent; the last one of its name. */
  formField(name: string): string | undefined {
    this.form ??= new Map(new URLSearchParams(this.bodyText).entries());
    return this.form.get(name);
  }

  get bodyText(): string {
    this.body ??= Buffer.from(this.request.body).toString();
    return this.body;
  }

  /** As a word is compared. */
  wordOf(text: string): string {
    if (text.length < SHORT_TEXT) return text.trim().toLowerCase();
    const known = this.words.get(text);
    if (known !== undefined) return known;
    this.spendOn(text);
    const word = text.trim().toLowerCase();
    this.words.set(text, word);
    return word;
  }

  spend(steps: number): void {
    this.steps += steps;
  }

  spendOn(text: string): void {
    this.steps += text.length / CHARACTERS_A_STEP;
  }

  /** It is known which calls a request is of. */
  beginToTell(): void {
    if (this.mostSteps === MOST_STEPS_TO_TELL) return;
    this.mostSteps = MOST_STEPS_TO_TELL;
    this.steps = 0;
  }

  /** Nothing more is looked at. */
  get isSpent(): boolean {
    return this.steps > this.mostSteps;
  }

  /** What the JSON holds that is a text; undefined where it is none. */
  open(text: string): object | undefined {
    if (!/^\s*[[{]/.test(text)) return undefined;
    if (this.opened.has(text)) return this.opened.get(text);
    const reading = readJson(text);
    const value = reading.ok && typeof reading.value === 'object' ? (reading.value ?? undefined) : undefined;
    this.opened.set(text, value);
    return value;
  }
}

export type MessagesReading =
  | { ok: true; format: PlainFormat; messages: readonly unknown[]; unread: readonly string[] }
  | { ok: false; format: PlainFormat; reason: string };

/**
 * What a request holds: an object, mostly; of a JSON list each of its entries. Never throws.
 *
 * @param inUrl  whether it may stand in the URL where the body says nothing
 */
export function readMessages(request: InboundRequest, inUrl = true): MessagesReading {
  const format = sniffPlainFormat(request);
  const content = readContent(inUrl ? request : { ...request, query: '' });
  if (!content.ok) return { ok: false, format, reason: content.reason };
  const { unread } = content;
  switch (content.format) {
    case 'json': {
      const { value } = content;
      if (!Array.isArray(value)) return { ok: true, format, messages: [value], unread };
      if (value.length === 0) return { ok: false, format, reason: 'The list is empty.' };
      return { ok: true, format, messages: value as unknown[], unread };
    }
    case 'form':
      return { ok: true, format, messages: [rememberRepeated(content.fields)], unread };
    case 'xmlrpc': {
      const reading = readXmlFields(content.text);
      const fields = reading.ok ? reading.fields : reading.deeper;
      if (fields === undefined) return { ok: false, format, reason: reading.ok ? '' : reading.reason };
      return { ok: true, format, messages: [rememberRepeated(fields)], unread };
    }
  }
}

/** The members of what is one, as pairs; none of what has none. */
export function pairsOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? membersOf(value) : [];
}
