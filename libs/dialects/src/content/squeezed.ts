/** Lower case, letters and digits only: how names of fields, types and statuses are compared. */
export function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
