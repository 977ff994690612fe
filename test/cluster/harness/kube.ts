import { Agent } from 'node:https';
import {
  AppsV1Api,
  AuthorizationV1Api,
  AutoscalingV2Api,
  BatchV1Api,
  CoreV1Api,
  CustomObjectsApi,
  DiscoveryV1Api,
  KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  NetworkingV1Api,
  PatchStrategy,
  PolicyV1Api,
  type RequestContext,
  StorageV1Api,
} from '@kubernetes/client-node';

/**
 * Keeps connections for the next request: the client itself makes one for each, and for the API server the greeting is more
 * work than most answers. Those that nobody has used for a while are closed before the server does it.
 */
class KeptConnections extends KubeConfig {
  private readonly agent = new Agent({ keepAlive: true, timeout: 30_000, rejectUnauthorized: false });

  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    await super.applySecurityAuthentication(context);
    context.setAgent(this.agent);
  }
}

/** The official client, as one user. */
export class Kube {
  readonly config: KubeConfig = new KeptConnections();
  readonly apps: AppsV1Api;
  readonly authorization: AuthorizationV1Api;
  readonly autoscaling: AutoscalingV2Api;
  readonly batch: BatchV1Api;
  readonly core: CoreV1Api;
  readonly custom: CustomObjectsApi;
  readonly discovery: DiscoveryV1Api;
  readonly networking: NetworkingV1Api;
  readonly policy: PolicyV1Api;
  readonly storage: StorageV1Api;
  /** Objects of any kind. */
  readonly objects: KubernetesObjectApi;

  constructor(kubeconfig: string) {
    this.config.loadFromFile(kubeconfig);
    this.apps = this.config.makeApiClient(AppsV1Api);
    this.authorization = this.config.makeApiClient(AuthorizationV1Api);
    this.autoscaling = this.config.makeApiClient(AutoscalingV2Api);
    this.batch = this.config.makeApiClient(BatchV1Api);
    this.core = this.config.makeApiClient(CoreV1Api);
    this.custom = this.config.makeApiClient(CustomObjectsApi);
    this.discovery = this.config.makeApiClient(DiscoveryV1Api);
    this.networking = this.config.makeApiClient(NetworkingV1Api);
    this.policy = this.config.makeApiClient(PolicyV1Api);
    this.storage = this.config.makeApiClient(StorageV1Api);
    this.objects = KubernetesObjectApi.makeApiClient(this.config);
  }

  /** Changes what is said of an object of any kind, and leaves the rest; null takes a field away. */
  mergePatch<T extends KubernetesObject>(change: T): Promise<unknown> {
    return this.objects.patch(change, undefined, undefined, undefined, undefined, PatchStrategy.MergePatch);
  }
}

/** Whether an error of the client says that there is no such object. */
export const isNotFound = (e: unknown): boolean => (e as { code?: number } | undefined)?.code === 404;
