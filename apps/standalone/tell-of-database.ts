import type { ServerNews } from '#db';
import type { Log } from '#platform';

/** Tells the operator what becomes of the database: a line for the eye, and one in the log. */
export function tellOfDatabase(
  say: (line: string) => void,
  log: Pick<Log, 'warn'>,
): (news: ServerNews) => void {
  return ({ event, ...fields }) => {
    log.warn(fields, event);
    say(sentenceOf({ event, ...fields } as ServerNews));
  };
}

function sentenceOf(news: ServerNews): string {
  switch (news.event) {
    case 'database.ended':
      return `the database ended (${news.how}); starting it again in ${seconds(news.startsAgainInMs)}`;
    case 'database.start_failed':
      return `the database did not start: ${news.how} The next try is in ${seconds(news.startsAgainInMs)}`;
    case 'database.started_again':
      return `the database is there again, after ${seconds(news.afterMs)}`;
  }
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
