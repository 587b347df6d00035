import type { SecretBox } from '#platform';

const REMEMBER = 10_000;

/** Opens sealed secrets and remembers them: an endpoint's secret is needed for each of its deliveries. */
export class OpenedSecrets {
  private readonly opened = new Map<string, string>();

  constructor(private readonly box: Pick<SecretBox, 'open'>) {}

  /** @param context  what the secret was sealed for */
  open(sealed: readonly string[], context: string): string[] {
    return sealed.map((text) => {
      const known = this.opened.get(text);
      if (known !== undefined) return known;
      const secret = this.box.open(text, context);
      if (this.opened.size >= REMEMBER) this.opened.clear();
      this.opened.set(text, secret);
      return secret;
    });
  }
}
