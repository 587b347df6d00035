/** A tenant's description of a CRM that nobody wrote a connector for: as it is stored, everything filled in. */
import type { CrmRequest, CrmVerdict } from '../talk/crm-io.js';

/** A request with `{{ placeholders }}` in its URL, query, headers and body. */
export interface RequestTemplate {
  method: CrmRequest['method'];
  /** Behind the endpoint's URL, with a slash in front; or complete, with a host that is written out. */
  url: string;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  /** The body as JSON whose texts may hold placeholders. Null: none. */
  json: unknown;
  /** The body as a form. Null: none. */
  form: Readonly<Record<string, string>> | null;
}

/** Where things stand in a record of the CRM: paths (`valuesAt`); empty: it does not tell. */
export interface RecordPaths {
  id: string;
  name: string;
  firstName: string;
  lastName: string;
  company: string;
  phones: readonly string[];
  owner: string;
  url: string;
  createdAt: string;
  updatedAt: string;
}

export interface Lookup {
  /** The CRM's word for the records that it finds, such as `Contact`. */
  type: string;
  request: RequestTemplate;
  /** Where the records are; empty: the answer is one, or a list of them. */
  list: string;
  fields: RecordPaths;
  /** Asked for each record that was found, for what the search does not show; read by the same paths. Null: not needed. */
  detail: { request: RequestTemplate; at: string } | null;
  /** Only records with the very number are found: it counts although the answer does not show it. */
  exact: boolean;
  /** A record's page for people, with placeholders; empty: none, or `fields.url` has it. */
  page: string;
}

/** A request that makes a record. */
export interface Maker {
  type: string;
  request: RequestTemplate;
  /** Where its id is in the answer; `@location`: last in the header Location; `@call`: it is the call's. */
  id: string;
}

export interface FindTemplate {
  request: RequestTemplate;
  list: string;
  id: string;
  /** Where the marker has to stand in a record; empty: anywhere in it. */
  text: string;
}

/** Paths of texts are inside the record. */
export interface ReadTemplate {
  request: RequestTemplate;
  /** Where the answer has a list in which the record is looked for by its id; empty: the answer is the record. */
  list: string;
  id: string;
  subject: string;
  body: string;
}

export interface UpdateTemplate {
  request: RequestTemplate;
  /** `change` writes the record's fields anew; `append` adds to it. */
  kind: 'change' | 'append';
  /**
   * How the record is read before its texts are changed, so that what an agent wrote stays; of `append`, where what was added may
   * stand already.
   */
  read: ReadTemplate | null;
}

export const MEANINGS = [
  'good',
  'duplicate',
  'gone',
  'refused',
  'bad number',
  'throttled',
  'unauthorised',
  'unreachable',
] as const satisfies readonly CrmVerdict['kind'][];

/** What an answer means where its status does not say so. All conditions that are there have to hold. */
export interface AnswerRule {
  /** Empty: any. */
  status: readonly number[];
  /** Empty: nothing is looked for in the body. */
  path: string;
  /** Any of these stands there; empty: anything does. */
  is: readonly (string | number | boolean)[];
  /** Nothing stands there. */
  absent: boolean;
  means: (typeof MEANINGS)[number];
  /** Where the reason is, and the id of a duplicate. */
  reason: string;
  id: string;
}

/** A word of the CRM's for one of ours. */
export interface WordMap {
  /** The placeholder whose value is translated, such as `call.result`. */
  of: string;
  to: Readonly<Record<string, string | number | boolean>>;
  /** For what is not in `to`; null: nothing. */
  otherwise: string | number | boolean | null;
}

export interface HttpSettings {
  /** In which spellings numbers are looked for, in turn. */
  numbers: readonly string[];
  lookups: readonly Lookup[];
  create: (Maker & { page: string }) | null;
  /** Null: it is only asked who is calling. */
  log: Maker | null;
  find: FindTemplate | null;
  update: UpdateTemplate | null;
  task: Maker | null;
  probe: { request: RequestTemplate; account: string } | null;
  answers: readonly AnswerRule[];
  words: Readonly<Record<string, WordMap>>;
}
