import type { DialectGuide } from '../dialect.js';
import { tellTrial } from './tell-trial.js';

export const guide: DialectGuide = {
  title: 'VoipNow',
  trial: tellTrial,
  steps: [
    'In VoipNow, open an extension and go to its requests to third-party applications (Call Events).',
    'Click an event type and paste the URL of the same name from below into "Make request to". Leave the request method on GET; POST is read as well.',
    'Select "This event is active" and save.',
    'Do the same for all five event types, then for every extension whose calls you want to see. Without Hangup a call never ends here.',
    'Where you can give one URL only, take the last one. Add ?kind= with a number from 0 to 4 to it when it serves one event type; without it, answers are not recognised.',
    'Names of callers may come as they are, with blanks and letters of any language. Where a web server of yours stands in front of this address, let it take long URLs and raw letters, or choose POST.',
    'Make a short test call. It shows up here while it rings. If it does not, look at what was refused in the health of this connection.',
  ],
  routes: [
    { route: 'dial-in', what: 'Dial-In: a call comes in to the extension', method: 'GET' },
    { route: 'answer-in', what: 'Answer on incoming call: the extension answers', method: 'GET' },
    { route: 'dial-out', what: 'Dial-Out: the extension places a call', method: 'GET' },
    { route: 'answer-out', what: 'Answer on outgoing call: the other party answers', method: 'GET' },
    { route: 'hangup', what: 'Hangup: the call of the extension is over', method: 'GET' },
    { route: 'event', what: 'Any event type, where only one URL can be given', method: 'GET' },
  ],
};
