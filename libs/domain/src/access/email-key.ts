/** An e-mail address as people are found by it. Nobody runs two mailboxes that differ in case alone. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}
