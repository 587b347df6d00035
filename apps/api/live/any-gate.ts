import type { LiveGate, LiveIdentity, LiveRequest } from './live-identity.js';

/** What a name of a foundation begins with that is somebody's session; keys are named by their ids. */
const SESSION = '{';

/** Programs come with a key, people with the cookie of their session. A key, where there is one, is what counts. */
export class AnyGate implements LiveGate {
  constructor(
    private readonly keys: LiveGate,
    private readonly sessions: LiveGate,
  ) {}

  identify(request: LiveRequest): Promise<LiveIdentity> {
    const isProgram = request.token !== undefined || request.headers.cookie === undefined;
    return (isProgram ? this.keys : this.sessions).identify(request);
  }

  async fallen(standsOn: readonly string[]): Promise<string[]> {
    const ofSessions = standsOn.filter((name) => name.startsWith(SESSION));
    const ofKeys = standsOn.filter((name) => !name.startsWith(SESSION));
    const fallen = await Promise.all([
      ofKeys.length === 0 ? [] : this.keys.fallen(ofKeys),
      ofSessions.length === 0 ? [] : this.sessions.fallen(ofSessions),
    ]);
    return fallen.flat();
  }
}
