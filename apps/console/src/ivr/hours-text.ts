import type { Json } from './flow-document';

/** Ranges of a day as people write them, `09:00-12:30, 13:00-17:00`. */
export function rangesText(ranges: Json | undefined): string {
  if (!Array.isArray(ranges)) return '';
  return (ranges as readonly Json[])
    .map((range) => (Array.isArray(range) ? (range as readonly Json[]).map(textOf).join('-') : textOf(range)))
    .join(', ');
}

/** What is no range yet stays as it is, and is said to be wrong. Undefined for a day without hours. */
export function rangesOf(text: string): Json | undefined {
  const parts = text.split(',').map((part) => part.trim());
  const ranges = parts.filter((part) => part !== '').map((part) => part.split(/\s*[-–]\s*/).map(clockOf));
  return ranges.length === 0 ? undefined : ranges;
}

/** 9 is 09:00, and 9:30 is 09:30. */
function clockOf(text: string): string {
  const [, hour, minute = '00'] = /^(\d{1,2})(?::(\d{2}))?$/.exec(text) ?? [];
  return hour === undefined ? text : `${hour.padStart(2, '0')}:${minute}`;
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
