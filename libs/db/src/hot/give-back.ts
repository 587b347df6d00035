import type { GivenBack, Written } from '../mailbox/claim.js';
import { pgArray } from './pg-array.js';

/** Of the leases that travel with a write: mailboxes, fences, memos and epochs, as `give_back` takes them. */
export function backColumns(
  writes: readonly { mailbox: string; fence: string; givesBack: GivenBack | undefined }[],
): Buffer[] {
  const back = writes.flatMap(({ givesBack, ...of }) => (givesBack ? [{ ...givesBack, ...of }] : []));
  const { uuid, int8, text, int4 } = pgArray;
  return [
    uuid(back.map(({ mailbox }) => mailbox)),
    int8(back.map(({ fence }) => fence)),
    text(back.map(({ memo }) => (memo === undefined ? null : JSON.stringify(memo)))),
    int4(back.map(({ epoch }) => epoch)),
  ];
}

/**
 * What came of each of the writes that travelled together.
 *
 * @param written  those that travelled; the others were under an older lease of the same mailbox
 * @param rows  the mailboxes whose lease held, and those of them once more that were given back
 */
export function writtenOf<T>(
  all: readonly T[],
  written: readonly T[],
  rows: readonly { id: string; rung: boolean }[],
  mailboxOf: (write: T) => string,
): Written[] {
  const held = new Set(rows.map((row) => row.id));
  const rung = new Set(rows.filter((row) => row.rung).map((row) => row.id));
  const travelled = new Set(written);
  return all.map((write) => {
    const mailbox = mailboxOf(write);
    return { kept: held.has(mailbox) && travelled.has(write), rung: rung.has(mailbox) };
  });
}
