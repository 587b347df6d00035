/** Text inside Salesforce's two query languages, so that it means nothing but itself. */

/** Between the quotes of a SOQL string. */
export function inSoql(text: string): string {
  return text
    .replaceAll(/["'\\]/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`);
}

/** One of the terms between the braces of FIND. */
export function inSosl(text: string): string {
  return text.replaceAll(/[&|!(){}[\]^"~*?:\\'+-]/g, String.raw`\$&`);
}
