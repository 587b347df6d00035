import type { GivenBack } from '#db';

/** Gives a drain's lease back with the last thing that it writes down, so that this costs no statement of its own. */
export class LastWord {
  /** Set when the lease was given back. */
  given: { rung: boolean } | undefined;
  private isSaid = false;

  /**
   * @param leaves  what is left in the mailbox; undefined while there is more to do than to write down so many letters, which
   *   are written together
   */
  constructor(private readonly leaves: (together: number) => GivenBack | undefined) {}

  /** Whether the lease goes back with something that is being written: nothing more may begin under it. */
  get said(): boolean {
    return this.isSaid;
  }

  ask(together: number): GivenBack | undefined {
    const left = this.leaves(together);
    this.isSaid ||= left !== undefined;
    return left;
  }
}
