/**
 * Dataverse compares telephone numbers as they were typed, so the only thing to search for is how they end. The last four
 * digits are together, or in two pairs, in every common way of writing; whoever has another number is sorted out afterwards.
 */

/** An OData filter. @param fields  columns that hold a telephone number */
export function phoneFilter(e164: string, fields: readonly string[]): string {
  const [first, last] = [e164.slice(-4, -2), e164.slice(-2)];
  const endings = ['', ' ', '-', '.'].map((between) => `${first}${between}${last}`);
  return fields.flatMap((field) => endings.map((ending) => `endswith(${field},'${ending}')`)).join(' or ');
}
