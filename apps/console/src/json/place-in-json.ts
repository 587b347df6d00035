/** Where in a text something stands; both count from 1, as editors do. */
export interface TextPlace {
  line: number;
  column: number;
}

/**
 * Where a value begins in a text that is JSON.
 *
 * @param path  names and list positions with dots between, such as `shapes.0.call`; empty for the whole
 * @returns of the deepest value on the way, where there is no such value; undefined where the text is no JSON
 */
export function placeInJson(text: string, path: string): TextPlace | undefined {
  if (!isJson(text)) return undefined;
  const at = new Walk(text).find(path === '' ? [] : path.split('.'));
  return placeAt(text, at);
}

/** @param offset  in characters, from 0 */
export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Walks through JSON that is known to be sound. A name with dots in it is taken as far as its dots go. */
class Walk {
  private at = 0;

  constructor(private readonly text: string) {}

  find(steps: readonly string[]): number {
    this.blanks();
    const here = this.at;
    const open = this.text[here];
    if (steps.length === 0 || (open !== '{' && open !== '[')) return here;
    this.at += 1;
    return this.among(open === '{', steps) ?? here;
  }

  /** Through members or entries up to the one that is meant. */
  private among(isObject: boolean, steps: readonly string[]): number | undefined {
    for (let index = 0; ; index += 1) {
      this.blanks();
      if (this.text[this.at] === '}' || this.text[this.at] === ']') return undefined;
      const name = isObject ? this.name() : String(index);
      const taken = stepsOf(name, steps);
      if (taken > 0) return this.find(steps.slice(taken));
      this.skip();
      this.blanks();
      if (this.text[this.at] === ',') this.at += 1;
    }
  }

  private name(): string {
    const from = this.at;
    this.string();
    const name = JSON.parse(this.text.slice(from, this.at)) as string;
    this.blanks();
    this.at += 1;
    return name;
  }

  /** Past one value. */
  private skip(): void {
    this.blanks();
    let depth = 0;
    do {
      const sign = this.text[this.at] ?? '';
      if (sign === '"') this.string();
      else {
        if (sign === '{' || sign === '[') depth += 1;
        if (sign === '}' || sign === ']') depth -= 1;
        this.at += 1;
      }
      if (depth === 0 && /[,\]}\s]/.test(this.text[this.at] ?? ',')) return;
    } while (this.at < this.text.length);
  }

  private string(): void {
    this.at += 1;
    while (this.text[this.at] !== '"') this.at += this.text[this.at] === '\\' ? 2 : 1;
    this.at += 1;
  }

  private blanks(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }
}

/** How many steps a name takes up: more than one where it has dots. */
function stepsOf(name: string, steps: readonly string[]): number {
  const parts = name.split('.');
  return parts.every((part, index) => part === steps[index]) ? parts.length : 0;
}
