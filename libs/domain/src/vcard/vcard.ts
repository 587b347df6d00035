/** A person or a company as an address book tells of them. What is missing or empty is null. */
export interface VCard {
  uid: string | null;
  name: string | null;
  company: string | null;
  email: string | null;
  url: string | null;
  title: string | null;
  /** The only text that may have several lines; they are parted by `\n`. */
  note: string | null;
  categories: string[];
  /** In the order of the card. */
  phones: VCardPhone[];
}

export interface VCardPhone {
  /** As it is written, in no certain format. */
  number: string;
  /** Null where the card does not say. */
  kind: PhoneKind | null;
}

export const PHONE_KINDS = ['mobile', 'work', 'home', 'main', 'fax', 'other'] as const;
export type PhoneKind = (typeof PHONE_KINDS)[number];
