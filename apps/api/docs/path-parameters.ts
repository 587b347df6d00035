interface PathParameter {
  description: string;
  schema: Record<string, unknown>;
}

const TEXT = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });

/** Every name that a path of the API has in it. */
const PARAMETERS: Readonly<Record<string, PathParameter>> = {
  id: {
    description: 'Its id, as the list of such things shows it.',
    schema: { type: 'string', format: 'uuid' },
  },
  callId: { description: 'Id of the call.', schema: { type: 'string', format: 'uuid' } },
  campaignId: { description: 'Id of the campaign.', schema: { type: 'string', format: 'uuid' } },
  connection: { description: 'Id of the connection.', schema: { type: 'string', format: 'uuid' } },
  did: {
    description: 'The number that was called, as the PBX prints it, or `default`.',
    schema: { ...TEXT(64), pattern: '^[+0-9A-Za-z*#_.@-]{1,64}$' },
  },
  eventId: {
    description: 'Number of the row.',
    schema: { type: 'integer', minimum: 1, maximum: 9_999_999_999 },
  },
  extension: { description: 'The phone, as the PBX names it.', schema: TEXT(64) },
  externalId: { description: 'Your own id of the contact.', schema: TEXT(200) },
  grantId: { description: 'Id of the grant.', schema: { type: 'string', format: 'uuid' } },
  index: { description: 'Which recording of the call, from 0.', schema: { type: 'integer', minimum: 0 } },
  leadId: { description: 'Id of the lead.', schema: { type: 'string', format: 'uuid' } },
  name: { description: 'Its name, as the list of such things shows it.', schema: TEXT(64) },
  number: { description: 'The number, as the PBX prints it.', schema: TEXT(64) },
  queueId: { description: 'Id of the queue, as the PBX names it.', schema: TEXT(64) },
};

/**
 * The parameters of a path such as `/v1/calls/{id}`, in their order.
 *
 * @throws for a name that nobody has described: what a caller must send is not left to be guessed
 */
export function pathParameters(path: string) {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => {
    const known = PARAMETERS[name];
    if (known === undefined)
      throw new Error(`${path} has a parameter "${name}" that path-parameters.ts does not describe.`);
    return { name, in: 'path', required: true, ...known } as const;
  });
}
