import type { NeedDto } from '../api/operations';
import { momentText } from '../list/zoned-time';
import { durationText } from '../texts/durations';
import { isolated } from '../texts/isolated';
import type { OverviewTexts } from './texts';

type Params = NeedDto['params'];
interface Spoken {
  texts: OverviewTexts;
  language: string;
}

/** What is to be looked after, in the reader's language; undefined for what only the server can say. */
export function needWords(
  { code, params }: Pick<NeedDto, 'code' | 'params'>,
  spoken: Spoken,
): string | undefined {
  return WORDS[code]?.(params, spoken);
}

const WORDS: { readonly [Code in NeedDto['code']]?: (params: Params, spoken: Spoken) => string } = {
  'endpoint.disabled': (params, { texts }) => texts.need.disabled(quoted(params['reason'])),
  'endpoint.failing': ({ failures, since }, { texts, language }) =>
    texts.need.failing(number(failures, language), typeof since === 'string' ? moment(since, language) : ''),
  'endpoint.backlog': ({ minutes }, { texts, language }) =>
    texts.need.backlog(durationText(Number(minutes) * 60_000, language)),
  'deliveries.dead': (params, spoken) => spoken.texts.need.dead(counted('deliveriesOf', params, spoken)),
  'connection.disabled': (params, { texts }) =>
    isOfSocket(params) ? texts.need.socketOff : texts.need.connectionOff,
  'socket.never': (_, { texts }) => texts.need.socketNever,
  'socket.down': ({ since, reason }, { texts, language }) =>
    texts.need.socketDown(typeof since === 'string' ? moment(since, language) : '?', quoted(reason)),
  'webhooks.none': (_, { texts }) => texts.need.none,
  'webhooks.silent': (params, { texts, language }) => {
    const time = durationText(Number(params['days']) * 86_400_000, language);
    return isOfSocket(params) ? texts.need.socketSilent(time) : texts.need.silent(time);
  },
  'webhooks.refused': (params, spoken) => {
    const what = counted(isOfSocket(params) ? 'requests' : 'webhooks', params, spoken);
    return spoken.texts.need.refused(what, quoted(params['reason']));
  },
  'receipts.unparsed': (params, spoken) => spoken.texts.need.unparsed(countedReceipts(params, spoken)),
  'receipts.set_aside': (params, spoken) => spoken.texts.need.setAside(countedReceipts(params, spoken)),
  'words.unknown': ({ words }, { texts }) => texts.need.words(listed(words)),
  'fields.unreadable': ({ fields }, { texts }) => texts.need.fields(listed(fields)),
  'endpoint.secret_expiring': (params, { texts, language }) => texts.need.secret(ends(params, language)),
  'endpoint.credentials_expiring': (params, { texts, language }) =>
    texts.need.credentials(ends(params, language)),
  'endpoint.access_expiring': (params, { texts, language }) => texts.need.access(ends(params, language)),
  'connection.token_expiring': (params, { texts, language }) => texts.need.token(ends(params, language)),
  'api_key.expiring': (params, { texts, language }) => texts.need.key(ends(params, language)),
};

/** Of a PBX that keeps a WebSocket open to us. */
function isOfSocket({ kind }: Params): boolean {
  return kind === 'socket';
}

/** What a connection was told, in words. */
export function countedReceipts(params: Params, spoken: Spoken): string {
  return counted(isOfSocket(params) ? 'messages' : 'webhooks', params, spoken);
}

/** How many of something there are, in words. */
export function counted(
  what: 'webhooks' | 'messages' | 'requests' | 'deliveriesOf',
  { count, atLeast }: Params,
  { texts, language }: Spoken,
): string {
  const form = new Intl.PluralRules(language).select(Number(count));
  const words: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { other: string } = texts[what];
  const said = (words[form] ?? words.other).replace('#', number(count, language));
  return atLeast === true ? texts.atLeast(said) : said;
}

const MOST_LISTED = 5;

function listed(of: unknown): string {
  const all = Array.isArray(of) ? of.map(String) : [];
  return all.slice(0, MOST_LISTED).map(isolated).join(', ') + (all.length > MOST_LISTED ? ' …' : '');
}

function ends({ expiresAt }: Params, language: string): string {
  return typeof expiresAt === 'string' ? moment(expiresAt, language) : '?';
}

function moment(at: string, language: string): string {
  return isolated(momentText(at, language, false));
}

function quoted(text: unknown): string {
  return typeof text === 'string' ? isolated(text) : '';
}

function number(value: unknown, language: string): string {
  return new Intl.NumberFormat(language).format(Number(value));
}
