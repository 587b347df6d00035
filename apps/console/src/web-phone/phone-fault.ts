/**
 * What of this browser ended a call, or let none begin: no microphone, no way to the network for the audio, no connection
 * with the PBX, audio that could not be agreed on, a number that is none.
 */
export const PHONE_FAULTS = [
  'no_microphone',
  'no_network',
  'not_connected',
  'no_audio',
  'bad_number',
] as const;
export type PhoneFault = (typeof PHONE_FAULTS)[number];
