/** A list with one of it a place earlier or later; as it was where there is no such place. */
export function moved<T>(list: readonly T[], of: T, by: 1 | -1): T[] {
  const at = list.indexOf(of);
  const to = at + by;
  const next = [...list];
  if (at < 0 || to < 0 || to >= list.length) return next;
  next.splice(at, 1);
  next.splice(to, 0, of);
  return next;
}

/** Sources in the order in which they are asked: those of the policy first, then the rest as they came. */
export function inOrder<T extends { id: string }>(sources: readonly T[], order: readonly string[]): T[] {
  const placeOf = ({ id }: T): number => {
    const at = order.indexOf(id);
    return at < 0 ? order.length : at;
  };
  return [...sources].sort((one, other) => placeOf(one) - placeOf(other));
}
