/** A CRM that knows who is calling: asked by its connector, through an endpoint of the tenant's, with that one's credentials. */
import { formatNamed, type Writer } from '#formats';
import type { Finding, SourceEndpoint, SourceExchange, SourceKind } from '../contact-source.js';
import { askCrm } from './ask-crm.js';

const NO_CONNECTOR: Finding = Object.freeze({
  ok: false,
  cause: 'unknown',
  reason: 'The endpoint that it asks through is no connector to a CRM, or not with its settings.',
});
const NOT_ASKED: SourceExchange = Object.freeze({
  finding: NO_CONNECTOR,
  request: null,
  reply: null,
  hides: { headers: [], texts: [] },
});

export const crm: SourceKind = {
  name: 'crm',
  about: 'The CRM of an endpoint of yours: asked by its connector, with the credentials of the endpoint.',
  asks: 'endpoint',
  rateOf: ({ endpoint }) => {
    const connector = connected(endpoint)?.connector;
    return connector?.ringTime?.rate ?? connector?.rate;
  },
  findContacts: (question, { endpoint, timeoutMs }, io) => {
    const line = connected(endpoint);
    if (endpoint === null || line === undefined) return Promise.resolve(NOT_ASKED);
    return askCrm(question, { ...line, endpoint, until: io.now() + timeoutMs }, io);
  },
};

/** Undefined where its format is no connector, or its settings are none of the connector's any more. */
function connected(endpoint: SourceEndpoint | null): Writer['crm'] {
  if (endpoint === null) return undefined;
  const prepared = formatNamed(endpoint.format)?.prepare(endpoint.formatSettings);
  return prepared?.ok === true ? prepared.writer.crm : undefined;
}
