/** Plain text for fields that hold Markdown: nothing in it is markup, lines become paragraphs, addresses stay as they are. */
export function asMarkdown(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split(' ').map(escaped).join(' '))
    .join('\n\n');
}

function escaped(word: string): string {
  if (/^https?:\/\//i.test(word)) return word;
  return word.replaceAll(/[\\`*_{}[\]<>#|~]/g, String.raw`\$&`);
}
