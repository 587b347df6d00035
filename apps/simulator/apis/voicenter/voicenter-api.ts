import type { ApiReply, ApiRequest, VendorApi } from '../vendor-api.js';
import { lowerNames } from '../vendor-api.js';
import type { PbxDesk } from '../pbx-desk.js';
import { click2call } from './click2call.js';
import { callLog, extensions, extensionsCalls, muteCalls, queuesCallers, setStatus } from './lists.js';

const CODE = 'simulatedVoicenterCode0001';

type Route = (request: ApiRequest, desk: PbxDesk) => ApiReply;

/** By path, whose case does not matter. */
const ROUTES: Readonly<Record<string, Route>> = {
  '/forwarddialer/click2call.aspx': (request, desk) => click2call(request, CODE, desk),
  '/comet/api/getextensionscalls': (request, desk) => extensionsCalls(params(request), CODE, desk),
  '/comet/api/getqueuescallers': (request, desk) => queuesCallers(params(request), CODE, desk),
  '/comet/api/getextensions': (request, desk) => extensions(params(request), CODE, desk),
  '/userlogin/setstatusfromapi': (request, desk) => setStatus(params(request), CODE, desk),
  '/api/muteunmutecalls': (request, desk) => muteCalls(params(request), desk),
  '/hub/cdr': (request, desk) => callLog(request.json ?? {}, CODE, desk),
};

export function voicenterApi(): VendorApi {
  return {
    vendor: 'voicenter',
    settings: {},
    secrets: { code: CODE },
    answer: (request, desk) => {
      const path = request.path.toLowerCase().replace(/\/$/, '');
      return Object.hasOwn(ROUTES, path) ? ROUTES[path]?.(request, desk) : undefined;
    },
  };
}

function params({ query, form }: ApiRequest): Map<string, string> {
  return lowerNames([...query, ...form]);
}
