import { policyForm, type Connector } from '#crm';
import type { ConnectorDto } from './connector.dto.js';

/** A connector as the API tells of it. */
export function connectorView(connector: Connector): ConnectorDto {
  const {
    name,
    title,
    about,
    url = null,
    update,
    key,
    outcomes,
    activityTypes,
    ringTime,
    signIn,
    settings = [],
    allows,
  } = connector;
  const { subject, body } = connector.limits;
  return {
    ...{ name, title, about },
    credentials: connector.credentials.map(({ kind, how }) => ({ kind, how })),
    signIn: signIn ? { ...signIn, authoriseParameters: { ...signIn.authoriseParameters } } : null,
    ...{ url, update, key },
    ringTime: ringTime?.advice ?? null,
    settings: settings.map(({ required = false, values, byDefault = null, ...setting }) => ({
      ...{ ...setting, required, byDefault },
      values: values ? [...values] : null,
    })),
    allows: allows ? { requests: allows.requests, seconds: allows.seconds } : null,
    limits: { subject, body },
    outcomes: outcomes ? [...outcomes] : null,
    activityTypes: activityTypes ? [...activityTypes] : null,
    policy: policyForm(connector).map(({ values, ...member }) => ({
      ...member,
      values: values && [...values],
    })),
  };
}
