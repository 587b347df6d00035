import {
  NOTHING_TOLD,
  eventsOf,
  foldCall,
  id,
  instant,
  normaliseLeg,
  type CallId,
  type ConnectionId,
} from '#domain';
import { squeezed } from '../content/squeezed.js';
import { voicenter } from './voicenter.js';

const RECEIVED = instant(Date.parse('2026-11-21T09:30:00Z'));
const STARTED = RECEIVED / 1000 + 2 * 3600 - 30;

/** What is told of a call whose CDR says this and nothing else. */
function told(cdr: object): string[] {
  const body = { caller: '0501234567', target: '0722776772', time: STARTED, ivruniqueid: 'v-1', ...cdr };
  const reading = voicenter.read(
    { method: 'POST', route: 'cdr', query: '', headers: {}, body: Buffer.from(JSON.stringify(body)) },
    {},
  );
  if (!reading.ok) throw new Error(reading.reason);
  const connection = { epochs: 'local', timeZone: 'Asia/Jerusalem', country: 'IL' } as const;
  const legs = reading.reports.map((report) => normaliseLeg(report, connection, RECEIVED));
  const ids = { id: id<CallId>('c'), connectionId: id<ConnectionId>('k'), vendorCallId: 'v-1' };
  return eventsOf(null, foldCall(null, legs, ids).call, NOTHING_TOLD, RECEIVED).map(({ type }) => type);
}

/** Design "Dialects", under Voicenter's CDR notification. */
const MISSED =
  'NOANSWER, CANCEL, ABANDONE, TIMEOUT, BUSY, FULL, EXIT, VOEND, NOTDIALED, NOTCALLED, CONGESTION, CHANUNAVAIL';
/** The other words of the seed's table of statuses, and of the design's. */
const OTHERS = 'ANSWER, VOICEMAIL, TE, INVALIDARGS, SSWPREAUTH, JOINEMPTY';

const spellings = (word: string) => [word, word.toLowerCase(), ` "${word}" `];
const words = (list: string) => list.split(', ').flatMap(spellings);

describe('who called and was not served', () => {
  it.each(words(MISSED))('is missed when the CDR says %j', (status) => {
    expect(told({ type: 'Incoming Call', status, duration: 0 })).toEqual(['call.ended', 'call.missed']);
    expect(told({ type: 'Queue', status, duration: 0, queueid: 0 })).toContain('call.missed');
  });

  it.each([...words(OTHERS), '', 'BRAND-NEW'])('is not missed when it says %j', (status) => {
    expect(told({ type: 'Incoming Call', status, duration: 0 })).toEqual(['call.ended']);
  });

  it.each([...words(MISSED), ...words(OTHERS)])('is nobody, of a call that goes out, with %j', (status) => {
    expect(told({ type: 'Extension Outgoing', status, duration: 0 })).toEqual(['call.ended']);
  });

  it('is decided by every word that the dialect knows', () => {
    const known = new Set([MISSED, OTHERS].join(', ').split(', ').map(squeezed));
    expect(known.size).toBe(18);
  });
});
