export type * from './dialect.js';
export { DIALECTS, dialectFor, dialectNamed } from './registry.js';
export type { Mapping } from './generic/mapping.js';
export { readMapping, type MappingReading } from './generic/read-mapping.js';
export { mappingProblems } from './generic/mapping-problems.js';
export { SHIPPED_MAPPINGS } from './generic/mappings/shipped-mappings.js';
export { tryMapping, type MappingTrial } from './generic/try-mapping.js';
export { secretProblems } from './generic/signature/secret-problems.js';
export { readWithSurplus, requestIn } from './read-with-surplus.js';
export { SENDER_HEADER } from './sender-header.js';
export type { RequestWithSurplus } from './read-with-surplus.js';
export { MAX_QUERY_LENGTH } from './content/read-query.js';
export { legacyCharset } from './content/charset/legacy-charset.js';
export { sniffFormat } from './content/sniff-format.js';
export { readCall } from './xmlrpc/read-call.js';
export type { CallReading } from './xmlrpc/read-call.js';
export { readResponse } from './xmlrpc/read-response.js';
export type { Fault, ResponseReading } from './xmlrpc/read-response.js';
export { writeCall, writeFault, writeResponse } from './xmlrpc/write-message.js';
export type { Writable } from './xmlrpc/write-value.js';
export type { XmlRpcStruct, XmlRpcValue } from './xmlrpc/value.js';
export { writeCdr } from './voicenter/write-cdr.js';
export type { CdrFields, CdrFormat } from './voicenter/write-cdr.js';
export { askIvr as writeIvrQuestion } from './voicenter/ask-ivr.js';
export { writeHangupCall } from './voicenter/write-hangup-call.js';
export type { HangupCallFields } from './voicenter/write-hangup-call.js';
export type { IvrFormat } from './voicenter/write-ivr-request.js';
export { callTypeNamed, isCallType } from './voicenter/call-types.js';
export { resultOf as resultOfCdrStatus } from './voicenter/statuses.js';
export { statusOfCall, typeOfCall } from './voicenter/status-words.js';
export { isDialStatus, resultOfDialStatus } from './content/dial-status.js';
export { escapeXml } from './xmlrpc/write-value.js';
export type { PlainFormat } from './content/sniff-plain-format.js';
export { writeFields } from './content/write-fields.js';
export type { WrittenMessage } from './content/write-fields.js';
export { writeCallEvent } from './voipnow/write-call-event.js';
export type { CallEventFields } from './voipnow/write-call-event.js';
export { writeEnd } from './globalex/write-end.js';
export type { EndFields } from './globalex/write-end.js';
export { writeIncoming } from './globalex/write-incoming.js';
export type { IncomingFields } from './globalex/write-incoming.js';
export { textsIn } from './content/texts-in.js';
export type { KeptRequest } from './content/texts-in.js';
export type * from './facade.js';
export { FACADES, facadeNamed, routeOf } from './facades.js';
export type { FoundRoute } from './facades.js';
export type {
  CallQueueNow,
  DialerNow,
  LiveNow,
  PhoneCallNow,
  PhoneNow,
  QueueCallerNow,
} from './voicenter/live/live-now.js';
export type { LiveMessageOut, LiveMoment } from './voicenter/live/live-message.js';
export { writeChanges as writeLiveChanges } from './voicenter/live/write-changes.js';
export {
  writeKeepaliveResponse,
  writeLoginResponse,
  writeLoginSuccess,
  writeSnapshot as writeLiveSnapshot,
} from './voicenter/live/write-snapshot.js';
export { readLogin, type LoginReading } from './voicenter/live/read-login.js';
export {
  SOCKET_CLIENT_VERSION,
  writeLogin,
  writeRefusal,
  writeMonitors,
  writeSettings,
  type LoginFacts,
  type LoginTokens,
  type RefusalStatus,
} from './voicenter/live/write-login.js';
