/** What a key does wherever one is. */
export type KeyAct =
  { act: 'search' } | { act: 'help' } | { act: 'go'; key: string } | { act: 'wait' } | null;

/** How long `g` waits for the letter of a screen. */
export const GO_WITHIN_MS = 1_200;

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/**
 * Decides what a key does that was pressed outside of any field.
 *
 * @param isGoing  whether `g` came just before
 * @param letters  whether single letters do anything; mod+K always does
 */
export function keyActOf(
  { key, ctrlKey, metaKey, altKey }: Pressed,
  { isGoing, letters }: { isGoing: boolean; letters: boolean },
): KeyAct {
  if ((ctrlKey || metaKey) && !altKey) return key.toLowerCase() === 'k' ? { act: 'search' } : null;
  if (altKey || !letters) return null;
  if (isGoing) return /^[a-z]$/.test(key) ? { act: 'go', key } : null;
  if (key === '/') return { act: 'search' };
  if (key === '?') return { act: 'help' };
  return key === 'g' ? { act: 'wait' } : null;
}

/** Whether what has the focus takes letters itself. */
export function takesLetters(element: Element | null): boolean {
  if (element === null) return false;
  if (element.closest('[contenteditable=true], [role=dialog], [role=application]') !== null) return true;
  return ['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName);
}
