import { clusterSide } from '../../../../review/cluster-side';
import { deployment, effectsOf, object, said } from './support';

const role = (...rules: object[]) => object('rbac.authorization.k8s.io/v1', 'Role', 'web', { rules });
const rule = (resources: string[], verbs: string[], apiGroups = ['']) => ({ apiGroups, resources, verbs });
const binding = (...names: string[]) =>
  object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'web', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'web' },
    subjects: names.map((name) => ({ kind: 'ServiceAccount', name })),
  });

test('verbs that a role gains and loses are told by subject', () => {
  const [before, after] = [role(rule(['pods'], ['get', 'list'])), role(rule(['pods'], ['get', 'watch']))];
  expect(said(effectsOf([before, binding('web')], [after, binding('web')]))).toEqual([
    "notice: ServiceAccount 'shop/web' may watch pods in namespace 'shop', which it could not before",
    "notice: ServiceAccount 'shop/web' may no longer list pods in namespace 'shop'",
  ]);
});

test.each([
  [rule(['secrets'], ['get']), "get secrets in namespace 'shop'"],
  [rule(['*'], ['*']), "do everything with everything in namespace 'shop'"],
  [
    rule(['roles'], ['escalate'], ['rbac.authorization.k8s.io']),
    "escalate roles of rbac.authorization.k8s.io in namespace 'shop'",
  ],
])('%j is a danger', (added, text) => {
  const base = rule(['configmaps'], ['get']);
  expect(said(effectsOf([role(base), binding('web')], [role(base, added), binding('web')]))).toEqual([
    `danger: ServiceAccount 'shop/web' may ${text}, which it could not before`,
  ]);
});

test('a binding for one more, and a rule that says the same in other words', () => {
  const own = role(rule(['pods', 'services'], ['get']));
  expect(said(effectsOf([own, binding('web')], [own, binding('web', 'worker')]))).toEqual([
    "notice: ServiceAccount 'shop/worker' may get pods in namespace 'shop'; get services in namespace 'shop', which it could not before",
  ]);
  expect(
    effectsOf([own, binding('web')], [role(rule(['services'], ['get']), rule(['pods'], ['get'])), binding('web')]),
  ).toEqual([]);
});

test('cluster-admin', () => {
  const admin = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'admins' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'Group', name: 'ops' }],
  };
  expect(said(effectsOf([], [admin]))).toEqual([
    "danger: Group 'ops' may do what ClusterRole 'cluster-admin' allows, which it could not before",
  ]);
  expect(said(effectsOf([admin], []))).toEqual([
    "notice: ClusterRoleBinding 'admins' stays, and still grants ClusterRole 'cluster-admin' to Group 'ops'",
  ]);
});

test('pods that run as another account, and its role of AWS', () => {
  const as = (serviceAccountName: string) => deployment({}, { serviceAccountName });
  expect(said(effectsOf([as('a')], [as('b')]), 'permission')).toEqual([
    "notice: the pods of Deployment 'shop/web' run as ServiceAccount 'b' instead of 'a', with its permissions",
  ]);
  const account = (arn: string) =>
    object('v1', 'ServiceAccount', 'web', {}, { annotations: { 'eks.amazonaws.com/role-arn': arn } });
  expect(said(effectsOf([account('arn:aws:iam::1:role/a')], [account('arn:aws:iam::1:role/b')]))).toEqual([
    "notice: pods of ServiceAccount 'shop/web' that start from now on have the role arn:aws:iam::1:role/b instead of arn:aws:iam::1:role/a; those that run keep theirs",
  ]);
});

test('permissions of AWS in the ClusterConfigs', () => {
  const cluster = (...actions: string[]) =>
    clusterSide({
      apiVersion: 'eksctl.io/v1alpha5',
      kind: 'ClusterConfig',
      metadata: { name: 'prod', region: 'us-west-2' },
      iam: {
        podIdentityAssociations: [
          {
            namespace: 'shop',
            serviceAccountName: 'web',
            permissionPolicy: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: actions, Resource: 'arn:aws:s3:::files/*' }],
            },
          },
        ],
      },
    } as never);
  const options = {
    kubernetesVersion: '1.36',
    clusterBefore: cluster('s3:GetObject'),
    cluster: cluster('s3:PutObject'),
  };
  expect(said(effectsOf([], [], options))).toEqual([
    "notice: ServiceAccount 'shop/web' gets in AWS: s3:PutObject on arn:aws:s3:::files/*, once the cluster has the new ClusterConfig",
    "notice: ServiceAccount 'shop/web' loses in AWS: s3:GetObject on arn:aws:s3:::files/*, once the cluster has the new ClusterConfig",
  ]);
  expect(said(effectsOf([], [], { ...options, cluster: cluster('s3:*') }))[0]).toMatch(/^danger: /);
  expect(effectsOf([], [], { kubernetesVersion: '1.36', cluster: cluster('s3:GetObject') })).toEqual([]);
});
