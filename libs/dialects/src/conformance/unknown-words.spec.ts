import type { LegReport } from '#domain';
import { dialectNamed } from '../registry.js';

/** What a dialect says of one JSON message. */
function reportOf(dialect: string, route: string, fields: Record<string, unknown>): LegReport | undefined {
  const body = Buffer.from(JSON.stringify(fields));
  const headers = { 'content-type': 'application/json' };
  const reading = dialectNamed(dialect)?.read({ method: 'POST', route, query: '', headers, body }, {});
  return reading?.ok === true ? reading.reports[0] : undefined;
}

describe('a word that a dialect has no meaning for', () => {
  it.each<[string, string, Record<string, unknown>, string[]]>([
    ['voicenter', 'cdr', { ivruniqueid: '1', type: 'Hologram', status: 'BEAMED' }, ['Hologram', 'BEAMED']],
    ['voicenter', 'cdr', { ivruniqueid: '1', type: 'Incoming Call', status: 'נותק' }, ['נותק']],
    ['voipnow', 'hangup', { CallAPIID: '1', CallStatus: 'BEAMED' }, ['BEAMED']],
    ['voipnow', 'event', { CallAPIID: '1', CallStatus: 'BEAMED' }, ['BEAMED']],
    ['globalex', 'end', { callid: '1', ivruniqueid: '1', status: 'BEAMED' }, ['BEAMED']],
  ])('is told, by %s at %s', (dialect, route, fields, words) => {
    expect(reportOf(dialect, route, fields)?.unknownWords?.map(({ word }) => word)).toEqual(words);
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['voicenter', 'cdr', { ivruniqueid: '1', type: 'Incoming Call', status: 'ANSWER' }],
    ['voicenter', 'cdr', { ivruniqueid: '1', status: 'CANCELED' }],
    ['voicenter', 'cdr', { ivruniqueid: '1', status: 'Cancelled' }],
    ['voicenter', 'cdr', { ivruniqueid: '1', status: 'ＡＮＳＷＥＲ' }],
    ['voicenter', 'cdr', { ivruniqueid: '1' }],
    ['voipnow', 'hangup', { CallAPIID: '1', CallStatus: 'UNKNOWN' }],
    ['voipnow', 'answer-in', { CallAPIID: '1', CallStatus: 'WHATEVER' }],
    ['globalex', 'end', { callid: '1', ivruniqueid: '1', status: '"NO ANSWER"' }],
  ])(
    'is none where the word is known, missing, or means nothing there: %s at %s',
    (dialect, route, fields) => {
      const report = reportOf(dialect, route, fields);
      expect(report?.vendorCallId).toBe('1');
      expect(report?.unknownWords).toBeUndefined();
    },
  );
});
