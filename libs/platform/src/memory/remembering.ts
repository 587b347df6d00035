/**
 * A pure function of a text that remembers its answers, for what is asked again and again of few texts. When it knows too
 * many it forgets them all: those that are still asked for come back at once.
 *
 * @param most  answers that are kept
 */
export function remembering<T>(answer: (text: string) => T, most: number): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = answer(text);
    if (known.size >= most) known.clear();
    known.set(text, made);
    return made;
  };
}
