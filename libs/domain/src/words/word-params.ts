/** What a sentence of ours is filled with, so that others can say it in their own language: numbers, names, ISO times. */
export type WordParams = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Of a sentence that is always the same. */
export const NO_PARAMS: WordParams = Object.freeze({});
