import type { DialectGuide } from '../dialect.js';
import { tellTrial } from './tell-trial.js';

export const guide: DialectGuide = {
  title: 'Voicenter',
  trial: tellTrial,
  steps: [
    'Ask Voicenter to send a CDR notification for your account, or set it up in their control panel.',
    'Paste the URL below as the address of the notification. JSON is best; a form and XML-RPC are read as well.',
    'Make a short test call. It shows up here a few seconds after it has ended. If it does not, look at what was refused in the health of this connection.',
    'For the name of the caller on the screen, paste the other URL as the address of the pop-up screen.',
    'If the call seems to be hours off, correct the time zone of this connection: Voicenter tells the local time of your account.',
  ],
  routes: [
    { route: 'cdr', what: 'Every call, once it is over', method: 'POST' },
    {
      route: 'popup',
      what: 'Who is calling, asked while the phone rings, and how the call goes on',
      method: 'POST',
    },
    {
      route: 'ivr',
      what: 'A number whose callers are steered from here. Ask Voicenter for an External IVR, with this address for both GET_IVR_ACTION and HANGUP_CALL, in JSON or XML-RPC',
      method: 'POST',
    },
    {
      route: 'layer',
      what: 'A key pressed in a menu that you keep at Voicenter. Attach this address to the input of that layer (External Layer), and choose a fallback layer: callers go there when nobody here knows better',
      method: 'POST',
    },
  ],
  settings: [
    {
      name: 'errSpelling',
      what: 'How a CDR is answered in JSON: `{"err":0}`, `{"err":"0"}` or `{"Err":0}`.',
      values: ['number', 'string', 'capitalised'],
      byDefault: 'number',
    },
    {
      name: 'totalSpelling',
      what: 'How a pop-up is told the number of contacts: `"TOTAL":1` or `"TOTAL":"1"`.',
      values: ['number', 'string'],
      byDefault: 'number',
    },
  ],
};
