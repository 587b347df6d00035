/** What came of an ask, as the vendor would say it: HTTP 200 for everything, and `Response` OK or fail. */
import type { AskResult, Told } from '#domain';
import { failureSentence } from '../../content/failure-sentence.js';
import type { FacadeReply, FacadeSettings } from '../../facade.js';
import { CHANNEL_WORDS, detailsOf, doingOf } from './extension-status.js';
import type { GlobalexManner, GlobalexRoute } from './manner.js';
import { reportRow } from './report-row.js';
import { reply, writeMembers, type Members } from './write-members.js';

export interface HowAsked {
  route: GlobalexRoute;
  manner: GlobalexManner;
}

export function writeAnswer(
  result: AskResult,
  asked: HowAsked,
  settings: FacadeSettings | null,
): FacadeReply {
  if (asked.route === 'report') return writeReport(result, settings);
  if (!result.ok) return writeFailure(failureSentence(result.failure), asked);
  return writeTold(result.told, asked, settings?.timeZone ?? null);
}

function writeTold(told: Told, { route, manner }: HowAsked, timeZone: string | null): FacadeReply {
  switch (told.kind) {
    case 'place':
      return writeOk(manner.showUid ? [['Uniqueid1', told.callId]] : [], manner);
    case 'hang_up':
      return told.calls > 0
        ? writeOk([], manner)
        : writeFailure('The extension is in no call.', { route, manner });
    case 'queue_callback':
      return writeOk([['id', String(told.id)]], manner);
    case 'extension_state': {
      const doing = doingOf(told.extension);
      const word = route === 'channel_status' ? CHANNEL_WORDS[doing] : doing;
      // Who asks for nothing gets the word alone: that is all there is to read.
      if (manner.response !== true && !manner.formatSaid) return reply('text/plain', `${word}\n`);
      const details = manner.response === true ? detailsOf(told.extension, timeZone) : [];
      const members: Members = [...manner.echo, ['Response', 'OK'], ['Status', word], ...details];
      return writeMembers(members, manner.format);
    }
    default:
      return writeFailure('Nothing is known of that.', { route, manner });
  }
}

function writeOk(more: Members, manner: GlobalexManner): FacadeReply {
  if (manner.response === false) return reply('text/plain', '\n');
  return writeMembers([...manner.echo, ['Response', 'OK'], ...more], manner.format);
}

function writeFailure(sentence: string, { manner }: HowAsked): FacadeReply {
  if (manner.response === false) return reply('text/plain', '\n');
  return writeMembers([...manner.echo, ['Response', 'fail'], ['Message', sentence]], manner.format);
}

/** Always JSON. */
function writeReport(result: AskResult, settings: FacadeSettings | null): FacadeReply {
  if (!result.ok || result.told.kind !== 'call_log') {
    const Message = result.ok ? 'Nothing is known of that.' : failureSentence(result.failure);
    return reply('application/json', JSON.stringify({ Response: 'fail', Message, data: [] }));
  }
  const { calls, total } = result.told;
  const data = calls.map((told) => reportRow(told, settings?.timeZone ?? null));
  return reply('application/json', JSON.stringify({ Response: 'OK', total, data }));
}
