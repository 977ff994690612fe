import { pod, said } from './pods';

const deployment = (spec: string, more = 'replicas: 3,') =>
  `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: a, namespace: shop }, spec: { ${more} selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b } }, spec: { ${spec} } } } }`;
const PORT = "containers: [{ name: c, image: 'c:1', ports: [{ containerPort: 80, hostPort: 80 }] }]";
const AFFINITY =
  'affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: kubernetes.io/hostname }] } }';

test.each([
  [
    'three replicas',
    deployment(PORT),
    ['warning host-ports/replicas spec.template.spec.containers[0].ports[0].hostPort'],
  ],
  ['one', deployment(PORT, ''), []],
  ['a node for each', deployment(`${PORT}, ${AFFINITY}`), []],
  [
    'the network of the node',
    deployment("hostNetwork: true, containers: [{ name: c, image: 'c:1', ports: [{ containerPort: 80 }] }]"),
    ['warning host-ports/replicas spec.template.spec.containers[0].ports[0].containerPort'],
  ],
  ['no host port', deployment("containers: [{ name: c, image: 'c:1', ports: [{ containerPort: 80 }] }]"), []],
])('host ports: %s', (_, yaml, expected) => {
  expect(said(yaml, 'host-ports')).toEqual(expected);
});

const C =
  "containers: [{ name: c, image: 'c:1', securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } } }]";
const SELECT = 'nodeSelector: { kubernetes.io/os: windows }';
test.each([
  [`${C}`, []],
  [`${SELECT}, ${C}`, ['warning windows/fields spec.containers[0].securityContext.capabilities']],
  [`os: { name: windows }, ${C}`, ['error windows/fields spec.containers[0].securityContext.capabilities']],
  [
    `os: { name: windows }, hostUsers: true, containers: [{ name: c, image: 'c:1' }]`,
    ['error windows/fields spec.hostUsers'],
  ],
  [`os: { name: linux }, ${SELECT}, ${C}`, ['warning windows/fields spec.nodeSelector']],
  [
    `os: { name: linux }, securityContext: { windowsOptions: {} }, ${C}`,
    ['error windows/fields spec.securityContext.windowsOptions'],
  ],
  [`os: { name: windows }, containers: [{ name: c, image: 'c:1', securityContext: { runAsNonRoot: true } }]`, []],
])('{ %s }', (spec, expected) => {
  expect(said(pod(spec), 'windows')).toEqual(expected);
});

const space = (metadata: string) => `{ apiVersion: v1, kind: Namespace, metadata: { name: shop, ${metadata} } }\n---\n`;
const RESTRICTED = 'pod-security.kubernetes.io/enforce: restricted';
const QUOTA =
  '{ apiVersion: v1, kind: ResourceQuota, metadata: { name: q, namespace: shop }, spec: { hard: { limits.memory: 4Gi } } }\n---\n';
const web = (metadata = '') =>
  `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: w, namespace: shop }, spec: { selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b }, ${metadata} }, spec: { containers: [{ name: c, image: 'c:1' }] } } } }`;
const AT = 'spec.template.metadata';

test.each([
  [
    'a mesh in a restricted namespace',
    space(`labels: { ${RESTRICTED}, istio-injection: enabled }`) + web(),
    ['metadata.labels.istio-injection'],
  ],
  [
    'a revision of it',
    space(`labels: { ${RESTRICTED}, istio.io/rev: stable }`) + web(),
    ["metadata.labels['istio.io/rev']"],
  ],
  ['in a privileged one', space('labels: { istio-injection: enabled }') + web(), []],
  [
    'beside a quota',
    QUOTA + space('labels: { istio-injection: enabled }') + web(),
    ['metadata.labels.istio-injection'],
  ],
  ['switched off', space(`labels: { ${RESTRICTED}, istio-injection: disabled }`) + web(), []],
  [
    'an empty namespace',
    space(`labels: { ${RESTRICTED}, istio-injection: enabled }`) + web().replace('namespace: shop', 'namespace: other'),
    [],
  ],
  [
    'a pod that is left out',
    space(`labels: { ${RESTRICTED}, istio-injection: enabled }`) +
      web("annotations: { sidecar.istio.io/inject: 'false' }"),
    [],
  ],
  [
    'a pod that asks',
    space(`labels: { ${RESTRICTED} }`) + web("annotations: { sidecar.istio.io/inject: 'true' }"),
    [`${AT}.annotations['sidecar.istio.io/inject']`],
  ],
  [
    'another mesh',
    space(`annotations: { linkerd.io/inject: enabled }, labels: { ${RESTRICTED} }`) + web(),
    ["metadata.annotations['linkerd.io/inject']"],
  ],
  [
    'secrets under a quota',
    QUOTA + web("annotations: { vault.hashicorp.com/agent-inject: 'true' }"),
    [`${AT}.annotations['vault.hashicorp.com/agent-inject']`],
  ],
  [
    'secrets without one',
    space(`labels: { ${RESTRICTED} }`) + web("annotations: { vault.hashicorp.com/agent-inject: 'true' }"),
    [],
  ],
])('injected: %s', (_, yaml, fields) => {
  expect(said(yaml, 'containers')).toEqual(fields.map((field) => `warning containers/injected ${field}`));
});

const updated = (kind: string, spec: string) =>
  `{ apiVersion: apps/v1, kind: ${kind}, metadata: { name: a, namespace: default }, spec: { ${spec}, selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: c, image: 'c:1' }] } } } }`;
test.each([
  ['Deployment', "strategy: { rollingUpdate: { maxSurge: '0%', maxUnavailable: 0 } }", 'spec.strategy.rollingUpdate'],
  ['Deployment', 'strategy: { rollingUpdate: { maxUnavailable: 0 } }', undefined],
  ['Deployment', 'strategy: { type: Recreate, rollingUpdate: { maxSurge: 1 } }', 'spec.strategy.rollingUpdate'],
  ['Deployment', 'strategy: { type: Recreate }', undefined],
  ['Deployment', 'replicas: -1', 'spec.replicas'],
  ['DaemonSet', 'updateStrategy: { rollingUpdate: { maxUnavailable: 0 } }', 'spec.updateStrategy.rollingUpdate'],
  ['DaemonSet', 'updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }', undefined],
  [
    'StatefulSet',
    'updateStrategy: { type: OnDelete, rollingUpdate: { partition: 1 } }',
    'spec.updateStrategy.rollingUpdate',
  ],
])('%s { %s }', (kind, spec, field) => {
  expect(said(updated(kind, spec), 'workloads')).toEqual(field ? [`error workloads/update-strategy ${field}`] : []);
});

const claim = (spec: string) =>
  `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: a }, spec: { ${spec} } }`;
const SIZE = 'resources: { requests: { storage: 1Gi } }';
test.each([
  [claim(SIZE), ['spec.accessModes']],
  [claim('accessModes: [ReadWriteOnce]'), ['spec.resources.requests.storage']],
  [claim(`accessModes: [ReadWriteOncePod, ReadOnlyMany], ${SIZE}`), ['spec.accessModes']],
  [claim(`accessModes: [ReadWriteOnce, ReadOnlyMany], ${SIZE}`), []],
  [
    pod(
      `containers: [{ name: c, image: 'c:1' }], volumes: [{ name: v, ephemeral: { volumeClaimTemplate: { spec: { ${SIZE} } } } }]`,
    ),
    ['spec.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes'],
  ],
])('%s', (yaml, fields) => {
  expect(said(yaml, 'volumes')).toEqual(fields.map((field) => `error volumes/claim ${field}`));
});
