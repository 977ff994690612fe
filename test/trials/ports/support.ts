/** How systems that are written anew for the library are tried: what is reported of a program, and of the nearest that works. */
import { type EksApp, type Finding, KubeObject, PatternError, type Tenant } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import { appOf, find, IMAGE, type Manifest, manifests, newCluster, newTenant } from '../../support/app';

export type Program = () => EksApp;

/**
 * A trial: its number, what it is, the rule that reports it, the smallest program that breaks it, and the nearest one
 * that works, of which nothing is reported.
 */
export type Trial = readonly [id: string, what: string, rule: string, bad: Program, good: Program];

/** That the API server is open to the internet is true of every cluster that the tests make. */
const ALWAYS = 'X32';

/** The rules of all findings of a tenant whose network is isolated, where nothing else is wrong. */
export const OF_EVERY_CLUSTER = [ALWAYS, 'security/policies-fail-open'];

/** The rules of all errors and warnings, those of constructors included. */
export function rulesOf(program: Program): readonly string[] {
  return findingsOf(program)
    .filter(({ rule, severity }) => severity !== 'advice' && rule !== ALWAYS)
    .map(({ rule }) => rule);
}

/** All findings, with advice. */
export function findingsOf(program: Program): readonly Finding[] {
  try {
    return Testing.findings(program());
  } catch (e) {
    if (e instanceof PatternError) {
      return e.findings;
    }
    throw e;
  }
}

export function runTrials(trials: readonly Trial[]): void {
  test.each(trials)('%s %s is reported by %s', (_id, _what, rule, bad) => {
    expect(rulesOf(bad)).toContain(rule);
  });

  test.each(trials)('of what works instead of %s %s nothing is reported', (_id, _what, _rule, _bad, good) => {
    expect(rulesOf(good)).toEqual([]);
  });

  test('each trial has a number of its own', () => {
    const ids = trials.map(([id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });
}

/** A container as in a Kubernetes manifest. */
export const raw = (more: object = {}) => ({ name: 'helper', image: IMAGE, ...more });

/** The app of a tenant, with objects as in Kubernetes manifests. */
export function withRaw(tenant: Tenant, ...objects: readonly object[]): EksApp {
  for (const [i, object] of objects.entries()) {
    new KubeObject(tenant, `Raw${i}`, object as never);
  }
  return appOf(tenant);
}

/** A program in a tenant. */
export function inTenant(make: (tenant: Tenant) => void, tenant: () => Tenant = newTenant): Program {
  return () => {
    const shop = tenant();
    make(shop);
    return appOf(shop);
  };
}

/** A tenant without network policies. */
export const openTenant = (props: object = {}, scope = newCluster()): Tenant =>
  newTenant({ network: { open: true, because: 'the test is about something else' }, ...props }, scope);

/** Edits of the objects of a pattern. */
// biome-ignore lint/suspicious/noExplicitAny: edits walk into plain manifests
export const custom = (edits: Readonly<Record<string, (object: any) => void>>) => ({ customize: edits });

/** The only object of a kind and a name that an app applies. */
export const objectIn = (app: EksApp, kind: string, name?: string): Manifest => find(manifests(app), kind, name);

/** A Service as in a Kubernetes manifest. */
export const service = (name: string, selector: object, port: object, more: object = {}, annotations: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, annotations },
  spec: { selector, ports: [port], ...more },
});
