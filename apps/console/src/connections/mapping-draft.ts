/** Secrets as they are typed, one a line; null for those that are taken away. */
export type SecretsDraft = Readonly<Record<string, string | null>>;

/** What is kept: the first line is the newest. What was not typed stays as it is. */
export function secretsOf(draft: SecretsDraft): Record<string, readonly string[] | null> {
  return Object.fromEntries(
    Object.entries(draft)
      .map(([name, typed]) => [name, typed === null ? null : linesOf(typed)] as const)
      .filter(([, lines]) => lines === null || lines.length > 0),
  );
}

/** Whether there is anything to be kept or taken away. */
export function hasSecrets(draft: SecretsDraft): boolean {
  return Object.keys(secretsOf(draft)).length > 0;
}

/** A key in PEM has many lines and is one secret. */
function linesOf(typed: string): string[] {
  const keys = typed.match(/-----BEGIN [^-]+-----[\s\S]+?-----END [^-]+-----/g);
  if (keys !== null) return keys;
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** A document as it is edited. */
export function textOf(document: unknown): string {
  return JSON.stringify(document, null, 2);
}

/** Undefined where the text is no JSON object. */
export function documentIn(text: string): Record<string, unknown> | undefined {
  try {
    const read: unknown = JSON.parse(text);
    const isObject = typeof read === 'object' && read !== null && !Array.isArray(read);
    return isObject ? (read as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
