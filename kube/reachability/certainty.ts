/**
 * How sure an answer is: manifests do not have the addresses of pods, the labels of other people's namespaces, nor labels that
 * pods get when they run.
 */
export type Certainty = 0 | 1 | 2;

export const NO = 0;
export const MAYBE = 1;
export const YES = 2;

/** All of them. */
export const both = (a: Certainty, b: Certainty): Certainty => (a < b ? a : b);
/** Any of them. */
export const either = (a: Certainty, b: Certainty): Certainty => (a > b ? a : b);
