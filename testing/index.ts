/** Helpers for the unit tests of programs that use the library; they need no test framework. */

export type { Finding, ObjectReference, Severity } from '../kube/finding';
export type { Protocol } from '../kube/reachability/open-ports';
export type { Manifest } from './manifest';
export type { ReachEnd } from './reach/ends';
export type { MatcherResult, Matchers, ReachMatchers } from './reach/matchers';
export { Testing } from './testing';
