import { loadInventory } from '../../../review/load';
import { review } from '../../../review/review';
import type { ExistingObject } from '../../../review/rule';

type Labels = Readonly<Record<string, string>>;

const label = (mode: string): string => `pod-security.kubernetes.io/${mode}`;
const namespace = (labels: Labels) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: 'shop',
    labels: Object.fromEntries(Object.entries(labels).map(([mode, value]) => [label(mode), value])),
  },
});
const meta = { name: 'web', namespace: 'shop' };
const pod = (spec: object, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { ...meta, ...metadata },
  spec: { containers: [{ name: 'main', image: 'web:1' }], ...spec },
});
/** What level 'restricted' wants of a pod and of a container. */
const GOOD = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const GOOD_MAIN = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const main = (more: object = {}, name = 'main') => ({ name, image: 'web:1', securityContext: GOOD_MAIN, ...more });
const restricted = (spec: object = {}, metadata: object = {}) =>
  pod({ securityContext: GOOD, containers: [main()], ...spec }, metadata);

interface Beside {
  readonly version?: string;
  readonly existing?: readonly ExistingObject[];
}

function findings(objects: readonly object[], { version = '1.35', existing = [] }: Beside = {}) {
  const inventory = loadInventory(objects.map((value) => ({ value, origin: {} })));
  return review({ inventory, existing, kubernetesVersion: version }).filter(({ rule }) =>
    rule.startsWith('pod-security/'),
  );
}
const found = (objects: readonly object[], beside?: Beside) =>
  findings(objects, beside).map(({ rule, field }) => `${rule} ${field}`);
const inLevel = (level: string, object: object, beside?: Beside) =>
  found([namespace({ enforce: level }), object], beside).map((text) => text.replace(`pod-security/${level} `, ''));

test.each<[what: string, object: object, restricted: readonly string[], baseline: readonly string[]]>([
  ['a good pod', restricted(), [], []],
  [
    'a pod that says nothing',
    pod({}),
    [
      'spec.containers[0].securityContext.allowPrivilegeEscalation',
      'spec.containers[0].securityContext.capabilities.drop',
      'spec.securityContext.runAsNonRoot',
      'spec.securityContext.seccompProfile.type',
    ],
    [],
  ],
  ['the network of the node', restricted({ hostNetwork: true }), ['spec.hostNetwork'], ['spec.hostNetwork']],
  [
    'a sidecar among the init containers',
    restricted({ initContainers: [main({ securityContext: {}, restartPolicy: 'Always' }, 'proxy')] }),
    [
      'spec.initContainers[0].securityContext.allowPrivilegeEscalation',
      'spec.initContainers[0].securityContext.capabilities.drop',
    ],
    [],
  ],
  [
    'ports of the node, once a container',
    restricted({ containers: [main({ ports: [{ containerPort: 1 }, { hostPort: 80 }, { hostPort: 81 }] })] }),
    ['spec.containers[0].ports[1].hostPort'],
    ['spec.containers[0].ports[1].hostPort'],
  ],
  [
    'a capability of level baseline',
    restricted({
      containers: [main({ securityContext: { ...GOOD_MAIN, capabilities: { drop: ['ALL'], add: ['KILL'] } } })],
    }),
    ['spec.containers[0].securityContext.capabilities.add'],
    [],
  ],
  [
    'an annotation of AppArmor',
    restricted({}, { annotations: { 'container.apparmor.security.beta.kubernetes.io/main': 'unconfined' } }),
    ["metadata.annotations['container.apparmor.security.beta.kubernetes.io/main']"],
    ["metadata.annotations['container.apparmor.security.beta.kubernetes.io/main']"],
  ],
  ['a volume of NFS', restricted({ volumes: [{ name: 'a', nfs: {} }] }), ['spec.volumes[0].nfs'], []],
  ['a volume without a source, which is an emptyDir', restricted({ volumes: [{ name: 'a' }] }), [], []],
  [
    'a probe of another host',
    restricted({ containers: [main({ readinessProbe: { tcpSocket: { port: 1, host: 'db' } } })] }),
    ['spec.containers[0].readinessProbe.tcpSocket.host'],
    ['spec.containers[0].readinessProbe.tcpSocket.host'],
  ],
])('%s', (_, object, inRestricted, inBaseline) => {
  expect(inLevel('restricted', object)).toEqual(inRestricted);
  expect(inLevel('baseline', object)).toEqual(inBaseline);
  expect(inLevel('privileged', object)).toEqual([]);
});

/** A value under a path: { spec: { template: value } } of 'spec.template'. */
const nested = (path: string, value: unknown) =>
  path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object;

test.each([
  ['Deployment', 'apps/v1', 'spec.template'],
  ['StatefulSet', 'apps/v1', 'spec.template'],
  ['DaemonSet', 'apps/v1', 'spec.template'],
  ['ReplicaSet', 'apps/v1', 'spec.template'],
  ['Job', 'batch/v1', 'spec.template'],
  ['ReplicationController', 'v1', 'spec.template'],
  ['Rollout', 'argoproj.io/v1alpha1', 'spec.template'],
  ['CronJob', 'batch/v1', 'spec.jobTemplate.spec.template'],
  ['ScaledJob', 'keda.sh/v1alpha1', 'spec.jobTargetRef.template'],
  ['PodTemplate', 'v1', 'template'],
])('the pods of a %s are refused, while it is accepted itself', (kind, apiVersion, at) => {
  const annotations = { 'container.apparmor.security.beta.kubernetes.io/main': 'unconfined' };
  const template = { metadata: { annotations }, spec: restricted({ hostPID: true }).spec };
  const [profile, namespaces] = findings([
    namespace({ enforce: 'restricted' }),
    { apiVersion, kind, metadata: meta, ...nested(at, template) },
  ]);
  expect([profile?.field, namespaces?.field]).toEqual([
    `${at}.metadata.annotations['container.apparmor.security.beta.kubernetes.io/main']`,
    `${at}.spec.hostPID`,
  ]);
  expect(namespaces?.message).toBe(
    `the pod has hostPID: true, which level 'restricted:latest' of namespace 'shop' does not allow: the API server accepts ${kind} 'shop/web' and refuses its pods`,
  );
  expect(namespaces?.fix).toContain("level 'privileged'");
});

test('a finding names the container and what to write', () => {
  const [finding] = findings([
    namespace({ enforce: 'restricted' }),
    restricted({ containers: [main(), main({ securityContext: { capabilities: { drop: ['ALL'] } } }, 'proxy')] }),
  ]);
  expect(finding).toMatchObject({
    rule: 'pod-security/restricted',
    severity: 'error',
    container: 'proxy',
    field: 'spec.containers[1].securityContext.allowPrivilegeEscalation',
    message:
      "container 'proxy' has no securityContext.allowPrivilegeEscalation: false, which level 'restricted:latest' of namespace 'shop' requires: the API server refuses Pod 'shop/web'",
    fix: 'write spec.containers[1].securityContext.allowPrivilegeEscalation: false',
  });
});

describe('the version of the standards', () => {
  const rmem = restricted({ securityContext: { ...GOOD, sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] } });
  const root = restricted({ hostUsers: false, securityContext: { ...GOOD, runAsUser: 0, runAsNonRoot: false } });

  test.each<[labels: Labels, server: string, object: object, refused: number]>([
    [{}, '1.31', rmem, 1],
    [{}, '1.32', rmem, 0],
    [{ 'enforce-version': 'latest' }, '1.32', rmem, 0],
    [{ 'enforce-version': 'v1.31' }, '1.35', rmem, 1],
    // the API server knows no newer standards than its own
    [{ 'enforce-version': 'v1.40' }, '1.31', rmem, 1],
    [{}, '1.34', root, 2],
    [{}, '1.35', root, 0],
    [{ 'enforce-version': 'v1.7' }, '1.35', restricted({ containers: [{ name: 'main' }] }), 0],
    [{ 'enforce-version': 'v1.8' }, '1.35', restricted({ containers: [{ name: 'main' }] }), 1],
  ])('%j at Kubernetes %s', (labels, version, object, refused) => {
    expect(found([namespace({ enforce: 'restricted', ...labels }), object], { version })).toHaveLength(refused);
  });
});

describe('pods of Windows', () => {
  const windows = pod({ nodeSelector: { 'kubernetes.io/os': 'windows' }, securityContext: { runAsNonRoot: true } });

  test('need nothing that Windows has not, once they say what they are', () => {
    expect(inLevel('restricted', windows)).toHaveLength(3);
    expect(inLevel('restricted', { ...windows, spec: { ...windows.spec, os: { name: 'windows' } } })).toEqual([]);
  });

  test('are told to say it', () => {
    const all = findings([namespace({ enforce: 'restricted' }), windows]);
    expect(all.map(({ fix }) => fix?.includes("os: { name: 'windows' }"))).toEqual([true, true, true]);
  });
});

describe('the namespace', () => {
  const node = restricted({ hostNetwork: true });
  const exists = (labels?: Labels): Beside => ({
    existing: [{ kind: 'Namespace', namespace: '', name: 'shop', ...(labels ? { labels } : {}) }],
  });
  const enforces = { [label('enforce')]: 'baseline' };

  test.each<[what: string, objects: readonly object[], beside: Beside, expected: readonly string[]]>([
    ['is not in the set', [node], {}, []],
    ['has no labels', [namespace({}), node], {}, []],
    ['exists, without known labels', [node], exists(), []],
    ['exists, with a level', [node], exists(enforces), ['pod-security/baseline spec.hostNetwork']],
    [
      'exists, with a level that the set does not change',
      [namespace({}), node],
      exists(enforces),
      ['pod-security/baseline spec.hostNetwork'],
    ],
    ['exists, with a level that the set changes', [namespace({ enforce: 'privileged' }), node], exists(enforces), []],
    ['is another', [namespace({ enforce: 'baseline' }), restricted({ hostPID: true }, { namespace: 'b' })], {}, []],
    [
      'warns',
      [namespace({ enforce: 'privileged', warn: 'baseline' }), node],
      {},
      ['pod-security/warn spec.hostNetwork'],
    ],
    ['logs', [namespace({ audit: 'baseline' }), node], {}, ['pod-security/warn spec.hostNetwork']],
    [
      'warns and logs, reported once',
      [namespace({ warn: 'baseline', audit: 'restricted' }), node],
      {},
      ['pod-security/warn spec.hostNetwork'],
    ],
    [
      'enforces and warns, reported once',
      [
        namespace({ enforce: 'baseline', warn: 'restricted', audit: 'baseline' }),
        pod({ hostNetwork: true, securityContext: GOOD }),
      ],
      {},
      [
        'pod-security/baseline spec.hostNetwork',
        'pod-security/warn spec.containers[0].securityContext.allowPrivilegeEscalation',
        'pod-security/warn spec.containers[0].securityContext.capabilities.drop',
      ],
    ],
  ])('%s', (_, objects, beside, expected) => {
    expect(found(objects, beside)).toEqual(expected);
  });

  test.each<[labels: Labels, severity: string | undefined]>([
    [{ enforce: 'restricted', 'enforce-version': 'v1.35', warn: 'privileged', 'audit-version': 'latest' }, undefined],
    [{ enforce: 'Restricted' }, 'error'],
    [{ audit: '' }, 'error'],
    [{ 'enforce-version': '1.35' }, 'error'],
    [{ 'warn-version': 'v1.035' }, 'error'],
    [{ enforced: 'restricted' }, 'warning'],
  ])('with the labels %j', (labels, severity) => {
    const [key] = Object.keys(labels);
    expect(findings([namespace(labels)]).map((f) => [f.rule, f.severity, f.field])).toEqual(
      severity === undefined ? [] : [['pod-security/labels', severity, `metadata.labels['${label(key!)}']`]],
    );
  });

  test('of an invalid level is reported alone', () => {
    expect(found([namespace({ enforce: 'strict' }), node])).toEqual([
      `pod-security/labels metadata.labels['${label('enforce')}']`,
    ]);
  });
});
