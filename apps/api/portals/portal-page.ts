/** Where a portal link leads. */
export const PORTAL_PAGE = '/portal';
export const PORTAL_SCRIPT_PATH = '/portal/page.js';

/** @param origins  pages that may show it in a frame; checked when they were set, for each becomes a part of the policy */
export function portalPolicy(nonce: string, origins: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${origins.length === 0 ? "'none'" : origins.join(' ')}`,
  ].join('; ');
}

export function portalText(nonce: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <title>Portal - Switchhook</title>
    <style nonce="${nonce}">
      :root { color-scheme: light dark; --accent: currentColor; font: 100%/1.5 system-ui, sans-serif; }
      body { margin: 0; }
      main { padding: 1rem; }
      h1 { font-size: 1.25rem; margin-block: 0 0.5rem; color: var(--accent); }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
      dd { margin: 0; }
      button { font: inherit; padding: 0.5rem 1rem; }
    </style>
  </head>
  <body>
    <main id="main">
      <h1>Portal</h1>
      <p id="about" role="status">Opening ...</p>
      <dl id="facts" hidden></dl>
      <button id="leave" type="button" hidden>Leave</button>
      <noscript><p>This page needs JavaScript.</p></noscript>
    </main>
    <script nonce="${nonce}" src="${PORTAL_SCRIPT_PATH}"></script>
  </body>
</html>
`;
}

/** Plain JavaScript, as browsers run it. The token stays in a variable: no cookie, no storage. */
export const PORTAL_SCRIPT = `'use strict';
(() => {
  const at = (id) => document.getElementById(id);
  const code = location.hash.slice(1);
  // The code is a secret: neither a bookmark nor the history keeps it.
  if (code !== '') history.replaceState(null, '', location.pathname + location.search);
  const MINUTE = 60_000;
  let token = '';
  let origins = [];
  let renewal;

  /** To the page around this one, and only if it is one that the tenant named. */
  function tell(message) {
    if (parent === window) return;
    for (const origin of origins) parent.postMessage({ source: 'switchhook', ...message }, origin);
  }

  async function ask(method, path, body) {
    const answer = await fetch(path, {
      method,
      credentials: 'omit',
      headers: {
        'x-switchhook': '1',
        ...(token ? { authorization: 'Bearer ' + token } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    const read = text === '' ? {} : JSON.parse(text);
    // Our clock counts, and not that of whoever looks.
    const now = Date.parse(answer.headers.get('date') || '') || Date.now();
    if (answer.ok) return { ...read, now };
    throw Object.assign(new Error(read.detail || 'Something went wrong.'), { status: answer.status });
  }

  function over(words) {
    clearTimeout(renewal);
    token = '';
    at('facts').hidden = true;
    at('leave').hidden = true;
    at('about').textContent = words;
    tell({ type: 'ended' });
  }

  function fact(name, value) {
    const term = Object.assign(document.createElement('dt'), { textContent: name });
    return [term, Object.assign(document.createElement('dd'), { textContent: value })];
  }

  function show({ areas, readOnly, agentId, openedAt, endsAt, look }) {
    const timeOf = (text) => new Date(text).toLocaleString(look.language || undefined);
    if (look.language) document.documentElement.lang = look.language;
    if (look.accent) document.documentElement.style.setProperty('--accent', look.accent);
    if (look.background) document.body.style.background = look.background;
    at('about').textContent = readOnly ? 'You see, and change nothing.' : 'You see and change:';
    at('facts').replaceChildren(
      ...fact('For', areas.join(', ')),
      ...(agentId ? fact('Agent', agentId) : []),
      ...fact('Since', timeOf(openedAt)),
      ...fact('Until', timeOf(endsAt)),
    );
    at('facts').hidden = false;
    at('leave').hidden = false;
  }

  function begin(opened) {
    token = opened.token;
    origins = opened.origins;
    const left = Date.parse(opened.expiresAt) - opened.now;
    tell({ type: 'session', expiresAt: opened.expiresAt, endsAt: opened.endsAt });
    const isLast = opened.expiresAt === opened.endsAt;
    renewal = isLast ? setTimeout(() => over('This portal has ended.'), left) : setTimeout(renew, left - 5 * MINUTE);
  }

  async function renew() {
    try {
      begin(await ask('POST', '/v1/portal-session/renew'));
    } catch (error) {
      if (error.status === 401 || error.status === 404) over(error.message);
      else renewal = setTimeout(renew, MINUTE);
    }
  }

  async function open() {
    if (code === '') return over('Open this page by a new link.');
    try {
      const opened = await ask('POST', '/v1/portal-session', { code });
      begin(opened);
      show(opened);
    } catch (error) {
      over(error.message);
    }
  }

  at('leave').addEventListener('click', async () => {
    await ask('DELETE', '/v1/portal-session').catch(() => undefined);
    over('You have left this portal.');
  });
  const height = () => tell({ type: 'height', height: Math.ceil(at('main').getBoundingClientRect().height) });
  new ResizeObserver(height).observe(at('main'));
  void open().then(height);
})();
`;
