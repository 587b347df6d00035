/**
 * How a body may be packed for whoever asks.
 *
 * @param accepted  their `Accept-Encoding`
 * @param packings  that there are, the better one first
 * @returns undefined where none of them is taken
 */
export function acceptedPacking<Packing extends string>(
  accepted: string | string[] | undefined,
  packings: readonly Packing[],
): Packing | undefined {
  const words = accepted?.toString() ?? '';
  return packings.find((packing) => new RegExp(`\\b${packing}\\b(?!;q=0(\\.0+)?\\b)`).test(words));
}
