/** A fact that could not be found out, and what to do about it; never the learner's fault. */
export class Unknown extends Error {
  override readonly name = 'Unknown';
  readonly advice: string;

  constructor(why: string, advice: string) {
    super(why);
    this.advice = advice;
  }
}
