import type { ConnectionHealthDto, RefusedDto } from '../api/operations';
import { momentText } from '../list/zoned-time';
import { durationText } from '../texts/durations';
import { isolated } from '../texts/isolated';
import type { Own } from './texts-en';

type Warning = ConnectionHealthDto['warnings'][number];
type Words = Pick<Own, 'warnings' | 'clock' | 'refused' | 'refusals'>;

/**
 * A warning in the language of the reader, of its code and what fills it.
 *
 * @returns the sentence, and words of the PBX that follow it; undefined for a code of a later version, whose own message is shown
 */
export function warningWords(
  { code, params }: Pick<Warning, 'code' | 'params'>,
  own: Words,
  language: string,
): { text: string; named?: readonly string[] } | undefined {
  switch (code) {
    case 'connection.disabled':
    case 'socket.never':
    case 'webhooks.none':
      return { text: own.warnings[code] };
    case 'socket.down':
      return { text: own.warnings[code](momentIn(params, language), quotedIn(params, 'reason')) };
    case 'webhooks.silent':
      return { text: own.warnings[code](numberIn(params, 'days')) };
    case 'receipts.unparsed':
    case 'receipts.set_aside':
      return { text: own.warnings[code](numberIn(params, 'count')) };
    case 'words.unknown':
      return { text: own.warnings[code], named: namesIn(params, 'words') };
    case 'fields.unreadable':
      return { text: own.warnings[code], named: namesIn(params, 'fields') };
    case 'clock.wrong':
      return clockWords(params, own, language);
    case 'webhooks.refused':
      return refusalOf(params, own);
    default:
      return undefined;
  }
}

function clockWords(
  params: Warning['params'],
  { clock }: Words,
  language: string,
): { text: string } | undefined {
  const wrong = numberIn(params, 'wrongSeconds');
  const by = durationText(Math.abs(wrong) * 1_000, language);
  const { remedy } = params;
  const seems = wrong > 0 ? clock.before(by) : clock.after(by);
  if (remedy === 'epochs_utc' || remedy === 'epochs_local') return { text: `${seems} ${clock[remedy]}` };
  if (remedy !== 'time_zone') return undefined;
  return { text: `${seems} ${clock.time_zone(`\u2068${String(params['offset'])}\u2069`)}` };
}

function refusalOf(params: Warning['params'], own: Words): { text: string } | undefined {
  const { reason } = params;
  const words =
    typeof reason === 'string' && Object.hasOwn(own.refusals, reason)
      ? own.refusals[reason as RefusedDto['reason']]
      : undefined;
  return words === undefined ? undefined : { text: `${own.refused(numberIn(params, 'count'))}: ${words}` };
}

function momentIn({ since }: Warning['params'], language: string): string {
  return typeof since === 'string' ? isolated(momentText(since, language, false)) : '?';
}

function quotedIn(params: Warning['params'], name: string): string {
  const value = params[name];
  return typeof value === 'string' ? isolated(value) : '';
}

function numberIn(params: Warning['params'], name: string): number {
  const value = params[name];
  return typeof value === 'number' ? value : 0;
}

function namesIn(params: Warning['params'], name: string): readonly string[] {
  const value = params[name];
  return Array.isArray(value) ? value.map(String) : [];
}
