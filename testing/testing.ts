import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IConstruct } from 'constructs';
import { EksApp, type EksAppProps } from '../charts/app/eks-app';
import { Check } from '../charts/core/check';
import { clusterOf } from '../charts/core/cluster-context';
import type { ClusterConfig } from '../eksctl/types';
import type { Finding } from '../kube/finding';
import type { Reachability } from '../kube/reachability/reachability';
import { reachability } from '../review/reachability';
import { findManifest, type Manifest } from './manifest';
import { matchers } from './reach/matchers';

/**
 * Helpers for unit tests, with any test framework. Nothing is written to disk, unless a test calls `app.synth()`.
 *
 * @example
 * import { Testing } from 'cdk8s-eks-patterns/testing';
 *
 * test('the shop scales to ten pods', () => {
 *   const app = Testing.app();
 *   addShop(app); // your code
 *   const autoscaler = Testing.find(Testing.synth(app), 'HorizontalPodAutoscaler', 'web');
 *   expect(autoscaler.spec.maxReplicas).toBe(10);
 *   // the warnings that you accept
 *   expect(Testing.findings(app).map(({ rule }) => rule)).toEqual(['X32']);
 * });
 */
export const Testing = {
  /**
   * An app for one test. Its `outdir` is a folder of its own below the system's temporary folder, so that many apps of one
   * process do not clash; the folder is made by `app.synth()` only.
   *
   * @param props as of EksApp
   */
  app(props: EksAppProps = {}): EksApp {
    return new EksApp({ ...props, outdir: props.outdir ?? join(tmpdir(), `cdk8s-eks-patterns-${randomUUID()}`) });
  },

  /**
   * The objects that `kubectl apply` gets. The whole app is reviewed, as by `app.synth()`:
   * throws a SynthesisError with every error. The objects are copies; the ClusterConfig is not among them.
   *
   * @param scope the app, or a construct in it (a tenant, a workload) for the objects of that construct and of those below
   */
  synth(scope: IConstruct): Manifest[] {
    const { path } = scope.node;
    const isBelow = (construct = '') => path === '' || construct === path || construct.startsWith(`${path}/`);
    return appOf(scope)
      .rendered()
      .inventory.objects.filter(({ origin }) => isBelow(origin.construct))
      .map(({ manifest }) => copyOf<Manifest>(manifest));
  },

  /**
   * The ClusterConfig that `eksctl create cluster` gets. Throws a SynthesisError as `synth` does, and an Error if the app
   * makes no cluster.
   *
   * @param scope the app, or any construct in it
   */
  clusterConfig(scope: IConstruct): ClusterConfig {
    const documents = appOf(scope)
      .rendered()
      .layout.files.flatMap((file) => file.documents as readonly Manifest[]);
    const config = documents.find(({ apiVersion }) => apiVersion.startsWith('eksctl.io/'));
    if (!config) {
      throw new Error('the app makes no ClusterConfig. Add a Cluster with new Cluster(app, ...).');
    }
    return copyOf<ClusterConfig>(config);
  },

  /**
   * Everything that synthesis reports: errors, warnings and advice, in the order of the constructs. Does not throw for them.
   * A prop that is invalid on its own is not among them: its constructor throws a PropsError.
   *
   * @param scope the app, or any construct in it
   */
  findings(scope: IConstruct): readonly Finding[] {
    const { findings, thrown } = appOf(scope).reviewed();
    // of a construct from elsewhere, which reports by throwing
    if (thrown !== undefined) {
      throw thrown;
    }
    return findings;
  },

  /**
   * Who reaches whom by the NetworkPolicies of the app: to be passed to `expect` several times, or read. Renders as `synth` does.
   *
   * @param scope the app, or any construct in it
   */
  reachability(scope: IConstruct): Reachability {
    return reachabilityOf(scope);
  },

  /**
   * Matchers for `expect.extend` of Jest and of Vitest: `expect(app).toReach(web, store, 5432)`, and `.not`.
   *
   * @example
   * expect.extend(Testing.matchers);
   *
   * test('only web reaches the store', () => {
   *   expect(app).toReach(web, store, 5432);
   *   expect(app).not.toReach(worker, store, 5432);
   *   expect(app).not.toReach('203.0.113.7', web, 8080);
   * });
   */
  matchers: matchers(reachabilityOf),

  /**
   * The only object of a kind and a name. Throws an Error that lists the objects if there is none, or more than one.
   *
   * @param objects as from `synth`
   * @param kind 'Deployment'
   * @param name metadata.name
   * @param namespace required only where two namespaces have such an object
   */
  find(objects: readonly Manifest[], kind: string, name: string, namespace?: string): Manifest {
    return findManifest(objects, kind, name, namespace);
  },
} as const;

function reachabilityOf(scope: IConstruct): Reachability {
  const { inventory } = appOf(scope).rendered();
  return reachability(inventory, clusterOf(scope)?.ipFamily === 'IPv6' ? { podRanges: ['::/0'] } : {});
}

function appOf(scope: IConstruct): EksApp {
  const { root } = scope.node;
  if (root instanceof EksApp) {
    return root;
  }
  throw Check.of(scope).error(
    'forbidden',
    '',
    'is not in an EksApp, whose synthesis is the one that is tested',
    'begin the tree with Testing.app()',
  );
}

/** Without the keys that are undefined, which YAML does not have either. */
function copyOf<T>(value: unknown): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
