import type { PhoneKind } from './vcard.js';

/**
 * Words for kinds: types of the RFCs and of Apple, and what people call their numbers. The first row that knows one of the
 * words decides: a fax at work is a fax, and a mobile phone of the company a mobile phone.
 */
const KINDS: readonly (readonly [PhoneKind, RegExp])[] = [
  // Apple writes `_$!<HomeFAX>!$_`.
  ['fax', /fax|פקס/],
  ['other', words('pager|beeper|bbs|modem|tlx|telex|tty|tdd|textphone|ביפר')],
  [
    'mobile',
    words(
      'cell|cellular|cellphone|mobile?|iphone|pcs|car|handy|portable|móvil|celular|cellulare|נייד|סלולרי',
    ),
  ],
  ['main', words('main|ראשי|zentrale|principal')],
  [
    'work',
    words('work|business|office|company|עבודה|משרד|arbeit|geschäftlich|büro|bureau|travail|trabajo|oficina'),
  ],
  ['home', words('home|private|בית|privat|domicile|maison|casa')],
  ['other', words('other|אחר|sonstige|andere|autre|otro')],
];
const LONGEST_LABEL = 100;

/**
 * @param types  of the property, in lower case
 * @param label  what Apple and Google write beside it, `_$!<Mobile>!$_` or a person's own word; empty without one
 * @returns null where no word is known
 */
export function phoneKind(types: readonly string[], label: string): PhoneKind | null {
  const text = [...types, label.slice(0, LONGEST_LABEL)].join(' ').toLowerCase();
  return KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/** As whole words, in any script. */
function words(list: string): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${list})(?!\\p{L})`, 'u');
}
