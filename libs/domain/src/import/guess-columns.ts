import { readColumn, writeColumn, type Column, type PlainColumn } from './column.js';

/** Words of headers, as Google, Outlook, Apple and the usual CRMs write them, in English, Hebrew, German, French and Spanish. */
const PLAIN: readonly (readonly [PlainColumn, RegExp])[] = [
  [
    'externalId',
    /^(external ?id|id|contact ?id|record ?id|customer ?(id|number|no)|lead ?id|מזהה|מספר לקוח|kundennummer)$/,
  ],
  ['firstName', /^(first ?name|given ?name|forename|שם פרטי|vorname|prénom|prenom|nombre)$/],
  ['lastName', /^(last ?name|family ?name|surname|שם משפחה|nachname|nom de famille|apellidos?)$/],
  [
    'name',
    /^(name|full ?name|contact ?name|display ?name|customer( name)?|שם|שם מלא|שם לקוח|nom|nombre completo)$/,
  ],
  [
    'company',
    /^(company|company ?name|organi[sz]ation( name)?|account( name)?|חברה|שם חברה|firma|unternehmen|société|entreprise|empresa)$/,
  ],
  [
    'email',
    /^(e ?mail|e ?mail ?(address|1)|e ?mail 1 value|mail|דוא"?ל|אימייל|מייל|courriel|correo( electrónico)?)$/,
  ],
  ['url', /^(url|link|web ?page|web ?site|קישור|אתר)$/],
];
const PHONE =
  /\b(phone|telephone|tel|mobile|cell|cellular|fax|telefon|handy|téléphone|teléfono|móvil|portable)\b|טלפון|נייד|פקס|סלולרי/;
const LABELS: readonly (readonly [string, RegExp])[] = [
  ['fax', /fax|פקס/],
  ['mobile', /mobile|cell|handy|portable|móvil|נייד|סלולרי/],
  ['work', /work|business|office|company|עבודה|משרד|geschäft|bureau|trabajo/],
  ['home', /home|private|privat|בית|domicile|casa/],
];
const BLANKS = /[\s_.\-–:/]+/g;

/**
 * What the columns of a file may hold, by the words of its header; a column of each kind once, phones as often as there are any.
 * A person looks at it before anything is imported.
 */
export function guessColumns(header: readonly string[]): Column[] {
  const taken = new Set<string>();
  return header.map((title) => {
    const column = guessOf(title);
    const text = writeColumn(column);
    if (column.is !== 'phone' && taken.has(text)) return { is: 'nothing' };
    taken.add(text);
    return column;
  });
}

function guessOf(title: string): Column {
  // As our own export has them.
  const exact = readColumn(title.trim());
  if (exact && exact.is !== 'nothing') return exact;
  const words = title.replace(BLANKS, ' ').trim().toLowerCase();
  const plain = PLAIN.find(([, pattern]) => pattern.test(words))?.[0];
  if (plain !== undefined) return { is: plain };
  // "Phone 1 - Type" of Google's export says what kind the next one is, and is no number.
  if (!PHONE.test(words) || /\b(type|label|ext|extension|country)\b/.test(words)) return { is: 'nothing' };
  return { is: 'phone', label: LABELS.find(([, pattern]) => pattern.test(words))?.[0] ?? null };
}
