/** How long after the last candidate nothing more is waited for. A server that does not answer would keep the call for 40 s. */
const QUIET_MS = 300;
/** The same while a relay was asked for one and has not given it: over some networks it is the only way. */
const RELAY_QUIET_MS = 1_500;

/** Says `ready` when no candidate came for a while, for each offer and answer anew. */
export class IcePatience {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private hasRelay = false;

  constructor(private readonly iceServers: readonly RTCIceServer[]) {}

  /** @param ready  sends what there is */
  candidate({ type }: Pick<RTCIceCandidate, 'type'>, ready: () => void): void {
    clearTimeout(this.timer);
    this.hasRelay ||= type === 'relay';
    const isRelayOwed = !this.hasRelay && this.iceServers.some(isRelay);
    this.timer = setTimeout(ready, isRelayOwed ? RELAY_QUIET_MS : QUIET_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}

function isRelay({ urls }: RTCIceServer): boolean {
  return [urls].flat().some((url) => url.startsWith('turn'));
}
