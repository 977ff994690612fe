import type { EksApp } from 'cdk8s-eks-patterns';
import type { Audit } from './audit';
import type { Kube } from './kube';
import { type Kubectl, QUICK } from './kubectl';
import { Namespace } from './namespace';
import { addNodes, type ClusterConfig, nodesOf } from './nodes';
import { Plane } from './plane';
import { clusterConfigIn, manifestsOf } from './programs';
import { CsiDrivers } from './volumes';

/** A cluster of its own for a test file: a control plane, volumes, and nodes once a test has added them. */
export class TestCluster {
  constructor(private readonly parts: { readonly plane: Plane; readonly driver: CsiDrivers; readonly kube: Kube }) {}

  get kube(): Kube {
    return this.parts.kube;
  }
  get kubectl(): Kubectl {
    return this.parts.plane.kubectl();
  }
  get audit(): Audit {
    return this.parts.plane.audit;
  }
  /** A certificate of a server on 127.0.0.1 that calls of the API server can verify, and its key. */
  get certificate(): Plane['certificate'] {
    return this.parts.plane.certificate;
  }
  /** The namespace of a tenant, for looking at it. */
  namespace(name: string): Namespace {
    return new Namespace(name, this.kube, this.audit);
  }

  static async start(): Promise<TestCluster> {
    const plane = await Plane.start();
    const kube = plane.kube();
    return new TestCluster({ plane, kube, driver: new CsiDrivers(plane.kube('storage')) });
  }

  async stop(): Promise<void> {
    await this.parts.driver.stop().finally(() => this.parts.plane.stop());
  }

  /** The nodes that the app's own ClusterConfig asks for. */
  async addNodesOf(app: EksApp): Promise<ClusterConfig> {
    const config = clusterConfigIn(manifestsOf(app));
    if (!config) {
      throw new Error('the app makes no cluster, so it has no node groups');
    }
    await addNodes(this.kube, nodesOf(config));
    return config;
  }

  /**
   * Synthesizes an app and applies it, with warnings as errors; what kubectl says of each object. Unknown fields are looked for
   * in the tests on admission and on upgrades.
   */
  apply(app: EksApp): Promise<string[]> {
    return this.kubectl.apply(manifestsOf(app), QUICK);
  }
}

/** A cluster for the tests of a file, started before them and stopped after. */
export function useCluster(): TestCluster {
  let cluster: TestCluster | undefined;
  beforeAll(async () => {
    cluster = await TestCluster.start();
  }, 300_000);
  afterAll(async () => {
    await cluster?.stop();
  });
  return new Proxy({} as TestCluster, {
    get: (_, key) => {
      const value = Reflect.get(cluster!, key, cluster);
      return typeof value === 'function' ? value.bind(cluster) : value;
    },
  });
}
