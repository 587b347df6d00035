import type { ReadyPath, ReadyTemplate } from './ready-mapping.js';

/** What the places of a template come to; what is not given is nothing. */
export interface Fillings {
  word?: (name: string) => string;
  secret?: (name: string) => string;
  path?: (path: ReadyPath) => string;
  /** Done to what is filled in, and not to the template's own text. */
  escape?: (text: string) => string;
}

export function fillTemplate(template: ReadyTemplate, fillings: Fillings): string {
  const { word, secret, path, escape = (text) => text } = fillings;
  return template
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'word':
          return escape(word?.(part.word) ?? '');
        case 'secret':
          return escape(secret?.(part.name) ?? '');
        case 'path':
          return escape(path?.(part.path) ?? '');
      }
    })
    .join('');
}
