/** People of Twenty. Companies have no numbers there. */
import { countryOfNumber, numberVariants, significantDigits } from '#domain';
import type { CrmContact, CrmContactDraft, FoundCrmContact } from '../connector.js';
import { unreadable, type CrmIo } from '../talk/crm-io.js';
import { idIn, listIn, textIn, timeIn } from '../talk/members.js';

const MOST_FOUND = 20;
/** Below a person, whose company is wanted. */
const DEPTH = 1;

/** @returns without their pages */
export async function peopleWith(e164: string, io: CrmIo): Promise<FoundCrmContact[]> {
  const { json } = await io.ask({
    method: 'GET',
    path: '/rest/people',
    query: { filter: filterFor(e164), limit: MOST_FOUND, depth: DEPTH },
  });
  return listIn(json, 'data', 'people').flatMap((one) => personIn(one));
}

/**
 * Country code and number are kept apart, and what was imported has separators. The filter must be one text: members with
 * brackets in the query would be no filter at all, and everybody would be found.
 */
function filterFor(e164: string): string {
  const wanted = [...new Set(numberVariants(e164).map(significantDigits))];
  const terms = wanted.flatMap((digits) => [
    `phones.primaryPhoneNumber[like]:"%${[...digits].join('%')}"`,
    `phones.additionalPhones[like]:"%${digits}%"`,
  ]);
  return `or(${terms.join(',')})`;
}

function personIn(one: unknown): FoundCrmContact[] {
  const id = idIn(one, 'id');
  if (id === null) return [];
  return [
    {
      id,
      type: 'person',
      name: ['firstName', 'lastName']
        .map((name) => textIn(one, 'name', name))
        .join(' ')
        .trim(),
      url: null,
      ownerId: null,
      company: idIn(one, 'company', 'name'),
      phones: [
        numberOf(
          textIn(one, 'phones', 'primaryPhoneCallingCode'),
          textIn(one, 'phones', 'primaryPhoneNumber'),
        ),
        ...listIn(one, 'phones', 'additionalPhones').map((phone) =>
          numberOf(textIn(phone, 'callingCode'), textIn(phone, 'number')),
        ),
      ].filter((phone) => phone !== ''),
      createdAt: timeIn(one, 'createdAt'),
      updatedAt: timeIn(one, 'updatedAt'),
    },
  ];
}

/** Some were stored with the country code in front all the same, or with the zero of their country. */
function numberOf(callingCode: string, number: string): string {
  if (number === '' || callingCode === '' || /^\s*(?:\+|0)/.test(number)) return number;
  return `${callingCode} ${number}`;
}

/** A number that is refused goes behind the name: people have no other text. */
export async function addPerson(draft: CrmContactDraft, io: CrmIo): Promise<CrmContact> {
  const { name, e164, withoutNumber } = draft;
  const lastName = withoutNumber && !name.includes(e164) ? `${name} (${e164})` : name;
  const json = {
    name: { firstName: '', lastName },
    ...(withoutNumber ? {} : { phones: phonesOf(e164) }),
  };
  const reply = await io.ask({ method: 'POST', path: '/rest/people', json, makes: true });
  const id = idIn(reply.json, 'data', 'createPerson', 'id');
  if (id === null) throw unreadable('id of the person');
  return { id, type: 'person', name: lastName, url: null, ownerId: null };
}

function phonesOf(e164: string) {
  const digits = significantDigits(e164);
  const country = countryOfNumber(e164);
  return {
    primaryPhoneNumber: digits,
    primaryPhoneCallingCode: e164.slice(0, e164.length - digits.length),
    primaryPhoneCountryCode: country ?? '',
  };
}
