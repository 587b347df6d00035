/** Which placeholders there are. */
import { instant } from '#domain';
import { callWords, draftWords, taskWords } from './call-words.js';

const AT = instant(0);

/** One of everything: what a template may name is what stands here. */
const EVERYTHING: Readonly<Record<string, unknown>> = {
  ...taskWords({ subject: '', body: '', dueAt: AT, ownerId: '' }, null),
  ...draftWords({ name: 'a b', e164: '+10', withoutNumber: false, ownerId: '' }),
  ...callWords(
    {
      callId: '',
      marker: '',
      direction: 'inbound',
      result: 'answered',
      missed: false,
      startedAt: AT,
      answeredAt: AT,
      endedAt: AT,
      talkSeconds: 0,
      number: '',
      e164: '+10',
      ourNumber: '',
      extension: '',
      agentName: '',
      ownerId: '',
      subject: '',
      body: '',
      outcome: '',
      activityType: '',
      recordingUrl: '',
    },
    { id: '', type: '', name: '', url: '', ownerId: '' },
    {},
  ),
  record: { id: '', type: '' },
};

/** Whatever the settings name there. */
const OPEN = /^(words|contact\.ids)\.[^.]+$/;

export function hasPlace(path: readonly string[]): boolean {
  if (OPEN.test(path.join('.'))) return true;
  let value: unknown = EVERYTHING;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return false;
    value = (value as Record<string, unknown>)[name];
  }
  return true;
}
