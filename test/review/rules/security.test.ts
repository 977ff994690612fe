import { KubeObject } from 'cdk8s-eks-patterns';
import { loadInventory } from '../../../review/load';
import { review } from '../../../review/review';
import { appOf, newTenant, synth, web } from '../../support/app';

function found(...manifests: readonly object[]): string[] {
  return review({ inventory: loadInventory(manifests.map((value) => ({ value, origin: {} }))) }).flatMap(
    ({ rule, field }) =>
      rule.startsWith('security/') ? [`${rule.slice('security/'.length)} ${field ?? ''}`.trim()] : [],
  );
}
const SAFE = {
  image: 'a',
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
  },
};
const podOf = (container: object, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { automountServiceAccountToken: false, containers: [{ name: 'web', ...SAFE, ...container }], ...spec },
});
const DENY = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny', namespace: 'shop' },
  spec: { podSelector: {} },
};
const namespace = (level: string) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': level } },
});
const context = (more: object) => ({ securityContext: { ...SAFE.securityContext, ...more } });

describe('a pod', () => {
  test.each<[string, object, string[]]>([
    ['that is safe', podOf({}), []],
    ['on the network of its node', podOf({}, { hostPID: true, hostIPC: true }), ['host-access spec.hostPID']],
    [
      'with files of its node',
      podOf({}, { volumes: [{ name: 'v', hostPath: { path: '/' } }] }),
      ['host-access spec.volumes[0].hostPath'],
    ],
    ['that is privileged', podOf(context({ privileged: true })), ['privileged spec.containers[0].securityContext']],
    [
      'with a capability',
      podOf(context({ capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] } })),
      ['privileged spec.containers[0].securityContext'],
    ],
    [
      'that may gain privileges',
      podOf(context({ allowPrivilegeEscalation: true })),
      ['privilege-escalation spec.containers[0].securityContext'],
    ],
    ['as root', podOf(context({ runAsUser: 0 })), ['run-as-root spec.containers[0].securityContext']],
    ['with a user', podOf(context({ runAsNonRoot: undefined, runAsUser: 1000 })), []],
    [
      'that writes',
      podOf(context({ readOnlyRootFilesystem: false })),
      ['writable-root spec.containers[0].securityContext'],
    ],
    [
      'with a token',
      podOf({}, { automountServiceAccountToken: undefined }),
      ['service-account-token spec.automountServiceAccountToken'],
    ],
  ])('%s', (_what, pod, expected) => {
    expect(found(pod, DENY)).toEqual(expected);
  });

  test('of an agent may share with its node in a namespace that agents have for themselves', () => {
    const { metadata, spec } = podOf({}, { hostPID: true });
    const agent = (namespace: string) => ({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent', namespace },
      spec: { selector: { matchLabels: { app: 'agent' } }, template: { metadata: { labels: { app: 'agent' } }, spec } },
    });
    const DENY_DEFAULT = { ...DENY, metadata: { name: 'deny', namespace: 'default' } };
    expect(found(agent('shop'), DENY)).toEqual([]);
    expect(found(agent('shop'), podOf({}), DENY)).toEqual(['host-access spec.template.spec.hostPID']);
    expect(found(agent('default'), DENY_DEFAULT)).toContain('host-access spec.template.spec.hostPID');
    expect(metadata.namespace).toBe('shop');
  });

  test('what the namespace enforces is not told twice', () => {
    const bad = podOf({ securityContext: { privileged: true, readOnlyRootFilesystem: true } }, { hostNetwork: true });
    expect(found(bad, DENY, namespace('restricted'))).toEqual([]);
    const rules = (level: string) => found(bad, DENY, namespace(level)).map((text) => text.split(' ')[0]);
    expect(rules('baseline')).toEqual(['privilege-escalation', 'run-as-root']);
    expect(rules('privileged')).toEqual(['host-access', 'privilege-escalation', 'privileged', 'run-as-root']);
  });

  test('is reported beside a binding whose subject has no name', () => {
    const head = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: 'b', namespace: 'shop' } };
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' };
    const binding = { ...head, kind: 'RoleBinding', roleRef, subjects: [{ kind: 'Group' }] };
    const pod = podOf({}, { automountServiceAccountToken: undefined });
    expect(found(pod, DENY, binding)).toEqual(['service-account-token spec.automountServiceAccountToken']);
  });

  test('with a binding needs its token; an account without one says so itself', () => {
    const pod = podOf({}, { automountServiceAccountToken: undefined, serviceAccountName: 'web' });
    const subjects = [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }];
    const head = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'b', namespace: 'shop' },
    };
    expect(found(pod, DENY, { ...head, roleRef: { kind: 'Role', name: 'r' }, subjects })).toEqual([]);
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web', namespace: 'shop' } };
    expect(found(pod, DENY, { ...account, automountServiceAccountToken: false })).toEqual([]);
    expect(found(pod, DENY, account)).toHaveLength(1);
  });
});

describe('a role', () => {
  const role = (kind: string, rule: object) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: { name: 'r', ...(kind === 'Role' ? { namespace: 'shop' } : {}) },
    rules: [{ apiGroups: [''], ...rule }],
  });
  test.each<[string, object, string[]]>([
    ['Role', { resources: ['*'], verbs: ['get'] }, ['rbac-wildcard']],
    ['Role', { resources: ['configmaps'], verbs: ['*'] }, ['rbac-wildcard']],
    ['Role', { resources: ['users'], verbs: ['impersonate'] }, ['rbac-escalation']],
    ['Role', { resources: ['serviceaccounts/token'], verbs: ['create'] }, ['rbac-escalation']],
    ['ClusterRole', { resources: ['secrets'], verbs: ['watch'] }, ['rbac-secrets']],
    ['ClusterRole', { resources: ['secrets'], verbs: ['get'], resourceNames: ['a'] }, []],
    ['Role', { resources: ['secrets'], verbs: ['get'] }, []],
    ['Role', { resources: ['pods'], verbs: ['create'] }, ['rbac-pods']],
    ['Role', { resources: ['pods/exec'], verbs: ['create'] }, ['rbac-pods']],
    ['Role', { resources: ['pods'], verbs: ['get', 'list'] }, []],
  ])('%s %j: %j', (kind, rule, expected) => {
    expect(found(role(kind, rule)).map((text) => text.split(' ')[0])).toEqual(expected);
  });

  test.each([
    ['system:masters', 'everyone'],
    ['system:anonymous', 'everyone'],
    ['developers', undefined],
  ])('bound to %s', (name, expected) => {
    const head = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'b' } };
    const binding = { ...head, roleRef: { kind: 'ClusterRole', name: 'view' }, subjects: [{ kind: 'Group', name }] };
    expect(found(binding)).toEqual(expected === undefined ? [] : [`${expected} subjects[0]`]);
  });
});

test('objects without a namespace are not in default until someone says so', () => {
  const map = (metadata: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', ...metadata } });
  expect(found(map({}))).toEqual([]);
  expect(found(map({ namespace: 'default' }), map({ namespace: 'default', name: 'b' }))).toEqual([
    'default-namespace metadata.namespace',
  ]);
});

test('advice does not fail or warn at synthesis, and a raw pod beside the patterns gets it', () => {
  const shop = newTenant({ podSecurity: { level: 'privileged', because: 'the test says so' } });
  web({}, shop);
  new KubeObject(shop, 'Raw', podOf({ securityContext: { privileged: true } }) as never);
  synth(appOf(shop));
  const { findings, warnings } = appOf(shop);
  expect(findings).toContainEqual(expect.objectContaining({ rule: 'security/privileged', construct: 'prod/shop/Raw' }));
  expect(warnings.join()).not.toContain('security/');
});
