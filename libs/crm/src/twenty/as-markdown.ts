const SIGNS = /[\\`*_{}[\]<>#|~]/g;
const ESCAPED = /\\([\\`*_{}[\]<>#|~])/g;
const BLANK = /(\s+)/;

/** Plain text for fields that hold Markdown: nothing in it is markup, lines become paragraphs, addresses stay as they are. */
export function asMarkdown(text: string): string {
  return text
    .split(BLANK)
    .map((part) => (/^https?:\/\//i.test(part) ? part : part.replaceAll(SIGNS, String.raw`\$&`)))
    .join('')
    .replaceAll('\n', '\n\n');
}

/** What people read of it, all blanks alike: to look for words in, whoever wrote it last. */
export function wordsOf(markdown: string): string {
  return markdown.replaceAll(ESCAPED, '$1').replaceAll(/\s+/g, ' ').trim();
}
