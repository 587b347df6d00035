import { AppError, lookupNumber, type ConnectionId, type OrderParty } from '#domain';
import type { ExtensionRecord } from '#db';

export interface OwnPhone {
  connectionId: ConnectionId;
  extension: string;
  /** What else it is called, such as the short number of a SIP user. */
  aliases?: readonly string[];
}

/**
 * Which of an agent's phones is meant.
 *
 * @throws AppError 409 `me.no_phone`, 409 `me.several_phones`
 */
export function ownPhone<Phone extends OwnPhone>(
  phones: readonly Phone[],
  wanted: { extension?: string | undefined; connectionId?: string | undefined },
): Phone {
  const { extension, connectionId } = wanted;
  const fit = phones.filter(
    (phone) =>
      (extension === undefined || phone.extension === extension || phone.aliases?.includes(extension)) &&
      (connectionId === undefined || phone.connectionId === connectionId.toLowerCase()),
  );
  const [phone, another] = fit;
  if (phone === undefined) {
    const message =
      'No such phone is yours: an admin can say which extensions are, under /v1/connections/{id}/extensions.';
    throw new AppError('conflict', 'me.no_phone', message);
  }
  if (another === undefined) return phone;
  const message = 'You have several phones: say which by `extension` and `connectionId`.';
  const named = fit.map((one) => ({ connectionId: one.connectionId, extension: one.extension }));
  throw new AppError('conflict', 'me.several_phones', message, { details: { phones: named } });
}

/** A text that may be an extension of the connection, or a number. @throws AppError `request.invalid` through `refuse` */
export function whomToCall(
  to: string,
  extensions: readonly Pick<ExtensionRecord, 'number' | 'aliases'>[],
  country: string,
  refuse: () => never,
): OrderParty {
  const text = to.trim();
  const inside = extensions.find(({ number, aliases }) => number === text || aliases.includes(text));
  if (inside) return { kind: 'extension', value: inside.number };
  const e164 = lookupNumber(text, country);
  return e164 === null ? refuse() : { kind: 'number', value: e164 };
}
