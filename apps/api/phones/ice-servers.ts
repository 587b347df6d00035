import type { TurnCredentials } from './turn-credentials.js';

export interface IceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

const isTurn = (url: string): boolean => /^turns?:/.test(url);

/** As browsers want them: those that ask for credentials by themselves. @param credentials  undefined where no secret is shared */
export function iceServers(urls: readonly string[], credentials: TurnCredentials | undefined): IceServer[] {
  const stun = urls.filter((url) => !isTurn(url));
  const turn = urls.filter(isTurn);
  return [
    ...(stun.length === 0 ? [] : [{ urls: stun }]),
    ...(turn.length === 0 || credentials === undefined
      ? []
      : [{ urls: turn, username: credentials.username, credential: credentials.credential }]),
  ];
}
