import type { DialectGuide } from '../dialect.js';
import { ARI_LINES } from './ari-lines.js';
import { guideFiles, guideFilesWithoutTls } from './guide-files.js';
import { tellTrial } from './tell-trial.js';

const TLS = 'They check that the certificate is that of this address.';
const NO_TLS =
  'The URL begins with ws://, so they say tls_enabled = no, and whoever is on the way can read all of it: only within a network that you trust.';

const withTls: DialectGuide = {
  title: 'Asterisk',
  trial: tellTrial,
  files: guideFiles,
  steps: [
    'You need Asterisk 20.15, 21.10, 22.5 or later: it opens a WebSocket to us by itself, so no port of yours is opened. Check that the modules res_ari, res_http_websocket and res_websocket_client are loaded: module show like websocket.',
    `Write the lines for /etc/asterisk/websocket_client.conf that are below into that file. ${TLS}`,
    'Of the lines for /etc/asterisk/ari.conf put the two of [general] under the heading that the file has already. Without CHANNEL(linkedid) no event says which call it is of, and all are refused here.',
    'Add the others to the same file: a user, and the connection. Nothing asks for the password by this WebSocket, so nobody has to know it; it is a new one each time it is shown.',
    'Better, if you can: a second line, so that nothing at all is lost when one of our processes dies. Add the lines of the files marked as second: another client ([switchhook_2], with the second URL) and another application of its own (apps = switchhook_2). Everything is then told twice, and counted once.',
    'In /etc/asterisk/http.conf nothing has to be changed: enabled = no will do. Where it is on for something else, keep it on a private address, such as bindaddr = 127.0.0.1.',
    'On FreePBX ari.conf and http.conf are written anew all the time. Write the two lines of [general] into ari_general_custom.conf (without the heading), the user and the connection into ari_additional_custom.conf, and whatever you need of the web server into http_custom.conf. websocket_client.conf is yours.',
    'Restart Asterisk, or reload the two modules: module reload res_websocket_client.so, then module reload res_ari.so. After that ari show outbound-websockets lists the connection, and its health here shows the socket.',
    'Endpoints whose names are two to six digits are extensions, all others are trunks. If one of your trunks has such a name, put it into the setting trunks of this connection.',
    'Say Answer() before Queue() or not, as you like: a call counts as answered here when a person takes it. Menus show the keys that callers press. To tell more of a call from the dialplan: Set(X_ticket=42), or UserEvent(Switchhook,ticket: 42).',
    'To have calls recorded from here, make the folder /var/spool/asterisk/recording, if it is not there, and let Asterisk write in it. To have wallboards and the dialer know which phones are registered, switch feed on in the PBX account of this connection.',
    'Make a short test call. It shows up here while it rings. If it does not, look at what was refused in the health of this connection.',
  ],
  routes: [
    {
      route: ARI_LINES[0],
      what: 'Every event, by the WebSocket that Asterisk opens to this URL. Single events can be posted to it as well, to try it',
      method: 'POST',
    },
    {
      route: ARI_LINES[1],
      what: 'For a second line, if you want one: the same events by another WebSocket, so that nothing is lost when one of our processes dies',
      method: 'POST',
    },
  ],
};

export const guide: DialectGuide = {
  ...withTls,
  withoutTls: {
    files: guideFilesWithoutTls,
    steps: withTls.steps.map((step) => step.replace(TLS, NO_TLS)),
  },
};
