import { LINK_PAGES } from './make-link.js';

/** Where the pages are served. The console takes their place when there is one. */
export const PAGES: readonly string[] = Object.values(LINK_PAGES);
export const PAGES_SCRIPT_PATH = '/sign-in/page.js';

/** Nothing but what this answer itself names, in nobody's frame. */
export function pagesPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** One page for all: its script makes of its address what is asked for. */
export function pageText(nonce: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <title>Switchhook</title>
    <style nonce="${nonce}">
      :root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
      main { max-inline-size: 24rem; margin: 10vh auto; padding: 1rem; }
      label { display: block; margin-block: 1rem 0.25rem; }
      input { box-sizing: border-box; inline-size: 100%; font: inherit; padding: 0.5rem; }
      button { font: inherit; padding: 0.5rem 1rem; margin-block-start: 1rem; margin-inline-end: 0.5rem; }
      [role='alert'] { margin-block-start: 1rem; font-weight: 600; }
    </style>
  </head>
  <body>
    <main>
      <h1 id="title" tabindex="-1">Switchhook</h1>
      <p id="about" role="status"></p>
      <form id="form" hidden></form>
      <p id="problem" role="alert"></p>
      <noscript><p>This page needs JavaScript.</p></noscript>
    </main>
    <script nonce="${nonce}" src="${PAGES_SCRIPT_PATH}"></script>
  </body>
</html>
`;
}

/** Plain JavaScript, as browsers run it. */
export const PAGES_SCRIPT = `'use strict';
(() => {
  const at = (id) => document.getElementById(id);
  const page = location.pathname.replace(/\\/+$/, '');
  const token = location.hash.slice(1);
  // The token is a secret: neither a bookmark nor the history keeps it.
  if (token !== '') history.replaceState(null, '', page);

  const FIELDS = {
    email: { label: 'E-mail address', type: 'email', autocomplete: 'username' },
    name: { label: 'Your name', type: 'text', autocomplete: 'name' },
    password: { label: 'Password', type: 'password', autocomplete: 'current-password' },
    newPassword: { label: 'New password, at least 10 characters', type: 'password', autocomplete: 'new-password', minLength: 10 },
    code: { label: 'Code of your app, or a recovery code', type: 'text', autocomplete: 'one-time-code' },
  };

  async function ask(method, path, body) {
    const answer = await fetch(path, {
      method,
      headers: { 'x-switchhook': '1', ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    const read = text === '' ? {} : JSON.parse(text);
    if (answer.ok) return read;
    const faults = (read.errors || []).map(({ message }) => message).join('; ');
    throw Object.assign(new Error(faults || read.detail || 'Something went wrong.'), { code: read.code });
  }

  function say(title, about) {
    at('title').textContent = title;
    document.title = title + ' - Switchhook';
    at('about').textContent = about || '';
    at('problem').textContent = '';
    at('title').focus();
  }

  function button(text, press) {
    const made = document.createElement('button');
    made.type = press ? 'button' : 'submit';
    made.textContent = text;
    if (press) made.addEventListener('click', () => attempt(press));
    return made;
  }

  async function attempt(work) {
    at('problem').textContent = '';
    const buttons = [...document.querySelectorAll('button')];
    for (const one of buttons) one.disabled = true;
    try {
      await work();
    } catch (error) {
      at('problem').textContent = error.message;
    } finally {
      for (const one of buttons) one.disabled = false;
    }
  }

  /** Shows a form of the named fields; more are buttons beside the one that sends. */
  function form(names, text, send, more) {
    const shown = at('form');
    const inputs = {};
    shown.replaceChildren();
    for (const name of names) {
      const { label, ...traits } = FIELDS[name];
      const input = Object.assign(document.createElement('input'), traits, { id: name, name, required: true });
      const caption = Object.assign(document.createElement('label'), { htmlFor: name, textContent: label });
      inputs[name] = input;
      shown.append(caption, input);
    }
    shown.append(button(text), ...(more || []));
    shown.onsubmit = (event) => {
      event.preventDefault();
      const values = Object.fromEntries(names.map((name) => [name, inputs[name].value]));
      void attempt(() => send(values));
    };
    shown.hidden = false;
    const [first] = names;
    if (first) inputs[first].focus();
  }

  function signedIn({ user, memberships }) {
    const roles = memberships.map(({ tenantName, role }) => role + ' of ' + (tenantName || 'this installation'));
    say('Signed in', user.name + ' (' + user.email + '): ' + (roles.join(', ') || 'member of nothing yet'));
    const docs = Object.assign(document.createElement('a'), { href: '/docs', textContent: 'API documentation' });
    at('form').replaceChildren(docs, document.createElement('br'), button('Sign out', signOut));
    at('form').hidden = false;
  }

  async function signOut() {
    await ask('DELETE', '/v1/session');
    signIn();
  }

  function signIn() {
    say('Sign in');
    const send = async (values) => signedIn(await ask('POST', '/v1/session', values));
    form(['email', 'password'], 'Sign in', orWithCode(send, 'Sign in'), [
      button('Use my company account', async () => elsewhere()),
      button('I have forgotten my password', async () => forgotten()),
    ]);
  }

  /** Whoever is known to an identity provider goes there, and comes back signed in. */
  function elsewhere() {
    say('Sign in', 'Your address says where your company signs you in.');
    form(['email'], 'Go on', async ({ email }) => {
      const { data } = await ask('GET', '/v1/sign-in/providers?email=' + encodeURIComponent(email));
      if (data.length === 0) throw new Error('No company account is known for this address: sign in with a password.');
      if (data.length === 1) return leave(data[0]);
      say('Sign in', 'Which one?');
      at('form').replaceChildren(...data.map((one) => button(one.label, () => leave(one))));
    }, [button('Use a password', async () => signIn())]);
  }

  async function leave({ id }) {
    const { url } = await ask('POST', '/v1/sign-in/oidc', { providerId: id, returnTo: '/sign-in' });
    location.assign(url);
  }

  /** Who has a second factor is asked for it when the rest was right. */
  function orWithCode(send, text) {
    return async (values) => {
      try {
        await send(values);
      } catch (error) {
        if (error.code !== 'totp.needed') throw error;
        form(['code'], text, ({ code }) => send({ ...values, code }));
        at('problem').textContent = error.message;
      }
    };
  }

  function forgotten() {
    say('New password', 'A link is mailed to you, if this installation sends mail. Else ask an administrator for one.');
    form(['email'], 'Mail me a link', async (values) => {
      await ask('POST', '/v1/links/forgotten', values);
      at('form').hidden = true;
      at('about').textContent = 'If there is somebody with this address, a link is on its way.';
    });
  }

  function use(values) {
    const { newPassword, ...others } = values;
    const given = newPassword === undefined ? others : { ...others, password: newPassword };
    return ask('POST', '/v1/links/use', { token, ...given });
  }

  async function byLink() {
    const link = await ask('POST', '/v1/links/look', { token });
    const send = async (values) => {
      const answer = await use(values);
      signedIn(answer);
    };
    if (link.kind === 'sign_in') return send({});
    if (link.kind === 'setup') {
      say('Welcome', 'Make the first operator of this installation.');
      return form(['email', 'name', 'newPassword'], 'Begin', send);
    }
    if (link.kind === 'reset') {
      say('New password');
      return form(['newPassword'], 'Save', orWithCode(send, 'Save'));
    }
    say('You are invited', link.email + ': ' + link.role + ' of ' + (link.tenantName || 'this installation'));
    if (!link.known) return form(['name', 'newPassword'], 'Accept', send);
    return form(['password'], 'Accept', orWithCode(send, 'Accept'));
  }

  async function start() {
    if (token !== '') return byLink();
    const session = await ask('GET', '/v1/session').catch(() => undefined);
    if (session) return signedIn(session);
    return page === '/reset' ? forgotten() : signIn();
  }
  void attempt(start);
})();
`;
