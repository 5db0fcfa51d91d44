/** Why a pattern is refused, in words that go on from “The pattern cannot be used: ”. */
export class PatternError extends Error {}
