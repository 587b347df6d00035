export { readVCards, type VCardRead } from './read-vcards.js';
export { PHONE_KINDS } from './vcard.js';
export type { PhoneKind, VCard, VCardPhone } from './vcard.js';
export { writeVCard } from './write-vcard.js';
