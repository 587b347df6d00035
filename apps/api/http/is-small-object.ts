import { ValidateBy } from 'class-validator';

const KIB = 1024;
export const MOST_BYTES = 8 * KIB;

/** A plain JSON object whose text is not longer. */
export function IsSmallObject(mostBytes = MOST_BYTES): PropertyDecorator {
  return ValidateBy({
    name: 'isSmallObject',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Buffer.byteLength(JSON.stringify(value)) <= mostBytes,
      defaultMessage: () => `$property must be a JSON object of at most ${mostBytes / KIB} KiB`,
    },
  });
}
