/** The answer to a popup (seed section 2, step 3): always JSON, however it was asked. */
import type { PopupAnswer } from '#domain';
import type { DialectSettings, Reply, ReplyTo, Verdict } from '../dialect.js';

/** Five fields, always all of them. `TOTAL` 0 is an unknown caller, and `URL` then the form for a new contact. */
export function replyToPopup(verdict: Verdict, { settings }: ReplyTo): Reply {
  return { contentType: 'application/json', body: JSON.stringify(bodyOf(verdict, settings)) };
}

function bodyOf(verdict: Verdict, settings: DialectSettings): Record<string, unknown> {
  const answer = verdict.kind === 'accepted' && verdict.answer?.kind === 'popup' ? verdict.answer : undefined;
  const fields = fieldsOf(verdict.kind === 'accepted' ? 'OK' : 'ERROR', answer, settings);
  switch (verdict.kind) {
    case 'accepted':
      return fields;
    case 'unreadable':
      return { ...fields, DESCRIPTION: 'Parse error' };
    case 'refused':
      return { ...fields, DESCRIPTION: verdict.reason };
    case 'unavailable':
      return { ...fields, DESCRIPTION: 'Temporarily unavailable, please ask again.' };
  }
}

/** The seed prints `TOTAL` as text, the vendor's SDK reads a number: by default a number, which every client understands. */
function fieldsOf(
  STATUS: string,
  answer: PopupAnswer | undefined,
  settings: DialectSettings,
): Record<string, unknown> {
  const total = answer?.total ?? 0;
  return {
    STATUS,
    URL: answer?.url ?? '',
    CLIENTNAME: answer?.contact?.name ?? '',
    TOTAL: settings['totalSpelling'] === 'string' ? String(total) : total,
    COMPANY: answer?.contact?.company ?? '',
  };
}
