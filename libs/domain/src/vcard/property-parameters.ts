/** What stands between a property's name and its value. */
export interface PropertyParameters {
  /** Such as `cell`, in lower case; and every word that has no name, as vCard 2.1 writes types. */
  types: readonly string[];
  /** 1 is liked best. */
  preference: number;
  encoding: 'quoted-printable' | 'base64' | null;
  charset: string | null;
}

/** PREF of RFC 6350 goes from 1 to 100. */
const NOT_PREFERRED = 101;
/** `b` is how vCard 3.0 spells base64. */
const ENCODINGS: Readonly<Partial<Record<string, PropertyParameters['encoding']>>> = {
  'quoted-printable': 'quoted-printable',
  base64: 'base64',
  b: 'base64',
};
const QUOTED = /"([^"]*)"/g;

/** Reads `;CELL;PREF`, `;TYPE=cell,voice`, `;type=CELL;type=pref`, `;TYPE="voice,cell";PREF=1`, `;CHARSET=UTF-8;QUOTED-PRINTABLE`. */
export function readParameters(text: string): PropertyParameters {
  const types: string[] = [];
  const read: PropertyParameters = { types, preference: NOT_PREFERRED, encoding: null, charset: null };
  for (const parameter of withoutQuotes(text).toLowerCase().split(';')) {
    const equals = parameter.indexOf('=');
    const name = equals < 0 ? 'type' : parameter.slice(0, equals).trim();
    const value = parameter.slice(equals + 1).trim();
    if (name === 'type') types.push(...wordsOf(value));
    else if (name === 'charset') read.charset = value;
    else if (name === 'pref') read.preference = Number.parseInt(value, 10) || NOT_PREFERRED;
    if (name === 'encoding' || equals < 0) read.encoding = ENCODINGS[value] ?? read.encoding;
  }
  if (types.includes('pref')) read.preference = 1;
  return read;
}

/** No word that counts has a semicolon. */
function withoutQuotes(text: string): string {
  return text.replace(QUOTED, (_, inside: string) => inside.replaceAll(';', ' '));
}

function wordsOf(list: string): string[] {
  return list.split(',').map((word) => word.trim());
}
