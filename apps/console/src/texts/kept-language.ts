const KEPT = 'switchhook.language';

/** What this browser spoke last; null where it does not say, as in frames of other sites. */
export function keptLanguage(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

export function keepLanguage(language: string): void {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // It is asked for again the next time.
  }
}
