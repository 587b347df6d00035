/** What stands in the path: whose, which extension, which call (UnifiedAPI, "URI fragment"). */
import type { VoipnowRoute } from './api-route.js';
import { invalid, type Refused } from './reading.js';

export interface PlaceInPath {
  /** The id of an organisation or user; null for `@me`, `@viewer` and `@owner`. */
  owner: string | null;
  /** Null for `@self`, and where there is none. */
  extension: string | null;
  /** What follows, in its order: the kind of call, the id of a call, the type and id of an event, the number of an agent. */
  rest: readonly string[];
}

const SELVES: ReadonlySet<string> = new Set(['@me', '@viewer', '@owner']);
const OWNER = /^[A-Za-z0-9_-]{1,64}$/;
/** `210` or with its organisation `0003*210`. */
const EXTENSION = /^[A-Za-z0-9_][A-Za-z0-9_.*-]{0,63}$/;
/** Of a call, an event, an agent: also a number. */
const ID = /^[\w*+.@:-]{1,128}$/;

/** Segments in front of what follows the extension. */
const BASE_AND_SERVICE = 2;
/** `/presence`, `/queue/agents`, `/phoneCallEvents`: they say which service it is, and no more. */
const SERVICE_WORDS: ReadonlySet<string> = new Set([
  'presence',
  'queue',
  'agents',
  'queueagent',
  'phonecallevents',
]);

export function placeInPath(path: string, route: VoipnowRoute): PlaceInPath | Refused {
  const segments = path.split('/').filter((segment) => segment !== '');
  const [owner = '@me', ...after] = segments.slice(BASE_AND_SERVICE);
  const self = SELVES.has(owner.toLowerCase());
  if (!self && !OWNER.test(owner)) {
    return invalid('user', 'The user is @me, @viewer, @owner or an id.');
  }
  const named = { owner: self ? null : owner };
  if (route === 'cdr') return { ...named, extension: null, rest: [] };
  if (route === 'create') return { ...named, extension: null, rest: after };
  const [extension = '@self', ...behind] = after;
  const all = extension.toLowerCase() === '@self';
  if (!all && !EXTENSION.test(extension)) {
    return invalid('extension', 'The extension is its number or @self.');
  }
  const rest = route === 'calls' ? behind : withoutServiceWords(behind);
  if (rest.some((id) => !ID.test(id))) return invalid('id', 'The id has characters that no id has.');
  return { ...named, extension: all ? null : extension, rest };
}

function withoutServiceWords(segments: readonly string[]): readonly string[] {
  const end = segments.findIndex((segment) => !SERVICE_WORDS.has(segment.toLowerCase()));
  return end === -1 ? [] : segments.slice(end);
}
