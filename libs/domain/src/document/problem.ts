/** What is wrong with a document that a person or a tenant's server wrote, and where. */

export interface DocumentProblem {
  /** Names and list positions from the root, such as `menus.main.digits.1.menu`; empty for the document as a whole. */
  path: string;
  /** A sentence about what is found there. */
  message: string;
}

/** A place in a document that is being read, with the list in which problems are noted. */
export interface Place {
  path: string;
  problems: DocumentProblem[];
}

/** A reader who mends a document mends the first ones first; a list without end helps nobody. */
const MOST_PROBLEMS = 100;

/** Names that can stand between dots without being mistaken. */
const PLAIN_NAME = /^[^.\s]{1,64}$/;

export function note({ path, problems }: Place, message: string): void {
  if (problems.length < MOST_PROBLEMS) problems.push({ path, message });
}

/** The member of this name; a name that would garble the path is left out of it. */
export function under(at: Place, name: string | number): Place {
  const step = String(name);
  if (!PLAIN_NAME.test(step)) return at;
  return { path: at.path === '' ? step : `${at.path}.${step}`, problems: at.problems };
}

/** A name as it can be quoted in a message, however long and odd it is. */
export function quoted(name: string): string {
  const most = 40;
  return JSON.stringify(name.length > most ? `${name.slice(0, most)}...` : name);
}
