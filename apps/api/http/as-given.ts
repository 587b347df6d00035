/**
 * class-transformer makes DTOs of what came in, and on the way through a caller's own objects it drops members without a
 * word: those named as methods that every object has, `toString` for one. So DTOs are its work, and what is not one stays
 * exactly as it was given.
 */
import { plainToInstance, type ClassConstructor } from 'class-transformer';

/**
 * In place of class-transformer, for `ValidationPipe`.
 *
 * @param refuse  throws for a member that a DTO cannot have: class-validator takes these names for known ones
 */
export function asGivenWith(refuse: (name: string) => never) {
  return {
    plainToInstance<T>(type: ClassConstructor<T>, plain: unknown): T {
      return asGiven(plainToInstance(type, plain), plain, refuse) as T;
    },
    classToPlain: (object: unknown) => object as Record<string, unknown>,
  };
}

/** @returns `made`, with what is no DTO in it replaced by what was given */
function asGiven(made: unknown, given: unknown, refuse: (name: string) => never): unknown {
  if (Array.isArray(made) && Array.isArray(given))
    return made.map((item, index) => asGiven(item, given[index], refuse));
  if (!isObject(made) || !isObject(given)) return made;
  if (Object.getPrototypeOf(made) === Object.prototype) return given;
  for (const [name, member] of Object.entries(given)) {
    if (name in Object.prototype) refuse(name);
    if (Object.hasOwn(made, name)) made[name] = asGiven(made[name], member, refuse);
  }
  return made;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
