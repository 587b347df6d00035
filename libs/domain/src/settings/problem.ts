/** A member of settings that is wrong: its path, e.g. `rows.2.url` (empty for the settings as a whole), and a sentence. */
export interface Problem {
  path: string;
  message: string;
}
