import { newLines } from './new-lines.js';

/**
 * A text of a record that we wrote and an agent may have changed since: ours is replaced where it still stands as we wrote it,
 * and everything else is left alone. Where they changed ours, what is new is put at the end.
 *
 * @param current  as the CRM has it now
 * @param before  as we wrote it last
 * @param next  as we would write it now
 * @param most  characters that the CRM takes: ours is cut for what others wrote, all but its last line, the marker
 * @returns what to write; null where nothing is new, ours is not to be found at all, or there is no room, so that nothing is written
 */
export function mergedText(
  current: string,
  before: string,
  next: string,
  most = Number.MAX_SAFE_INTEGER,
): string | null {
  return replacedText(current, before, next, most) ?? withNews(current, { before, next, most });
}

/** The first half of `mergedText`. @returns null where ours is not to be found, or there is no room for it */
export function replacedText(
  current: string,
  before: string,
  next: string,
  most = Number.MAX_SAFE_INTEGER,
): string | null {
  const [now, was] = [current.replaceAll('\r\n', '\n'), before.replaceAll('\r\n', '\n').trim()];
  if (now.trim() === was) return next;
  const place = now.indexOf(was);
  if (was === '' || place < 0) return null;
  const [above, below] = [now.slice(0, place), now.slice(place + was.length)];
  const ours = within(next, most - above.length - below.length);
  return ours === null ? null : above + ours + below;
}

function withNews(
  current: string,
  { before, next, most }: { before: string; next: string; most: number },
): string | null {
  const was = before.replaceAll('\r\n', '\n').trim();
  // Ours is in it as we wrote it, so there is no room for what is new.
  if (was === '' || current.replaceAll('\r\n', '\n').includes(was)) return null;
  // Text of ours has several lines, and as HTML none.
  const end = next.includes('\n') ? '\n' : '<br>';
  const [said, says] = [was, next].map((text) => text.split(end).join('\n')) as [string, string];
  // Whoever took away even our mark wants none of it.
  if (!current.includes(said.slice(said.lastIndexOf('\n') + 1))) return null;
  const news = newLines(said, says)?.split('\n') ?? [];
  const lines = news.filter((line) => !current.includes(line));
  const merged = [current, ...lines].join(end);
  return lines.length === 0 || merged.length > most ? null : merged;
}

function within(text: string, room: number): string | null {
  if (text.length <= room) return text;
  const end = text.slice(text.lastIndexOf('\n') + 1);
  const left = room - end.length - '…\n'.length;
  return left < 1 ? null : `${whole(text, left)}…\n${end}`;
}

/** Not in the middle of a character that takes two places. */
function whole(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
