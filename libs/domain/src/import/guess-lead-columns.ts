import { MOST_ORDER_VARIABLES } from '../order/order.js';
import {
  LONGEST_CUSTOM_NAME,
  readLeadColumn,
  writeLeadColumn,
  type LeadColumn,
  type PlainLeadColumn,
} from './lead-column.js';

/** Words of headers, as dialers and CRMs write them, in English, Hebrew, German, French and Spanish. The first that fits counts. */
const WORDS: readonly (readonly [PlainLeadColumn, RegExp])[] = [
  ['callerId', /^(caller ?id( number)?|cli|ani|caller ?number|outbound ?number|מספר מזוהה|זיהוי( יוצא)?)$/],
  ['callerName', /^(caller ?(id )?name|cnam|שם מזוהה)$/],
  ['priority', /^(priority|prio|rank|עדיפות|priorität|priorité|prioridad)$/],
  [
    'notBefore',
    /^(not ?before|schedul\w*( (at|time|date|for))?|call ?(at|time|date|after)|callback( (at|time|date))?|call ?back|appointment|date ?time|מועד( שיחה)?|תאריך שיחה|termin|rendez ?vous|cita)$/,
  ],
  [
    'consentAt',
    /^(consent( ?(at|date|time|given|given at))?|opt ?in( ?(at|date|time))?|הסכמה|תאריך הסכמה|einwilligung|consentement|consentimiento)$/,
  ],
  [
    'region',
    /^(region|state|province|state ?(code|province)|מחוז|מדינה|bundesland|région|estado|provincia)$/,
  ],
  [
    'postal',
    /^(zip|zip ?code|post ?code|postal|postal ?code|מיקוד|plz|postleitzahl|code postal|código postal|codigo postal)$/,
  ],
  ['zone', /^(time ?zone|tz|zone|iana ?(zone|time ?zone)|אזור זמן|zeitzone|fuseau( horaire)?|zona horaria)$/],
  ['maxTries', /^(max ?(tries|attempts|calls|retries)|tries|attempts ?(max|limit)|ניסיונות|מספר ניסיונות)$/],
  [
    'name',
    /^(name|full ?name|contact ?name|lead ?name|display ?name|customer( name)?|target ?name|שם|שם מלא|שם לקוח|nom|nombre|nombre completo)$/,
  ],
  [
    'phone',
    /^(phone|phone ?(1|number|no|main)|telephone( number)?|tel|number|mobile( ?(phone|number))?|cell( ?phone)?|cellular|target|lead ?phone|msisdn|phone 1 value|טלפון|טלפון נייד|נייד|סלולרי|מספר( טלפון)?|telefon|telefonnummer|handy|téléphone|teléfono|móvil|portable)$/,
  ],
];
const BLANKS = /[\s_.\-–:/]+/g;
const HUMPS = /([a-z])([A-Z])/g;

/**
 * What the columns of a file of leads may hold, by the words of its header: a column of each kind once. Every other one that has a
 * name is told with the call by that name, as many as a call takes; a second column of numbers is one of those.
 */
export function guessLeadColumns(header: readonly string[]): LeadColumn[] {
  const taken = new Set<string>();
  let custom = 0;
  return header.map((title) => {
    const guess = guessOf(title);
    const column = guess.is !== 'nothing' && taken.has(writeLeadColumn(guess)) ? customOf(title) : guess;
    const text = writeLeadColumn(column);
    if (column.is === 'nothing' || taken.has(text)) return { is: 'nothing' };
    if (column.is === 'custom') {
      custom += 1;
      if (custom > MOST_ORDER_VARIABLES) return { is: 'nothing' };
    }
    taken.add(text);
    return column;
  });
}

function guessOf(title: string): LeadColumn {
  const exact = readLeadColumn(title.trim());
  if (exact && exact.is !== 'nothing') return exact;
  const words = title.replace(HUMPS, '$1 $2').replace(BLANKS, ' ').trim().toLowerCase();
  const plain = WORDS.find(([, pattern]) => pattern.test(words))?.[0];
  return plain === undefined ? customOf(title) : { is: plain };
}

function customOf(title: string): LeadColumn {
  const name = title.trim().slice(0, LONGEST_CUSTOM_NAME).toWellFormed().trim();
  return readLeadColumn(`custom:${name}`) ?? { is: 'nothing' };
}
