import { AppError, readUrl } from '#domain';
import { VARIABLES, type Variable, type VariableName } from './variables.js';

interface ValueOf {
  text: string;
  secret: string;
  url: string;
  port: number;
  count: number;
  days: number;
  flag: boolean;
  hops: number;
  list: string[];
  level: string;
}

type Spec = typeof VARIABLES;
type Value<N extends VariableName> = Spec[N] extends { default: string }
  ? ValueOf[Spec[N]['kind']]
  : ValueOf[Spec[N]['kind']] | undefined;

/** The environment, read once and typed. Names are those of VARIABLES. */
export type Env = Readonly<{ [N in VariableName]: Value<N> }>;

const FLAGS = new Map([
  ['true', true],
  ['1', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['off', false],
]);

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Nobody has more proxies in a row; a longer header is somebody's invention. */
const MOST_HOPS = 10;

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : undefined;
}

/** Each answers undefined for text that it does not accept. */
const READERS: { [K in Variable['kind']]: (text: string) => ValueOf[K] | undefined } = {
  text: (text) => text,
  secret: (text) => text,
  url: (text) => (/^https?:\/\//.test(text) && readUrl(text) ? text.replace(/\/+$/, '') : undefined),
  port: (text) => wholeNumber(text, 0, 65535),
  count: (text) => wholeNumber(text, 1, 1_000_000),
  days: (text) => wholeNumber(text, 1, 36_500),
  flag: (text) => FLAGS.get(text.toLowerCase()),
  // It was a flag once.
  hops: (text) => {
    const flag = FLAGS.get(text.toLowerCase());
    return flag === undefined ? wholeNumber(text, 0, MOST_HOPS) : Number(flag);
  },
  list: (text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  level: (text) => (LEVELS.includes(text) ? text : undefined),
};

/**
 * @throws AppError `env.invalid` that names every variable at fault, and never a value: it may be a secret
 */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const wrong: string[] = [];
  const entries = (Object.entries(VARIABLES) as [VariableName, Variable][]).map(([name, variable]) => {
    const given = source[name];
    const text = given === undefined || given === '' ? variable.default : given;
    if (text === undefined) return [name, undefined];
    const value = READERS[variable.kind](text);
    if (value === undefined) wrong.push(`${name} (a ${variable.kind})`);
    return [name, value];
  });
  if (wrong.length > 0) {
    throw new AppError(
      'misconfigured',
      'env.invalid',
      `These environment variables cannot be read: ${wrong.join(', ')}. See .env.example.`,
    );
  }
  return Object.freeze(Object.fromEntries(entries)) as Env;
}

/** The environment of this process: the only place that touches `process.env`. */
export function processEnv(): Env {
  return readEnv(process.env);
}

/** The command that npm runs at the moment, when it was npm that started this process. */
export function npmScript(): string | undefined {
  return process.env['npm_lifecycle_script'];
}
