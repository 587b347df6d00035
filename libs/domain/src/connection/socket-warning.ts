import type { Instant } from '../ids.js';
import { NO_PARAMS, type WordParams } from '../words/word-params.js';

/** PBXs open it again within seconds, also after a restart of theirs or of ours. */
const SOCKET_DOWN_COUNTS_MS = 30_000;

/** How the WebSocket is that a PBX opens to us. */
export interface SocketCondition {
  /** `never`: none was ever opened. */
  state: 'up' | 'down' | 'never';
  /** Since when it is up, or is not; null where none was ever opened. */
  since: Instant | null;
  /** Why the last one ended, in a sentence; null while one is up. */
  reason: string | null;
}

/** A warning of a connection; see `Warning`. */
export interface SocketWarning {
  code: 'socket.never' | 'socket.down';
  message: string;
  params: WordParams;
}

/** Null while it is up, was closed a moment ago, or the PBX sends webhooks. */
export function socketWarning(socket: SocketCondition | null, now: Instant): SocketWarning | null {
  if (socket === null || socket.state === 'up') return null;
  const { since, reason } = socket;
  if (socket.state === 'never' || since === null) {
    return {
      code: 'socket.never',
      message:
        'The PBX has not opened its WebSocket yet: write the lines of the guide into its files, and reload its modules.',
      params: NO_PARAMS,
    };
  }
  if (now - since < SOCKET_DOWN_COUNTS_MS) return null;
  const at = new Date(since).toISOString();
  return {
    code: 'socket.down',
    message: [
      `The WebSocket of the PBX has been closed since ${at}.`,
      ...(reason === null ? [] : [reason]),
      'Look whether the PBX runs and reaches this address with the URL of the guide.',
    ].join(' '),
    params: { since: at, ...(reason === null ? {} : { reason }) },
  };
}
