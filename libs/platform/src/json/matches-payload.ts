import matcher, { type JSONType } from 'simple-json-match';
import type { MatchesPayload } from '#domain';

/** The package is CommonJS with a default export of its own. */
const match = matcher.default;

/** The filter language of simple-json-match. Conditions have been through `readEndpointFilter`. */
export const matchesPayload: MatchesPayload = (data, conditions) => match(data as JSONType, conditions);
