/** The scenarios of a CRM template as lookups and requests of ours. */
import { TypeWords } from './merge-types.js';
import { takeRequest, takeUrl } from './take-request.js';
import type { Scenario } from './template-document.js';
import {
  CALL_TYPES,
  CannotTake,
  holds,
  placed,
  type CallType,
  type TemplateWords,
} from './template-words.js';

const PHONE = /^(Phone|Mobile|Fax|BusinessPhone|HomePhone)/i;
const MOST_STEPS = 10;

/** Words for one type of call. */
export type WordsFor = (type: CallType, own?: Record<string, string>) => TemplateWords;

export function takeLookup(scenario: Scenario, wordsFor: WordsFor): Record<string, unknown> {
  const words = wordsFor('inbound');
  if (!/^json$/i.test(scenario.answers)) throw new CannotTake(`Answers in ${scenario.answers} are not read.`);
  const request = takeRequest(scenario, words);
  if (!/\{\{ (number|forms\.\w+) \}\}/.test(JSON.stringify(request))) {
    throw new CannotTake('A lookup does not ask for the number.');
  }
  const paths = new Paths(scenario);
  const phones = Object.keys(scenario.outputs)
    .filter((type) => PHONE.test(type))
    .map((type) => paths.of(type));
  const [list, inside] = paths.split();
  const known = [...new Set(phones.filter((path) => path !== '').map(inside))].slice(0, 12);
  return {
    type: typeOf(scenario),
    request,
    list,
    fields: {
      id: inside(paths.id()),
      name: inside(paths.of('FullName')),
      firstName: inside(paths.of('FirstName')),
      lastName: inside(paths.of('LastName')),
      company: inside(paths.of('CompanyName')),
      phones: known,
      url: inside(paths.of('ContactUrl')),
    },
    // Nothing shows the number: the template trusts the search, and so do we.
    exact: known.length === 0,
    page: pageOf(scenario, wordsFor),
  };
}

/** The CRM's word for the kind of contact. */
function typeOf({ outputs }: Scenario): string {
  const type = outputs['EntityType'] ?? '';
  return type === '' || type.includes('[') ? 'Contact' : type;
}

/** What people type at their desks where the contact is made by them: of it we know the name. */
const TYPED = {
  FirstName: placed('draft.firstName'),
  LastName: placed('draft.lastName'),
  Email: '',
  Company: '',
  CompanyName: '',
};

/** A scenario that makes a contact. */
export function takeCreate(scenario: Scenario, wordsFor: WordsFor): Record<string, unknown> {
  const paths = new Paths(scenario);
  return {
    type: typeOf(scenario),
    request: takeRequest(scenario, wordsFor('inbound', scenario.id.endsWith('FromClient') ? TYPED : {})),
    id: paths.id(),
    page: pageOf(scenario, wordsFor),
  };
}

/** The scenarios that report a call, each for its types of calls. */
export function takeLog(
  scenarios: readonly Scenario[],
  wordsFor: WordsFor,
  complain: (sentence: string) => void,
): { log: Record<string, unknown>; words: Record<string, unknown> } | null {
  const chosen = CALL_TYPES.flatMap((type) => {
    const steps = stepsFor(scenarios, wordsFor(type));
    if (steps.length > 1)
      complain(`Of the ${String(steps.length)} requests for ${type} calls, only the first is taken.`);
    const [step] = steps;
    return step === undefined ? [] : [[type, step] as const];
  });
  const left = CALL_TYPES.filter((type) => !chosen.some(([one]) => one === type));
  if (chosen.length === 0) return null;
  if (left.length > 0) {
    complain(`It does not report ${left.join(' and ')} calls: leave them out by the logging policy.`);
  }
  const types = new TypeWords();
  const request = types.merge(
    chosen.map(([type, step]) => [type, takeRequest(step, wordsFor(type))] as const),
  );
  if (!JSON.stringify(request).includes('{{ call.body }}')) {
    complain('No text of the call is reported: notes, outcomes and our mark stay out of the CRM.');
  }
  const [[, first] = []] = chosen;
  const id = first === undefined ? '' : new Paths(first).idOrNone();
  return { log: { type: 'Call', request, id: id === '' ? '@call' : id }, words: types.maps };
}

function stepsFor(scenarios: readonly Scenario[], words: TemplateWords): readonly Scenario[] {
  const steps: Scenario[] = [];
  let step = scenarios.find(({ id }) => id === 'ReportCall');
  for (let count = 0; step !== undefined && count < MOST_STEPS; count += 1) {
    if (step.skipIf === '' || !holds(step.skipIf, words)) steps.push(step);
    const { next } = step;
    step = next === '' ? undefined : scenarios.find(({ id }) => id === next);
  }
  return steps;
}

/** Where a contact is seen; empty where that takes more than its id. */
function pageOf(scenario: Scenario, wordsFor: WordsFor): string {
  const url = scenario.outputs['ContactUrl'] ?? '';
  if (url === '' || /^\[\w+\]$/.test(url)) return '';
  const paths = new Paths(scenario);
  const id = paths.idOrNone();
  const own = Object.entries(scenario.variables).filter(([, path]) => path === id && id !== '');
  const words = wordsFor('inbound', Object.fromEntries(own.map(([name]) => [name, placed('contact.id')])));
  const page = takeUrl(url, words);
  return page.startsWith('/') ? '' : page;
}

/** Where a scenario's outputs stand in the answer. */
class Paths {
  constructor(private readonly scenario: Scenario) {}

  /** Empty where the output is no variable of the answer. */
  of(type: string): string {
    const [, name = ''] = /^\[(\w+)\]$/.exec(this.scenario.outputs[type] ?? '') ?? [];
    return Object.hasOwn(this.scenario.variables, name) ? (this.scenario.variables[name] ?? '') : '';
  }

  idOrNone(): string {
    const { variables, rules } = this.scenario;
    const named = Object.entries(variables).find(([name]) =>
      /^(Contact|Lead|Entity|Record)?_?Id$/i.test(name),
    );
    const byRule = rules.find((path) => /(^|[._])id$/i.test(path));
    return this.of('EntityId') || this.of('ContactID') || (named?.[1] ?? byRule ?? '');
  }

  id(): string {
    const id = this.idOrNone();
    if (id === '') throw new CannotTake('Nothing in an answer is the id of a contact.');
    return id;
  }

  /** What all paths begin with is where the records are. */
  split(): [list: string, inside: (path: string) => string] {
    const all = [...Object.values(this.scenario.variables), this.id()].filter((path) => path !== '');
    let common = this.id().split('.').slice(0, -1);
    for (const path of all) {
      const names = path.split('.');
      common = common.filter((_, index) =>
        common.slice(0, index + 1).every((name, at) => names[at] === name),
      );
    }
    const length = common.length;
    return [
      common.join('.'),
      (path) =>
        path
          .split('.')
          .slice(path === '' ? 0 : length)
          .join('.'),
    ];
  }
}
