/** A real Asterisk of our own, and phones that a script plays. */
export * from './asterisk-program.js';
export { CDR_FIELDS, type AsteriskExtension, type AsteriskPlan } from './asterisk-config.js';
export * from './start-asterisk.js';
export { SipCall } from './sip/sip-call.js';
export * from './sip/play-tone.js';
export * from './sip/sip-phone.js';
export * from './free-udp-port.js';
