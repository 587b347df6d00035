import { ValidateBy } from 'class-validator';

const MOST_BYTES = 8 * 1024;

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
      defaultMessage: () => `$property must be a JSON object of at most ${mostBytes / 1024} KiB`,
    },
  });
}
