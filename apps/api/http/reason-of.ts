import { readReasonOrNull, type ReasonCode, type WordParams } from '#domain';

type Coded<N extends string> = Record<`${N}Code`, ReasonCode | null> &
  Record<`${N}Params`, WordParams | null>;

/** Code and parameters of words, as members beside them: of `reason` they are `reasonCode` and `reasonParams`. */
export function reasonOf<N extends string>(name: N, words: string | null): Coded<N> {
  const read = readReasonOrNull(words);
  return { [`${name}Code`]: read?.code ?? null, [`${name}Params`]: read?.params ?? null } as Coded<N>;
}
