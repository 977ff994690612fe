/** Helpers for the unit tests of programs that use the library; they need no test framework. */

export type { Finding, ObjectReference, Severity } from '../kube/finding';
export type { Manifest } from './manifest';
export { Testing } from './testing';
