/** The value, or the bound that it is beyond; what is no number is the least. */
export function clamp(value: number, least: number, most: number): number {
  return value >= least ? Math.min(most, value) : least;
}
