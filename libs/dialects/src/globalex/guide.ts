import type { DialectGuide } from '../dialect.js';
import { tellTrial } from './tell-trial.js';

export const guide: DialectGuide = {
  title: 'GlobalEx',
  trial: tellTrial,
  steps: [
    'Ask GlobalEx to activate the licence for API alerts on your switchboard.',
    'For the incoming call alert, give them the first URL below with this at its end: ?callid={callid}&ext={extention_num}&caller={caller_num}&target={target}. They fill in what stands in braces; ask them for their exact names.',
    'For the end call event, give them the second URL as it is: the switchboard adds its own parameters. GET, a form, JSON and XML are read alike.',
    'Names may come as they are, with blanks and letters of any language. Where a web server of yours stands in front of this address, let it take long URLs and raw letters.',
    'Make a short test call. It shows up here while it rings, and its end a few seconds after you hang up. If it does not, look at what was refused in the health of this connection.',
    'If the call seems to be hours off, correct the time zone of this connection, or whether it tells local time.',
  ],
  routes: [
    { route: 'incoming', what: 'Incoming call alert: a call comes in or rings an extension', method: 'GET' },
    {
      route: 'end',
      what: 'End call event: every call, incoming or outgoing, once it is over',
      method: 'GET',
    },
  ],
};
