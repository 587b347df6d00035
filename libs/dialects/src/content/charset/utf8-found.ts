/** What bytes are as UTF-8 (RFC 3629, 4): characters beyond ASCII, and bytes that are part of none. */
export interface Utf8Found {
  characters: number;
  broken: number;
  /** The last character lacks its end. */
  cutAtEnd: boolean;
}

export function utf8Found(bytes: Uint8Array): Utf8Found {
  const found: Utf8Found = { characters: 0, broken: 0, cutAtEnd: false };
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    const needed = followersOf(lead);
    let followers = 0;
    while (followers < needed && follows(bytes[at + followers + 1], followers === 0 ? lead : 0))
      followers += 1;
    if (needed > 0 && followers === needed) found.characters += 1;
    else found.broken += 1;
    at += followers;
    found.cutAtEnd = followers < needed && at === bytes.length - 1;
  }
  return found;
}

function followersOf(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 1;
  return lead < 0xf0 ? 2 : 3;
}

/** @param lead  of a first follower: some leave out characters that do not exist or have a shorter form */
function follows(byte: number | undefined, lead: number): boolean {
  if (byte === undefined || byte < 0x80 || byte > 0xbf) return false;
  if (lead === 0xe0) return byte >= 0xa0;
  if (lead === 0xed) return byte < 0xa0;
  if (lead === 0xf0) return byte >= 0x90;
  return lead !== 0xf4 || byte < 0x90;
}
