/** The id that a call's activity gets: Dataverse lets the client choose it, so a second create of the same call is refused. */

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** FNV-1a with 128 bits. */
const BASIS = 0x6c62272e07bb014262b821756295c58dn;
const PRIME = 0x0000000001000000000000000000013bn;

/** Our own id where it is a UUID, as it should be; else one that is always the same for it. */
export function activityId(callId: string): string {
  if (UUID.test(callId)) return callId.toLowerCase();
  let hash = BASIS;
  for (const byte of new TextEncoder().encode(callId))
    hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * PRIME);
  const hex = hash.toString(16).padStart(32, '0');
  // Version and variant of a UUID that says nothing of how it was made (RFC 9562).
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ];
  return parts.join('-');
}
