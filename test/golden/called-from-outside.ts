/** Who calls pods from outside of the cluster, as the written objects say: load balancers, their clients, the API server. */
import type { PodObject } from 'cdk8s-eks-patterns/review';
import { MEMBER_LABEL } from '../../kube/labels';
import { podContainers } from '../../kube/pod-containers';
import type { Manifest } from './programs';

export interface OutsideCall {
  readonly ranges: readonly string[];
  /** 'TCP 8080'. */
  readonly port: string;
}

export interface Outside {
  readonly manifests: readonly Manifest[];
  readonly loadBalancerSubnets: { readonly public: readonly string[]; readonly private: readonly string[] } | undefined;
  readonly vpc: string;
}

/** A port of a Service that something outside calls. */
interface Called {
  readonly namespace: string;
  readonly service: string;
  /** A name or a number. */
  readonly port: string | number;
  readonly ranges: readonly string[];
  /** Of UDP, whose clients keep their addresses. */
  readonly clients?: readonly string[];
  /** Of health checks. */
  readonly probed?: string | undefined;
}

export function callsFromOutside(pod: PodObject, outside: Outside): OutsideCall[] {
  const { manifests } = outside;
  const called = manifests.flatMap((one) => [
    ...ofIngress(one, outside),
    ...ofService(one, outside),
    ...ofRoute(one, outside),
    ...ofWebhooks(one, outside),
  ]);
  return called.flatMap(({ namespace, service, port, ranges, clients = [], probed }) => {
    const found = manifests.find(
      ({ kind, metadata }) => kind === 'Service' && metadata.namespace === namespace && metadata.name === service,
    );
    const selector = Object.entries(found?.spec.selector ?? {});
    // the label of a member has its number at the end, which no template knows
    const isMember = (value: unknown) => `${value}`.replace(/-\d+$/, '') === pod.manifest.metadata.name;
    const isBehind =
      pod.namespace === namespace &&
      selector.every(([key, value]) => (key === MEMBER_LABEL ? isMember(value) : pod.labels[key] === value));
    const own = found?.spec.ports.find((one: Manifest) => one.name === port || one.port === port);
    if (!isBehind || !own) {
      return [];
    }
    const { targetPort, protocol = 'TCP' } = own;
    const ports = podContainers(pod).flatMap(({ container }) => container.ports ?? []);
    const number = ports.find((one) => one.name === targetPort)?.containerPort ?? targetPort;
    return [
      { ranges, port: `${protocol} ${number}` },
      ...(protocol === 'UDP' ? [{ ranges: clients, port: `UDP ${number}` }] : []),
      ...(Number(probed) > 0 ? [{ ranges, port: `TCP ${probed}` }] : []),
    ];
  });
}

const ALB = 'alb.ingress.kubernetes.io';
const NLB = 'service.beta.kubernetes.io/aws-load-balancer';

function subnetsOf(scheme: string, { loadBalancerSubnets }: Outside): readonly string[] {
  return loadBalancerSubnets?.[scheme === 'internet-facing' ? 'public' : 'private'] ?? [];
}

/** Backends, and those of actions: the weights of a canary. */
function ofIngress({ kind, metadata, spec }: Manifest, outside: Outside): Called[] {
  if (kind !== 'Ingress') {
    return [];
  }
  const { namespace, annotations } = metadata;
  const rest = {
    namespace,
    ranges: subnetsOf(annotations[`${ALB}/scheme`], outside),
    probed: annotations[`${ALB}/healthcheck-port`],
  };
  const paths: readonly Manifest[] = spec.rules.flatMap((rule: Manifest) => rule.http.paths);
  const backends = paths.map(({ backend: { service } }) => ({
    ...rest,
    service: service.name,
    port: service.port.name ?? service.port.number,
  }));
  const actions = Object.entries<string>(annotations).filter(([key]) => key.startsWith(`${ALB}/actions.`));
  const groups = actions.flatMap(([, text]) => (JSON.parse(text).forwardConfig?.targetGroups ?? []) as Manifest[]);
  return [...backends, ...groups.map((one) => ({ ...rest, service: one.serviceName, port: one.servicePort }))];
}

function ofService({ kind, metadata, spec }: Manifest, outside: Outside): Called[] {
  return kind === 'Service' && spec.type === 'LoadBalancer'
    ? spec.ports.map(({ name }: Manifest) => ({
        namespace: metadata.namespace,
        service: metadata.name,
        port: name,
        ranges: subnetsOf(metadata.annotations[`${NLB}-scheme`], outside),
        clients: spec.loadBalancerSourceRanges ?? ['0.0.0.0/0'],
        probed: metadata.annotations[`${NLB}-healthcheck-port`],
      }))
    : [];
}

/** Backends of a route, which the load balancer of its Gateway calls. */
function ofRoute({ kind, metadata, spec }: Manifest, outside: Outside): Called[] {
  if (!/^(HTTP|GRPC|TCP|TLS|UDP)Route$/.test(kind)) {
    return [];
  }
  const of = (name: string, namespace: string, ofKind: string): Manifest | undefined =>
    outside.manifests.find(
      (one) => one.kind === ofKind && one.metadata.name === name && one.metadata.namespace === namespace,
    );
  const [parent] = spec.parentRefs;
  const balancer = of(parent.name, parent.namespace ?? metadata.namespace, 'LoadBalancerConfiguration')?.spec;
  return spec.rules.flatMap(({ backendRefs = [] }: Manifest) =>
    backendRefs.map(({ name, namespace = metadata.namespace, port }: Manifest) => ({
      namespace,
      service: name,
      port,
      ranges: subnetsOf(balancer?.scheme, outside),
      clients: balancer?.sourceRanges ?? ['0.0.0.0/0'],
      probed: of(name, namespace, 'TargetGroupConfiguration')?.spec.defaultConfiguration.healthCheckConfig
        .healthCheckPort,
    })),
  );
}

/** The API server has addresses of the VPC. */
function ofWebhooks({ kind, webhooks = [] }: Manifest, { vpc }: Outside): Called[] {
  return /WebhookConfiguration$/.test(kind)
    ? webhooks.flatMap(({ clientConfig: { service } }: Manifest) =>
        service
          ? [{ namespace: service.namespace, service: service.name, port: service.port ?? 443, ranges: [vpc] }]
          : [],
      )
    : [];
}
