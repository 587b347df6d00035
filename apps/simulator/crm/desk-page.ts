import type { SinkStats } from './delivery-book.js';

const LOOK_EVERY_SECONDS = 2;

/** What a person sees of one simulated CRM: what arrived, and a switch that breaks or mends it. @param name  goes into the page, so it is one of letters, digits, `-` and `_` */
export function deskPage(name: string, isBroken: boolean, stats: SinkStats): string {
  const [state, act, word] = isBroken
    ? ['It is broken: it answers 503 to everything.', 'mend', 'Mend this CRM']
    : ['It takes what comes.', 'break', 'Break this CRM'];
  const answers = Object.entries(stats.answers).map(
    ([answer, count]) => `<li>${answer}: ${String(count)}</li>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="refresh" content="${String(LOOK_EVERY_SECONDS)}">
    <link rel="icon" href="data:,">
    <title>A simulated CRM: ${name}</title>
    <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; }
      button { font: inherit; padding: 0.5rem 1rem; }
    </style>
  </head>
  <body>
    <h1>A simulated CRM: ${name}</h1>
    <p role="status">${state}</p>
    <form method="post" action="/control/${name}/${act}"><button>${word}</button></form>
    <h2>What it answered</h2>
    <ul>${answers.join('') || '<li>Nothing yet.</li>'}</ul>
  </body>
</html>
`;
}
