/**
 * A CRM template as telephone systems take them (an XML document: Number, Parameters, Authentication, Scenarios), made into
 * settings of the generic connector. What is in it and cannot be said with us is reported, in sentences.
 */
import { readHttpSettings } from '../read-http-settings.js';
import { readMarkup } from './read-markup.js';
import { takeCreate, takeLog, takeLookup, type WordsFor } from './take-scenarios.js';
import { credentialHeader } from './take-request.js';
import { templateDocument, type Scenario, type TemplateDocument } from './template-document.js';
import { CannotTake, SecretInside, holds } from './template-words.js';

export interface CrmTemplateReading {
  name: string;
  /** Of the generic connector. Null where it is no template. */
  settings: Record<string, unknown> | null;
  /** They can be used as they are. Else they are a beginning. */
  ready: boolean;
  takes: {
    lookups: number;
    create: boolean;
    log: boolean;
    /** Which credentials the endpoint needs; `how` goes on from "Enter". */
    credential: { kind: 'none' | 'basic' | 'bearer' | 'header' | 'oauth2'; header?: string; how: string };
    /** Parameters that the endpoint's own URL stands for. */
    ownUrl: readonly string[];
    /** Those that may be given a value, with what it is now. Secrets are the credentials' business. */
    parameters: readonly { name: string; title: string; value: string }[];
  };
  cannotTake: readonly string[];
}

/** Scenarios for the machine on a desk: searching while one types, chats. */
const OTHERS = /^(SearchContacts|LookupByEmail|ReportChat|LookupById|CreateContactRecordFromClient)$/;
/** The first that there is makes contacts. */
const MAKERS = ['CreateContactRecord', 'CreateContactRecordFromClient'];

/** @param values  of the template's parameters, where they are other than its defaults */
export function readCrmTemplate(
  xml: string,
  values: Readonly<Record<string, string>> = {},
): CrmTemplateReading {
  const reading = readMarkup(xml);
  if (!reading.ok) return unreadable(reading.reason);
  if (reading.root.name !== 'Crm') return unreadable('Its root is not <Crm>.');
  const template = templateDocument(reading.root);
  const complaints = new Set<string>();
  const ownUrl = new Set<string>();
  const complain = (sentence: string) => void complaints.add(sentence);
  const taken = take(template, wordsOf(template, { values, complain, ownUrl }), complain);
  const { ready, problems } = checked(taken.settings);
  for (const sentence of problems) complaints.add(sentence);
  if (ownUrl.size > 1) {
    complain(`Give URLs for all but one of ${[...ownUrl].join(', ')}: an endpoint has one of its own.`);
  }
  const shown = template.parameters.filter(({ secret }) => !secret);
  return {
    name: template.name,
    settings: taken.settings,
    ready,
    takes: {
      lookups: taken.lookups,
      create: taken.create,
      log: Object.hasOwn(taken.settings, 'log'),
      credential: credentialOf(template, complain),
      ownUrl: [...ownUrl],
      parameters: shown.map(({ name, title, byDefault }) => ({
        name,
        title,
        value: values[name] ?? byDefault,
      })),
    },
    cannotTake: [...complaints],
  };
}

function unreadable(reason: string): CrmTemplateReading {
  const credential = { kind: 'none', how: '' } as const;
  return {
    name: '',
    settings: null,
    ready: false,
    takes: { lookups: 0, create: false, log: false, credential, ownUrl: [], parameters: [] },
    cannotTake: [`This is no CRM template: ${reason}`],
  };
}

function wordsOf(
  { parameters }: TemplateDocument,
  {
    values,
    complain,
    ownUrl,
  }: {
    values: Readonly<Record<string, string>>;
    complain: (sentence: string) => void;
    ownUrl: Set<string>;
  },
): WordsFor {
  return (type, own = {}) => ({
    type,
    own,
    complain,
    isOwnUrl: (name) => void ownUrl.add(name),
    parameter: (name) => {
      const found = parameters.find((one) => one.name === name);
      if (found?.secret === true) {
        throw new SecretInside(
          `[${name}] is a secret and would stand in a URL or a body: settings keep none.`,
        );
      }
      // Whether calls are reported and contacts made is the logging policy's business.
      if (/^(ReportCall|CreateContact)Enabled$/.test(name)) return 'True';
      return found && (values[name] ?? found.byDefault);
    },
  });
}

function take(template: TemplateDocument, wordsFor: WordsFor, complain: (sentence: string) => void) {
  const attempt = <T>(what: string, work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof CannotTake)) throw error;
      complain(`${what}: ${error.message}`);
      return null;
    }
  };
  const { scenarios } = template;
  const lookups = scenarios
    .filter(({ id }) => id === '')
    .filter((one) => isAsked(one, wordsFor))
    .flatMap((one) => attempt('Lookup', () => takeLookup(one, wordsFor)) ?? []);
  const maker = MAKERS.map((name) => scenarios.find(({ id }) => id === name)).find(
    (one) => one !== undefined,
  );
  const create = maker ? attempt(maker.id, () => takeCreate(maker, wordsFor)) : null;
  const log = attempt('ReportCall', () => takeLog(scenarios, wordsFor, complain));
  if (log === null)
    complain('It reports no calls that could be taken: say in the settings how a call is logged.');
  complainOfOthers(scenarios, maker?.id ?? '', complain);
  const numbers = attempt('Number', () => numbersOf(template, wordsFor)) ?? ['e164'];
  const settings: Record<string, unknown> = { numbers, lookups, ...(create !== null && { create }), ...log };
  return { settings, lookups: lookups.length, create: create !== null };
}

/** A lookup that comes only after another one found nothing is asked all the same. */
function isAsked({ skipIf }: Scenario, wordsFor: WordsFor): boolean {
  if (skipIf === '') return true;
  try {
    return !holds(skipIf, wordsFor('inbound', { FoundRecordCount: '0' }));
  } catch (error) {
    if (error instanceof CannotTake) return true;
    throw error;
  }
}

function complainOfOthers(
  scenarios: readonly Scenario[],
  maker: string,
  complain: (sentence: string) => void,
): void {
  const known = new Set(['', 'ReportCall', maker]);
  const reached = new Set<string>();
  let step = scenarios.find(({ id }) => id === 'ReportCall')?.next ?? '';
  while (step !== '' && !reached.has(step)) {
    reached.add(step);
    step = scenarios.find(({ id }) => id === step)?.next ?? '';
  }
  for (const { id } of scenarios.filter((one) => !known.has(one.id) && !reached.has(one.id))) {
    complain(
      OTHERS.test(id) ? `${id} is for people's desks, and is left out.` : `The scenario ${id} is left out.`,
    );
  }
}

function numbersOf({ prefix, maxLength }: TemplateDocument, wordsFor: WordsFor): readonly string[] {
  const [, name] = /^\[(\w+)\]$/.exec(maxLength.trim()) ?? [];
  const length = Number(name === undefined ? maxLength : (wordsFor('inbound').parameter(name) ?? ''));
  const last = Number.isInteger(length) && length >= 4 && length <= 15 ? [`last${String(length)}`] : [];
  if (/^plus$/i.test(prefix)) return ['e164', ...last];
  if (/^(zeros|doublezero|00)$/i.test(prefix)) return ['00', ...last];
  if (/^off$/i.test(prefix)) return last.length > 0 ? last : ['digits', 'national'];
  return last.length > 0 ? last : ['e164', 'national'];
}

function credentialOf(
  { authentication, scenarios }: TemplateDocument,
  complain: (sentence: string) => void,
): CrmTemplateReading['takes']['credential'] {
  const { type, value } = authentication;
  if (/^basic$/i.test(type)) return { kind: 'basic', how: `user name and password: ${value}` };
  if (/^oauth/i.test(type)) return { kind: 'oauth2', how: "the CRM's client, secret and addresses" };
  if (/^scenario$/i.test(type)) complain('It logs in by a scenario of its own, which is left out.');
  const [header] = scenarios.flatMap((one) => credentialHeader(one) ?? []);
  if (header === undefined) return { kind: 'none', how: '' };
  const { name, text } = header;
  if (name === 'authorization' && /^bearer\s/i.test(text)) return { kind: 'bearer', how: text.slice(7) };
  return { kind: 'header', header: name, how: text };
}

function checked(taken: Record<string, unknown>): { ready: boolean; problems: readonly string[] } {
  const { problems } = readHttpSettings(taken);
  const words = problems
    .filter(({ path }) => Object.hasOwn(taken, path.split('.')[0] ?? ''))
    .map(({ path, message }) => `${path}: ${message}`);
  return { ready: problems.length === 0, problems: words };
}
