const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A page of HTML with one table. Whatever a caller's name or a CRM's data holds, it is shown and never run. */
export function tablePage(
  heads: readonly string[],
  rows: readonly (readonly (readonly [name: string, value: unknown])[])[],
): string {
  const head = heads.map((name) => `<th>${escaped(name)}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${row.map(([, value]) => `<td>${escaped(shown(value))}</td>`).join('')}</tr>`)
    .join('\n');
  return [
    '<!DOCTYPE html>',
    '<html><head><meta charset="utf-8"><title>CDR</title></head><body>',
    `<table border="1"><thead><tr>${head}</tr></thead><tbody>`,
    body,
    '</tbody></table>',
    '</body></html>',
  ].join('\n');
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}
