import { PortalDirectory } from '../access/portal-directory.js';
import type { LiveGate, LiveIdentity, LiveRequest } from './live-identity.js';
import { PORTAL_NAME } from './portal-gate.js';

/** What a name of a foundation begins with that is somebody's session; keys are named by their ids. */
const SESSION = '{';

export interface Gates {
  keys: LiveGate;
  sessions: LiveGate;
  portals: LiveGate;
}

/** Programs come with a key, portals with their token, people with the cookie of their session. A token, where there is one, is what counts. */
export class AnyGate implements LiveGate {
  constructor(private readonly gates: Gates) {}

  identify(request: LiveRequest): Promise<LiveIdentity> {
    const { token, headers } = request;
    const { keys, sessions, portals } = this.gates;
    if (token !== undefined && PortalDirectory.isMeant(token)) return portals.identify(request);
    const isProgram = token !== undefined || headers.cookie === undefined;
    return (isProgram ? keys : sessions).identify(request);
  }

  async fallen(standsOn: readonly string[]): Promise<string[]> {
    const fallenOf = (gate: keyof Gates): Promise<string[]> => {
      const its = standsOn.filter((name) => gateOf(name) === gate);
      return its.length === 0 ? Promise.resolve([]) : this.gates[gate].fallen(its);
    };
    const fallen = await Promise.all([fallenOf('keys'), fallenOf('sessions'), fallenOf('portals')]);
    return fallen.flat();
  }
}

function gateOf(name: string): keyof Gates {
  if (name.startsWith(SESSION)) return 'sessions';
  return name.startsWith(PORTAL_NAME) ? 'portals' : 'keys';
}
