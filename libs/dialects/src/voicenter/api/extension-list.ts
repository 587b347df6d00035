/** The list of the organisation's extensions (seed section 8). */
import type { AskResult, ToldExtension } from '#domain';
import type { FacadeReply } from '../../facade.js';
import { asks, invalid, type ApiRoute } from './api-route.js';
import { cometFailure, cometReply } from './comet-reply.js';
import { WRONG_KIND } from './failure-words.js';

/** What one dials from a colleague's phone. */
const SPEED_DIAL = /^\d{1,7}$/;

export const extensionList: ApiRoute = {
  route: {
    name: 'extension-list',
    paths: ['/comet/api/getextensions'],
    methods: ['GET', 'POST'],
    changes: false,
  },
  read: ({ fields, problem }) =>
    problem === null
      ? asks({ kind: 'extensions', all: fields.flag('showall') ?? false })
      : invalid('body', problem),
  write,
};

function write(result: AskResult): FacadeReply {
  if (!result.ok) return cometFailure(result.failure);
  const { told } = result;
  if (told.kind !== 'extensions') return cometFailure(WRONG_KIND);
  return cometReply({ EXTENSIONS: told.extensions.map(extensionOf) });
}

/** Our tenants have no accounts within: an extension's is whoever it belongs to. */
function extensionOf({ extension, name, aliases, number, agent }: ToldExtension): object {
  return {
    SIP: extension,
    Name: name,
    SpeedDial: [...aliases, extension].find((word) => SPEED_DIAL.test(word)) ?? '',
    AccountID: agent?.number ?? number,
    AccountName: agent?.name ?? name,
    UserName: agent?.name ?? '',
    UserEmail: '',
  };
}
