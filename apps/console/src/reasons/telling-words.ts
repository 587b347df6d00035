import type { TellingDto } from '../api/operations';
import { momentText } from '../list/zoned-time';
import { isolated } from '../texts/isolated';
import { HEBREW_REASONS, type ReasonCode, type ReasonParams } from './hebrew-reasons';

type Said = Pick<TellingDto, 'because' | 'code' | 'params'>;
type Sayer = (params: ReasonParams, zone: string) => string;

const of = (params: ReasonParams, name: string): string => {
  const value = params[name];
  return typeof value === 'string' || typeof value === 'number' ? isolated(String(value)) : '';
};
const at = (params: ReasonParams, zone: string): string =>
  typeof params['at'] === 'string' ? isolated(momentText(params['at'], 'he', true, zone)) : '';
const tries = ({ tries: count }: ReasonParams): string =>
  typeof count !== 'number' || count === 0
    ? 'עדיין לא נוסה'
    : `נכשל ${count === 1 ? 'פעם אחת' : `${count} פעמים`}`;

/** The reason inside of a sentence. Its own parameters are not sent along: what needs them stays as the server says it. */
function why(params: ReasonParams): string {
  const code = params['reasonCode'];
  const words = typeof params['reason'] === 'string' ? params['reason'] : '';
  if (typeof code === 'string' && WHOLE.has(code)) return HEBREW_REASONS[code as ReasonCode]({});
  return words === '' ? '' : isolated(words);
}
/** Sentences without parameters. */
const WHOLE: ReadonlySet<string> = new Set([
  'endpoint_disabled',
  'endpoint_paused',
  'replay_cancelled',
  'endpoint_being_enabled',
  'endpoint_deleted',
  'connection_deleted',
  'number_erased',
]);

const HEBREW: Readonly<Record<TellingDto['code'], Sayer>> = {
  delivered: (p, zone) => `נמסר ${at(p, zone)}.`,
  dead: (p) => `ויתרנו: ${why(p)}`,
  skipped: (p) => `דולג: ${why(p)}`,
  held: (p) => `מוחזק: ${why(p)} כשהיעד יופעל יוחלט מה יקרה.`,
  event_type_not_asked: (p) => `היעד אינו מבקש אירועים מסוג ${of(p, 'type')}.`,
  filter_not_met: () => 'המסנן של היעד אינו מעביר את האירוע.',
  endpoint_is_younger: (p, zone) =>
    `היעד נוצר ${at(p, zone)}, אחרי האירוע. שליחה חוזרת של מה שהוחמץ תשלח אותו.`,
  asked_for_later: (p) =>
    `היעד מבקש עכשיו ${of(p, 'type')}, אבל לא ביקש כשהאירוע קרה. שליחה חוזרת תשלח אותו.`,
  waits_will_be_held: (p) => `${tries(p)}, והיעד אינו פעיל: הוא יוחזק.`,
  waits_for_breaker: (p) => `${tries(p)}. היעד אינו עונה, וממתינים לו.`,
  waits_for_rate_limit: (p) => `${tries(p)}. היעד הגיע למגבלת הקצב שלו.`,
  waits_as_asked: (p) => `${tries(p)}. היעד ביקש להמתין.`,
  waits_for_order: (p) => `${tries(p)}. אירוע מוקדם יותר של השיחה נשלח קודם.`,
  waits_for_retry: (p, zone) => `${tries(p)}. הניסיון הבא ${at(p, zone)}.`,
  waits_its_turn: (p) => `${tries(p)}. ממתין לתורו.`,
  unknown_state: (p) => `מצב המשלוח: ${of(p, 'state')}.`,
};

/** Why an endpoint was told of an event or was not: the server's words in English, by its code in Hebrew. */
export function tellingWords({ because, code, params }: Said, language: string, zone: string): string {
  return language === 'he' ? HEBREW[code](params, zone) : because;
}
