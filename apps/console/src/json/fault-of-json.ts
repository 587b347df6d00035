import { placeAt, type TextPlace } from './place-in-json';

/** Why a text is no JSON, and where, as far as the browser says it; undefined where it is. */
export function faultOfJson(text: string): { message: string; place: TextPlace | undefined } | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const [, position] = /position (\d+)/.exec(message) ?? [];
    const isEnd = /end of/i.test(message);
    const offset = position === undefined ? (isEnd ? text.length : undefined) : Number(position);
    return { message, place: offset === undefined ? undefined : placeAt(text, offset) };
  }
}
