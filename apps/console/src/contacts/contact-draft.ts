import type { ContactDto, ContactPatchDto, ContactPhoneDto, NewContactDto } from '../api/operations';

export type PhoneKind = NonNullable<ContactPhoneDto['kind']>;

export interface PhoneDraft {
  number: string;
  /** Empty where it is not said. */
  kind: PhoneKind | '';
  label: string;
}

/** A contact while it is edited: texts, empty for what it has not. */
export interface ContactDraft {
  name: string;
  kind: 'person' | 'company';
  company: string;
  email: string;
  url: string;
  externalId: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  phones: PhoneDraft[];
  externalIds: { source: string; id: string }[];
  /** A value that is no text is written as JSON. */
  metadata: { key: string; value: string }[];
}

export const NEW_CONTACT: ContactDraft = {
  name: '',
  kind: 'person',
  company: '',
  email: '',
  url: '',
  externalId: '',
  country: '',
  phones: [{ number: '', kind: 'mobile', label: '' }],
  externalIds: [],
  metadata: [],
};

export function draftOf(contact: ContactDto): ContactDraft {
  const { name, kind, company, email, url, externalId, phones, externalIds, metadata } = contact;
  return {
    name,
    kind,
    company: company ?? '',
    email: email ?? '',
    url: url ?? '',
    externalId: externalId ?? '',
    country: '',
    phones: phones.map(({ e164, kind, label }) => ({ number: e164, kind: kind ?? '', label: label ?? '' })),
    externalIds: externalIds.map(({ source, id }) => ({ source, id })),
    metadata: Object.entries(metadata).map(([key, value]) => ({ key, value: textOfValue(value) })),
  };
}

/** All of a contact that is to be made. */
export function newContactOf(draft: ContactDraft): NewContactDto {
  const country = draft.country.trim().toUpperCase();
  return {
    name: draft.name.trim(),
    kind: draft.kind,
    company: draft.company.trim() || null,
    email: draft.email.trim() || null,
    url: draft.url.trim() || null,
    externalId: draft.externalId.trim() || null,
    phones: draft.phones
      .filter(({ number }) => number.trim() !== '')
      .map(({ number, kind, label }) => ({
        number: number.trim(),
        ...(kind !== '' && { kind }),
        ...(label.trim() !== '' && { label: label.trim() }),
      })),
    externalIds: draft.externalIds.filter(({ source, id }) => source.trim() !== '' && id.trim() !== ''),
    metadata: Object.fromEntries(
      draft.metadata
        .filter(({ key }) => key.trim() !== '')
        .map(({ key, value }) => [key.trim(), valueOfText(value)]),
    ),
    ...(country !== '' && { country }),
  };
}

/** Only what was changed, so that it goes on top of what others change meanwhile. */
export function patchOf(before: ContactDto, draft: ContactDraft): ContactPatchDto {
  const { country, ...next } = newContactOf(draft);
  const was = newContactOf(draftOf(before));
  const changed = Object.entries(next).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name as keyof NewContactDto]),
  );
  return { ...Object.fromEntries(changed), ...(country !== undefined && { country }) };
}

/** Names of what is otherwise in the other one. */
export function changedFields(one: ContactDto, other: ContactDto): (keyof ContactDraft)[] {
  const [before, after] = [draftOf(one), draftOf(other)];
  return (Object.keys(before) as (keyof ContactDraft)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}

/** A text that looks like a number is written in quotation marks, so that it stays a text. */
export function textOfValue(value: unknown): string {
  return typeof value === 'string' && valueOfText(value) === value ? value : JSON.stringify(value);
}

/** Numbers, truth values and lists stay what they are; any other text is one, also 007. */
function valueOfText(text: string): unknown {
  if (!/^(?:-?(?:0|[1-9]\d{0,14})(?:\.\d+)?|true|false|null|"[^]*"|[[{].*[\]}])$/s.test(text.trim()))
    return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Whether somebody looks for a number, and not for a name. */
export function isNumberLike(text: string): boolean {
  return /^[+\d][\d\s().*-]*$/.test(text.trim());
}
