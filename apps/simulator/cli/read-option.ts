/** @throws RangeError for anything but a number of at least `least` */
export function numberOf(name: string, text: string, least: number): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value) || value < least) {
    throw new RangeError(`--${name} wants a number, ${String(least)} or more; not "${text}".`);
  }
  return value;
}

/** UTC midnight of a `YYYY-MM-DD`. @throws RangeError */
export function instantOf(name: string, text: string): number {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(at)) throw new RangeError(`--${name} wants a day like 2024-10-01; not "${text}".`);
  return at;
}
