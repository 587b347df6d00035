import type { ConnectionHealthDto } from '../api/operations';

export type Standing = 'ok' | 'off' | 'silent' | 'waiting' | 'down' | 'warned';

/** How a connection does, in a word: what keeps everything from coming before what spoils some of it. */
export function standingOf({ warnings }: Pick<ConnectionHealthDto, 'warnings'>): Standing {
  const codes = new Set(warnings.map(({ code }) => code));
  if (codes.has('connection.disabled')) return 'off';
  if (codes.has('webhooks.none') || codes.has('socket.never')) return 'waiting';
  if (codes.has('socket.down')) return 'down';
  if (codes.has('webhooks.silent')) return 'silent';
  return codes.size > 0 ? 'warned' : 'ok';
}

export const STANDING_TONES: Readonly<Record<Standing, string>> = {
  ok: 'tone-good',
  off: 'tone-quiet',
  silent: 'tone-bad',
  down: 'tone-bad',
  waiting: 'tone-waiting',
  warned: 'tone-waiting',
};
