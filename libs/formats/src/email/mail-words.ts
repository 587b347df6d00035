/** What an operational event is called in a mail, and what whoever reads it can do. */
import type { OperationalEventType } from '#domain';

export interface MailWords {
  /** @param name  of what it is about, in one line */
  title: (name: string) => string;
  advice: string;
  /** Requests of the API that help, as paths behind its address. @param id  of what it is about */
  requests: (id: string) => readonly string[];
}

const endpoint = (id: string) => `GET /v1/endpoints/${id}`;
const deliveries = (id: string) => `GET /v1/deliveries?endpointId=${id}`;

export const MAIL_WORDS: Readonly<Record<OperationalEventType | 'endpoint.test', MailWords>> = {
  'endpoint.failing': {
    title: (name) => `Endpoint "${name}" is failing`,
    advice:
      'See what its last attempts were answered, and put the receiver right. The tries go on by themselves.',
    requests: (id) => [deliveries(id), endpoint(id)],
  },
  'endpoint.disabled': {
    title: (name) => `Endpoint "${name}" was disabled`,
    advice: 'Put the receiver right, then enable the endpoint. What it is owed is held until then.',
    requests: (id) => [deliveries(id), `POST /v1/endpoints/${id}/enable`],
  },
  'endpoint.recovered': {
    title: (name) => `Endpoint "${name}" works again`,
    advice: 'Nothing has to be done. What was given up meanwhile can be sent again by a replay.',
    requests: (id) => [`${deliveries(id)}&state=dead`, 'POST /v1/replays'],
  },
  'endpoint.backlog': {
    title: (name) => `Endpoint "${name}" falls behind`,
    advice:
      'See how long its attempts take and what they were answered. It may have to be sent more at once.',
    requests: (id) => [`${deliveries(id)}&state=due`, `PATCH /v1/endpoints/${id}`],
  },
  'endpoint.backlog_cleared': {
    title: (name) => `Endpoint "${name}" falls behind no more`,
    advice: 'Nothing has to be done.',
    requests: (id) => [endpoint(id)],
  },
  'endpoint.secret_expiring': {
    title: (name) => `The old secret of endpoint "${name}" stops signing soon`,
    advice: 'Give the new secret to whoever checks the signatures, if that was not done yet.',
    requests: (id) => [endpoint(id), `POST /v1/endpoints/${id}/rotate-secret`],
  },
  'endpoint.credentials_expiring': {
    title: (name) => `The client certificate for endpoint "${name}" expires soon`,
    advice: 'Get a new certificate and set it.',
    requests: (id) => [endpoint(id), `GET /v1/endpoints/${id}/access`],
  },
  'endpoint.access_expiring': {
    title: (name) => `The connection of endpoint "${name}" to its CRM ends soon`,
    advice: 'Let somebody agree again on the CRM’s page.',
    requests: (id) => [endpoint(id), `GET /v1/endpoints/${id}/grants`],
  },
  'endpoint.access_needs_attention': {
    title: (name) => `Endpoint "${name}" has to be connected to its CRM again`,
    advice: 'Let somebody agree again on the CRM’s page. What cannot go out meanwhile is held.',
    requests: (id) => [endpoint(id), `GET /v1/endpoints/${id}/grants`],
  },
  'connection.token_expiring': {
    title: (name) => `The old ingress URL of connection "${name}" stops working soon`,
    advice: 'Enter the new URLs in the PBX, if that was not done yet.',
    requests: (id) => [`GET /v1/connections/${id}`, `GET /v1/connections/${id}/guide`],
  },
  'connection.socket_down': {
    title: (name) => `The PBX of connection "${name}" is not connected`,
    advice:
      'See whether the PBX runs and reaches this address. It opens its WebSocket again by itself, and tells then what happened meanwhile.',
    requests: (id) => [`GET /v1/connections/${id}/health`, `GET /v1/connections/${id}/guide`],
  },
  'connection.socket_up': {
    title: (name) => `The PBX of connection "${name}" is connected again`,
    advice: 'Nothing has to be done.',
    requests: (id) => [`GET /v1/connections/${id}/health`],
  },
  'api_key.expiring': {
    title: (name) => `The API key "${name}" expires soon`,
    advice: 'Make a new key, give it to whoever uses this one, then revoke this one.',
    requests: (id) => ['POST /v1/api-keys', `DELETE /v1/api-keys/${id}`],
  },
  'tenant.limit_reached': {
    title: (name) => `"${name}" has reached a limit`,
    advice: 'Let the PBX send fewer webhooks, or ask your operator for more.',
    requests: () => ['GET /v1/connections'],
  },
  'order.placed': {
    title: (name) => `The call ${name} was placed`,
    advice: 'Nothing has to be done.',
    requests: (id) => [`GET /v1/orders/${id}`],
  },
  'order.failed': {
    title: (name) => `The call ${name} was not placed`,
    advice: 'See why. It may be ordered again.',
    requests: (id) => [`GET /v1/orders/${id}`, 'POST /v1/orders'],
  },
  'order.unknown': {
    title: (name) => `Whether the call ${name} was placed is not known yet`,
    advice: "Do not order it again until it is known: the PBX's lists are being looked at.",
    requests: (id) => [`GET /v1/orders/${id}`],
  },
  'campaign.started': {
    title: (name) => `The campaign "${name}" dials`,
    advice: 'Nothing has to be done.',
    requests: (id) => [`GET /v1/campaigns/${id}`],
  },
  'campaign.paused': {
    title: (name) => `The campaign "${name}" was paused`,
    advice: 'Start it when it is to go on.',
    requests: (id) => [`GET /v1/campaigns/${id}`],
  },
  'campaign.stopped': {
    title: (name) => `The campaign "${name}" was stopped`,
    advice: 'Nothing has to be done.',
    requests: (id) => [`GET /v1/campaigns/${id}`],
  },
  'campaign.finished': {
    title: (name) => `The campaign "${name}" has called everybody`,
    advice: 'See what its calls came to, or give it further leads.',
    requests: (id) => [`GET /v1/campaigns/${id}/stats`],
  },
  'campaign.statistics': {
    title: (name) => `The campaign "${name}" dials`,
    advice: 'Nothing has to be done.',
    requests: (id) => [`GET /v1/campaigns/${id}/stats`],
  },
  'lead.finished': {
    title: (name) => `The campaign "${name}" is done with a lead`,
    advice: 'Nothing has to be done.',
    requests: (id) => [`GET /v1/campaigns/${id}/leads`],
  },
  'endpoint.test': {
    title: () => 'This is a test',
    advice: 'Nothing has to be done: mail of Switchhook arrives here.',
    requests: () => ['GET /v1/endpoints'],
  },
};

/** For a type that a newer build told of. */
export const OTHER_WORDS: MailWords = {
  title: (name) => `News of "${name}"`,
  advice: 'The description of its type says more.',
  requests: () => ['GET /v1/event-types'],
};
