import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { V1Pod, V1Service } from '@kubernetes/client-node';
import { isNotFound, type Kube } from './kube';
import { Loop } from './loop';
import { nameOf } from './pods';

const BINDINGS = { group: 'elbv2.k8s.aws', version: 'v1beta1', plural: 'targetgroupbindings' } as const;
const ROUTES = { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'httproutes' } as const;
const INJECT = 'elbv2.k8s.aws/pod-readiness-gate-inject';

interface Binding {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly targetType: string; readonly serviceRef: { readonly name: string } };
}
interface Route {
  readonly metadata: { readonly namespace: string };
  readonly spec: { readonly rules: readonly { readonly backendRefs?: readonly { readonly name: string }[] }[] };
}
interface Review {
  readonly request: { readonly uid: string; readonly namespace: string; readonly object: V1Pod };
}

/** The condition of a pod that is a healthy target of a binding. */
export const gateOf = (binding: string): string => `target-health.elbv2.k8s.aws/${binding}`;

/** The gates of a pod. */
export const gatesOf = ({ spec }: V1Pod): string[] => (spec?.readinessGates ?? []).map((gate) => gate.conditionType);

/**
 * What the AWS Load Balancer Controller does to the API: a TargetGroupBinding for each Service behind an Ingress, an HTTPRoute or
 * a load balancer of its own, a readiness gate for each new pod of a binding in a namespace with the label, and the condition of
 * the gate once the target is healthy.
 */
export class LoadBalancers {
  /** Whether new targets stay unhealthy. */
  private held = false;
  private readonly loop: Loop;

  private constructor(
    private readonly kube: Kube,
    private readonly server: https.Server,
  ) {
    this.loop = new Loop(300, () => this.reconcile());
  }

  /** @param certificate of a server on 127.0.0.1, and its key */
  static async start(kube: Kube, certificate: { readonly cert: string; readonly key: string }): Promise<LoadBalancers> {
    const server = https.createServer(certificate, (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        admit(kube, JSON.parse(Buffer.concat(parts).toString('utf8')))
          .then((answer) => response.end(JSON.stringify(answer)))
          .catch((e: unknown) => response.writeHead(500).end(String(e)));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const caBundle = Buffer.from(certificate.cert).toString('base64');
    await kube.objects.create(webhook(`https://127.0.0.1:${port}/mutate-v1-pod`, caBundle));
    return new LoadBalancers(kube, server);
  }

  /** From now on no new target gets healthy. */
  hold(): void {
    this.held = true;
  }
  /** They do again. */
  release(): void {
    this.held = false;
  }

  /** Throws what broke it. */
  assertRunning(): void {
    this.loop.assertRunning();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await this.loop.stop();
  }

  private async reconcile(): Promise<void> {
    for (const { kind, namespace, name } of await this.balanced()) {
      await this.bind(`k8s-${kind}-${name}`, namespace, name);
    }
    if (!this.held) {
      for (const binding of await bindingsIn(this.kube)) {
        await this.pass(binding);
      }
    }
  }

  /** The Services behind load balancers. */
  private async balanced() {
    const { items: ingresses } = await this.kube.networking.listIngressForAllNamespaces();
    const { items: services } = await this.kube.core.listServiceForAllNamespaces();
    const { items: routes } = (await this.kube.custom.listClusterCustomObject(ROUTES)) as { items: Route[] };
    return [
      ...ingresses.flatMap(({ metadata, spec }) =>
        (spec?.rules ?? []).flatMap(({ http }) =>
          (http?.paths ?? []).map(({ backend }) => ({
            kind: 'ingress',
            namespace: metadata!.namespace!,
            name: backend.service!.name,
          })),
        ),
      ),
      ...routes.flatMap(({ metadata, spec }) =>
        spec.rules.flatMap(({ backendRefs }) =>
          (backendRefs ?? []).map(({ name }) => ({ kind: 'route', namespace: metadata.namespace, name })),
        ),
      ),
      ...services
        .filter(({ spec }) => spec?.type === 'LoadBalancer')
        .map(({ metadata }) => ({ kind: 'service', namespace: metadata!.namespace!, name: metadata!.name! })),
    ];
  }

  private async bind(name: string, namespace: string, service: string): Promise<void> {
    try {
      await this.kube.custom.getNamespacedCustomObject({ ...BINDINGS, namespace, name });
    } catch (e) {
      if (!isNotFound(e)) {
        throw e;
      }
      const targetGroupARN = `arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/${name}/0123456789abcdef`;
      const body = {
        apiVersion: 'elbv2.k8s.aws/v1beta1',
        kind: 'TargetGroupBinding',
        metadata: { name, namespace },
        spec: { targetGroupARN, targetType: 'ip', serviceRef: { name: service, port: 80 } },
      };
      await this.kube.custom.createNamespacedCustomObject({ ...BINDINGS, namespace, body });
    }
  }

  /** Pods whose containers are ready are registered, and their targets are healthy. */
  private async pass(binding: Binding): Promise<void> {
    const { namespace } = binding.metadata;
    const type = gateOf(binding.metadata.name);
    const { items } = await this.kube.core.listNamespacedPod({ namespace });
    for (const pod of items) {
      const conditions = pod.status?.conditions ?? [];
      const has = (wanted: string) => conditions.some((one) => one.type === wanted && one.status === 'True');
      if (gatesOf(pod).includes(type) && !pod.metadata?.deletionTimestamp && has('ContainersReady') && !has(type)) {
        const others = conditions.filter((one) => one.type !== type);
        const passed = { type, status: 'True', lastTransitionTime: new Date() };
        await this.kube.core.replaceNamespacedPodStatus({
          name: nameOf(pod),
          namespace,
          body: { ...pod, status: { ...pod.status, conditions: [...others, passed] } },
        });
      }
    }
  }
}

async function bindingsIn(kube: Kube): Promise<readonly Binding[]> {
  const { items } = await kube.custom.listClusterCustomObject(BINDINGS);
  return items as Binding[];
}

/** A gate for each binding of pods by their addresses whose Service selects the pod. */
async function admit(kube: Kube, { request }: Review): Promise<object> {
  const { namespace, object: pod, uid } = request;
  const gates: string[] = [];
  for (const { metadata, spec } of await bindingsIn(kube)) {
    if (metadata.namespace === namespace && spec.targetType === 'ip') {
      const service = await kube.core.readNamespacedService({ namespace, name: spec.serviceRef.name });
      if (selects(service, pod)) {
        gates.push(gateOf(metadata.name));
      }
    }
  }
  const value = [...gatesOf(pod), ...gates].map((conditionType) => ({ conditionType }));
  const patch = gates.length === 0 ? [] : [{ op: 'add', path: '/spec/readinessGates', value }];
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: {
      uid,
      allowed: true,
      patchType: 'JSONPatch',
      patch: Buffer.from(JSON.stringify(patch)).toString('base64'),
    },
  };
}

function selects({ spec }: V1Service, { metadata }: V1Pod): boolean {
  const wanted = Object.entries(spec?.selector ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => metadata?.labels?.[key] === value);
}

/** The webhook of the controller; it fails where theirs is ignored, so that a test tells. */
const webhook = (url: string, caBundle: string) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  metadata: { name: 'aws-load-balancer-webhook' },
  webhooks: [
    {
      name: 'mpod.elbv2.k8s.aws',
      clientConfig: { url, caBundle },
      rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
      namespaceSelector: { matchExpressions: [{ key: INJECT, operator: 'In', values: ['enabled'] }] },
      failurePolicy: 'Fail',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
    },
  ],
});
