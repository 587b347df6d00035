import type { ImportRecord, ImportSettings } from '#db';
import type { StartAsk } from './start-ask.js';

/** What is different of files of contacts and files of leads. */
export interface FileKind<View> {
  /** What columns hold by the words of their header, one word each; empty for a column that is left out. */
  guess: (header: readonly string[]) => string[];
  /** What is wrong with a list of such words, in a sentence. */
  fault: (columns: readonly string[]) => string | undefined;
  /** What is kept of an order to start beside how the file is read. */
  settle: (order: StartAsk, before: ImportSettings) => Pick<ImportSettings, 'leads'>;
  view: (record: ImportRecord) => View;
}
