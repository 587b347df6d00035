/** What stands in a CRM template, by its elements. */
import type { Markup } from './read-markup.js';

export interface Parameter {
  name: string;
  title: string;
  byDefault: string;
  /** Kept with the endpoint's credentials, never in settings. */
  secret: boolean;
}

export interface Scenario {
  id: string;
  /** The scenario that comes after it. */
  next: string;
  url: string;
  method: string;
  /** `json` or `form` */
  encoding: 'json' | 'form';
  answers: string;
  skipIf: string;
  /** The body as text, where it is not made of values. */
  message: string;
  headers: readonly Markup[];
  values: readonly Markup[];
  /** Paths that an answer with a contact has. */
  rules: readonly string[];
  /** Names to paths. */
  variables: Readonly<Record<string, string>>;
  /** Types to texts. */
  outputs: Readonly<Record<string, string>>;
}

export interface TemplateDocument {
  name: string;
  prefix: string;
  maxLength: string;
  parameters: readonly Parameter[];
  authentication: { type: string; value: string };
  scenarios: readonly Scenario[];
}

const SECRET = /key|token|secret|passw/i;

export function templateDocument(root: Markup): TemplateDocument {
  const number = child(root, 'Number');
  const authentication = child(root, 'Authentication');
  return {
    name: attribute(root, 'Name'),
    prefix: attribute(number, 'Prefix'),
    maxLength: attribute(number, 'MaxLength'),
    parameters: childrenOf(child(root, 'Parameters'), 'Parameter').map((one) => ({
      name: attribute(one, 'Name'),
      title: attribute(one, 'Title').replace(/:\s*$/, ''),
      byDefault: attribute(one, 'Default'),
      secret: attribute(one, 'Type') === 'Password' || SECRET.test(attribute(one, 'Name')),
    })),
    authentication: {
      type: attribute(authentication, 'Type'),
      value: childrenOf(authentication, 'Value')[0]?.text.trim() ?? '',
    },
    scenarios: childrenOf(child(root, 'Scenarios'), 'Scenario').map(scenarioOf),
  };
}

function scenarioOf(scenario: Markup): Scenario {
  const request = child(scenario, 'Request');
  const outputs = child(scenario, 'Outputs');
  const type = attribute(request, 'RequestContentType');
  const isJson = /json/i.test(attribute(request, 'RequestEncoding')) || /json/i.test(type);
  return {
    id: attribute(scenario, 'Id'),
    next: attribute(outputs, 'Next'),
    url: attribute(request, 'Url').trim(),
    method: attribute(request, 'RequestType').toUpperCase() || 'GET',
    encoding: isJson ? 'json' : 'form',
    answers: attribute(request, 'ResponseType') || 'Json',
    skipIf: attribute(request, 'SkipIf'),
    message: attribute(request, 'Message'),
    headers: childrenOf(child(request, 'Headers'), 'Value'),
    values: child(request, 'PostValues')?.children ?? [],
    rules: childrenOf(child(scenario, 'Rules'), 'Rule').map(({ text }) => text.trim()),
    variables: pairsOf(child(scenario, 'Variables'), ['Name', 'Path']),
    outputs: pairsOf(outputs, ['Type', 'Value']),
  };
}

/** The first of each name counts. */
function pairsOf(
  parent: Markup | undefined,
  [name, value]: readonly [string, string],
): Record<string, string> {
  const pairs = (parent?.children ?? []).map((one): [string, string] => [
    attribute(one, name),
    attribute(one, value),
  ]);
  return Object.fromEntries(pairs.toReversed());
}

function child(parent: Markup | undefined, name: string): Markup | undefined {
  return parent?.children.find((one) => one.name === name);
}

function childrenOf(parent: Markup | undefined, name: string): readonly Markup[] {
  return (parent?.children ?? []).filter((one) => one.name === name);
}

export function attribute(element: Markup | undefined, name: string): string {
  return element !== undefined && Object.hasOwn(element.attributes, name)
    ? (element.attributes[name] ?? '')
    : '';
}
