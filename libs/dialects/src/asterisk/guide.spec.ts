import { guide } from './guide.js';

const text = ({ files }: Pick<typeof guide, 'files'>) => (files ?? []).map((file) => file.text).join('\n');
const stepsOf = ({ steps }: Pick<typeof guide, 'steps'>) => steps.join('\n');

describe('the guide of Asterisk', () => {
  it('asks for TLS where the URL has it, and checks whose certificate it is', () => {
    expect(text(guide)).toContain('tls_enabled = yes');
    expect(text(guide)).toContain('verify_server_hostname = yes');
    expect(stepsOf(guide)).not.toContain('tls_enabled = no');
  });

  it('asks for none where the URL has none: Asterisk would try it for ever', () => {
    const { withoutTls } = guide;
    if (withoutTls === undefined) throw new Error('no lines without TLS');
    for (const said of [text(withoutTls), stepsOf(withoutTls)]) {
      expect(said).toContain('tls_enabled = no');
      expect(said).not.toMatch(/tls_enabled = yes|ca_list_file|verify_/);
    }
    expect(text(withoutTls)).toContain('reconnect_interval = 1000');
    expect(stepsOf(withoutTls)).toContain('only within a network that you trust');
    expect(withoutTls.steps).toHaveLength(guide.steps.length);
  });

  it('leaves the lines to the files, which its steps name', () => {
    for (const { steps, files = [] } of [guide, guide.withoutTls ?? guide]) {
      const names = new Set(files.map(({ name }) => name.split(' ', 1)[0] ?? ''));
      expect([...names]).toEqual(['/etc/asterisk/websocket_client.conf', '/etc/asterisk/ari.conf']);
      for (const name of names) expect(steps.join()).toContain(name);
      expect(steps.join()).not.toContain('outbound_websocket,');
    }
  });

  it('has no password of its own that anybody could copy', () => {
    expect(text(guide)).toMatch(/^password = \{password\}$/m);
  });
});
