export type * from './connector.js';
export { signInAt, type CrmSignIn } from './sign-in.js';
export { CONNECTORS, connectorNamed } from './registry.js';
export { readCrmTemplate, type CrmTemplateReading } from './http/template/read-crm-template.js';
export { CrmFault, type CrmIo, type CrmReply, type CrmRequest, type CrmVerdict } from './talk/crm-io.js';
export { judgeExchange } from './talk/judge-exchange.js';
export { LARGEST_CRM_ANSWER, openTalk, type CrmLine, type CrmTalk } from './talk/open-talk.js';
export { requestOf, type WrittenRequest } from './talk/request-of.js';
export { readLoggingPolicy, type LoggingPolicy } from './policy/logging-policy.js';
export { POLICY_MEMBER_KINDS, policyForm, type PolicyMember } from './policy/policy-form.js';
export { entryOf } from './policy/entry-of.js';
export { whyNotLogged, outsideOf } from './policy/wants-log.js';
export { isLogged, logCall } from './log-call/log-call.js';
export type { Logged } from './log-call/logged.js';
export type { CallEvent } from './log-call/call-event.js';
export {
  LeaseLost,
  type CrmLedger,
  type KeptContact,
  type KeptLog,
  type KeptOfCall,
} from './log-call/ledger.js';
