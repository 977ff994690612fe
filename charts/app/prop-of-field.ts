import type { PodSpec } from '../../imports/kubernetes';
import type { Finding } from '../../kube/finding';

/** An object of a pattern, as `customize` names it. */
export interface PatternObject {
  /** 'deployment'. */
  readonly key: string;
  /** The workload's name, which its own container has. */
  readonly workload: string;
  readonly pod: PodSpec | undefined;
}

type Row = readonly [field: RegExp, prop: string];

/** Fields of the workload's own container. */
const OF_CONTAINER: readonly Row[] = [
  [/^resources\.(?:requests|limits)\.cpu\b/, 'resources.cpu'],
  [/^resources\.(?:requests|limits)\.memory\b/, 'resources.memory'],
  [/^resources\b/, 'resources'],
  [/^imagePullPolicy\b/, 'imagePullPolicy'],
  [/^image\b/, 'image'],
  [/^envFrom\b/, 'envFrom'],
  [/^env\b/, 'env'],
  [/^command\b/, 'command'],
  [/^args\b/, 'args'],
  [/^livenessProbe\b/, 'probes.liveness'],
  [/^readinessProbe\b/, 'probes.readiness'],
  [/^startupProbe\b/, 'probes.startup'],
  [/^securityContext\.runAs/, 'user'],
  [/^securityContext\b/, 'security'],
  [/^lifecycle\.postStart\b/, 'postStart'],
  [/^lifecycle\b/, 'shutdown'],
];
/** Fields of the pod. */
const OF_POD: readonly Row[] = [
  [/^os\b/, 'placement.os'],
  [/^(?:affinity|nodeName|nodeSelector|tolerations|topologySpreadConstraints)\b/, 'placement'],
  [/^terminationGracePeriodSeconds\b/, 'shutdown'],
  [/^resourceClaims\b/, 'resourceClaims'],
  [/^priorityClassName\b/, 'priority'],
  [/^imagePullSecrets\b/, 'imagePullSecrets'],
  [/^dnsConfig\b/, 'dns'],
  [/^securityContext\.(?:runAs|fsGroup|windowsOptions)/, 'user'],
];
/** Fields of the other objects, by their name in `customize`. */
const OF_OBJECT: Readonly<Record<string, readonly Row[]>> = {
  deployment: [
    [/^spec\.replicas\b/, 'replicas'],
    [/^spec\.(?:strategy|minReadySeconds|progressDeadlineSeconds|revisionHistoryLimit|paused)\b/, 'rollout'],
  ],
  rollout: [
    [/^spec\.replicas\b/, 'replicas'],
    [/^spec\.(?!template\b)/, 'rollout'],
  ],
  statefulSet: [
    [/^spec\.replicas\b/, 'replicas'],
    [/^spec\.podManagementPolicy\b/, 'order'],
    [/^spec\.ordinals\b/, 'firstOrdinal'],
    [/^spec\.updateStrategy\b/, 'updateStrategy'],
    [/^spec\.persistentVolumeClaimRetentionPolicy\b/, 'persistentVolumeClaimRetentionPolicy'],
    [/^spec\.volumeClaimTemplates\b/, 'storage'],
  ],
  cronJob: [
    [/^spec\.schedule\b/, 'schedule'],
    [/^spec\.timeZone\b/, 'timeZone'],
  ],
  scaledJob: [
    [/^spec\.triggers\b/, 'triggers'],
    [/^spec\.maxReplicaCount\b/, 'max'],
    [/^spec\.minReplicaCount\b/, 'min'],
    [/^spec\.scalingStrategy\b/, 'scalingStrategy'],
  ],
  autoscaler: [[/^spec\b/, 'replicas']],
  scaledObject: [
    [/^spec\.triggers\b/, 'replicas.triggers'],
    [/^spec\b/, 'replicas'],
  ],
  disruptionBudget: [[/^spec\b/, 'disruption']],
  ingress: [[/./, 'expose']],
  loadBalancerService: [[/./, 'expose']],
  httpRoute: [[/./, 'expose']],
  grpcRoute: [[/./, 'expose']],
  tcpRoute: [[/./, 'expose']],
  tlsRoute: [[/./, 'expose']],
  udpRoute: [[/./, 'expose']],
  listenerRuleConfiguration: [[/./, 'expose']],
  targetGroupConfiguration: [[/./, 'expose']],
  targetGroupBinding: [[/./, 'expose']],
  service: [
    [/^spec\.ports\b/, 'port'],
    [/^spec\.trafficDistribution\b/, 'trafficDistribution'],
  ],
  role: [[/^rules\b/, 'apiAccess']],
  clusterRole: [[/^rules\b/, 'apiAccess.cluster']],
  networkPolicy: [
    [/^spec\.egress\b/, 'connectsTo'],
    [/^spec\.ingress\b/, 'acceptsFrom'],
  ],
  configMap: [[/^data\b/, 'env']],
  filesConfigMap: [[/^data\b/, 'files']],
};

/** The prop that decides on the field of a finding; where there is none, the edit that can change it. */
export function propOf(finding: Pick<Finding, 'field' | 'container'>, object: PatternObject): string {
  const { field = '' } = finding;
  const inPod = /^spec\.(?:jobTemplate\.spec\.|jobTargetRef\.)?template\.spec\.(.*)$/.exec(field)?.[1];
  const found =
    inPod === undefined ? match(OF_OBJECT[object.key] ?? [], field) : propInPod(inPod, finding.container, object);
  return found ?? `customize.${object.key}`;
}

function propInPod(field: string, container: string | undefined, { workload, pod }: PatternObject): string | undefined {
  const [, list, index, rest = ''] = /^(containers|initContainers)\[(\d+)\](?:\.(.*))?$/.exec(field) ?? [];
  if (list === undefined) {
    return match(OF_POD, field);
  }
  const one = pod?.[list as 'containers' | 'initContainers']?.[Number(index)];
  if ((container ?? one?.name) === workload) {
    return match(OF_CONTAINER, rest);
  }
  return list === 'containers' ? undefined : one?.restartPolicy === 'Always' ? 'sidecars' : 'initContainers';
}

function match(rows: readonly Row[], field: string): string | undefined {
  return rows.find(([pattern]) => pattern.test(field))?.[1];
}
