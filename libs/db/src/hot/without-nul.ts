/** PostgreSQL's text holds every character but NUL; a PBX or a CRM may send one all the same. */
export function withoutNul<T extends string | null>(text: T): T {
  return (text?.includes('\0') === true ? text.replaceAll('\0', '') : text) as T;
}
