const WIDE_PX = 38;
/** Two lines. */
const NARROW_PX = 60;

/** Of a row on this screen, in pixels. @param wide,narrow  where a row has more in it than a dense one */
export function rowHeightOf(wide = WIDE_PX, narrow = NARROW_PX): number {
  return matchMedia('(max-width: 48em)').matches ? narrow : wide;
}
