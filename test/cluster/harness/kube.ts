import {
  AppsV1Api,
  AuthorizationV1Api,
  AutoscalingV2Api,
  BatchV1Api,
  CoreV1Api,
  DiscoveryV1Api,
  KubeConfig,
  KubernetesObjectApi,
  PolicyV1Api,
  StorageV1Api,
} from '@kubernetes/client-node';

/** The official client, as one user. */
export class Kube {
  readonly config = new KubeConfig();
  readonly apps: AppsV1Api;
  readonly authorization: AuthorizationV1Api;
  readonly autoscaling: AutoscalingV2Api;
  readonly batch: BatchV1Api;
  readonly core: CoreV1Api;
  readonly discovery: DiscoveryV1Api;
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
    this.discovery = this.config.makeApiClient(DiscoveryV1Api);
    this.policy = this.config.makeApiClient(PolicyV1Api);
    this.storage = this.config.makeApiClient(StorageV1Api);
    this.objects = KubernetesObjectApi.makeApiClient(this.config);
  }
}

/** Whether an error of the client says that there is no such object. */
export const isNotFound = (e: unknown): boolean => (e as { code?: number } | undefined)?.code === 404;
