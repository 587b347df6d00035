/**
 * VoipNow's UnifiedAPI, after 4PSA's public documentation and its public client. Paths may end with a slash; names are case
 * sensitive.
 */
import type { PbxDesk } from '../pbx-desk.js';
import type { ApiReply, ApiRequest, VendorApi } from '../vendor-api.js';
import { cdr } from './cdr.js';
import { CALLBACK, CONFERENCE, isUser, ORGANISATION, QUEUES } from './extended-numbers.js';
import { extensions } from './extensions.js';
import { phoneCalls } from './phone-calls.js';
import { CLIENT_ID, CLIENT_SECRET, Tokens } from './tokens.js';
import { uapiError } from './uapi-reply.js';

export function voipnowApi(): VendorApi {
  const tokens = new Tokens();
  return {
    vendor: 'voipnow',
    settings: {
      organisation: ORGANISATION,
      callback_extension: CALLBACK,
      conference_extension: CONFERENCE,
      queues: QUEUES,
    },
    secrets: { client_id: CLIENT_ID, client_secret: CLIENT_SECRET },
    answer: (request, desk) => {
      const [root, ...path] = partsOf(request.path);
      if (root === 'oauth') return path[0] === 'token.php' ? tokens.trade(request, desk.now()) : undefined;
      if (root !== 'uapi') return undefined;
      if (!tokens.isGood(request.headers['authorization'], desk.now())) return UNAUTHORISED;
      if (['POST', 'PUT'].includes(request.method) && !isJson(request)) return NOT_JSON;
      return answer(path, request, desk);
    },
  };
}

const UNAUTHORISED = uapiError(401, 'access_token_invalid', 'The access token is invalid or has expired.');
const NOT_JSON = uapiError(400, 'request_invalid', 'The body is not JSON.');

function answer(path: readonly string[], request: ApiRequest, desk: PbxDesk): ApiReply | undefined {
  const [service, user, ...rest] = path;
  if (service === 'cdr' && user === undefined) return cdr(request, desk);
  if (user === undefined) return undefined;
  if (!isUser(user)) return uapiError(400, 'user_invalid', 'Parameter userId is invalid.');
  switch (service) {
    case 'phoneCalls':
      return phoneCalls(rest, request, desk);
    case 'extensions':
      return extensions(rest, request, desk);
    case 'cdr':
      return rest.length === 0 ? cdr(request, desk) : undefined;
    default:
      return undefined;
  }
}

function partsOf(path: string): string[] {
  return path
    .replace(/^\/|\/$/g, '')
    .split('/')
    .map((part) => decoded(part));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function isJson({ headers, json }: ApiRequest): boolean {
  return (headers['content-type'] ?? '').startsWith('application/json') && json !== undefined;
}
