import { Secret } from 'cdk8s-eks-patterns';
import * as plus from 'cdk8s-plus-28';
import {
  appOf,
  find,
  job,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  podOf,
  synth,
  web,
} from '../support/app';
import { refusedBy } from '../support/findings';

const allow = [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::bucket/*'] }];
const associationsOf = (workload: object) =>
  synth(appOf(workload as ReturnType<typeof web>)).clusterConfig!.iam.podIdentityAssociations.filter(
    (a: { namespace: string }) => a.namespace === 'shop',
  );

describe('permissions in AWS', () => {
  it.each(PATTERN_NAMES)('of %s become a role of its own service account', (pattern) => {
    const workload = PATTERNS[pattern]({ aws: { allow } });
    expect(associationsOf(workload)).toEqual([
      {
        namespace: 'shop',
        serviceAccountName: workload.name,
        createServiceAccount: false,
        permissionPolicy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::bucket/*'] }],
        },
      },
    ]);
  });

  it('are none without a word', () => {
    expect(associationsOf(web())).toEqual([]);
  });

  it('need the pod identity agent on node groups, which Auto Mode has', () => {
    const addons = (workload: ReturnType<typeof web>) =>
      synth(appOf(workload)).clusterConfig!.addons.map((a: { name: string }) => a.name);
    expect(addons(web({ aws: { allow } }))).toContain('eks-pod-identity-agent');
    expect(addons(web({ aws: { allow } }, newTenant({}, newAutoCluster())))).not.toContain('eks-pod-identity-agent');
  });

  it('keep their conditions', () => {
    const conditions = { StringEquals: { 'aws:ResourceTag/team': 'shop' } };
    const [association] = associationsOf(web({ aws: { allow: [{ ...allow[0], conditions }] } }));
    expect(association.permissionPolicy.Statement[0].Condition).toEqual(conditions);
  });

  it('by managed policy are ARNs of the region’s partition', () => {
    const managedPolicies = ['AmazonS3ReadOnlyAccess', 'arn:aws:iam::111122223333:policy/own'];
    const [association] = associationsOf(web({ aws: { managedPolicies } }));
    expect(association.permissionPolicyARNs).toEqual([
      'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
      'arn:aws:iam::111122223333:policy/own',
    ]);
    expect(association).not.toHaveProperty('permissionPolicy');
    const china = newTenant({}, newCluster(newApp(), { region: 'cn-north-1' } as object));
    expect(associationsOf(web({ aws: { managedPolicies: ['X'] } }, china))[0].permissionPolicyARNs).toEqual([
      'arn:aws-cn:iam::aws:policy/X',
    ]);
  });

  it('and those of its secrets are one policy', () => {
    const tenant = newTenant();
    const secret = Secret.fromSecretsManager(tenant, 's', { secret: 'shop/s' });
    const [association] = associationsOf(web({ aws: { allow }, env: { A: secret.file('value') } }, tenant));
    expect(association.permissionPolicy.Statement.map((s: { Action: string[] }) => s.Action[0])).toEqual([
      's3:GetObject',
      'secretsmanager:DescribeSecret',
    ]);
  });

  it('of a role that exists are that role’s', () => {
    const role = 'arn:aws:iam::111122223333:role/own';
    expect(associationsOf(web({ aws: { role } }))).toEqual([
      { namespace: 'shop', serviceAccountName: 'web', createServiceAccount: false, roleARN: role },
    ]);
  });

  it('of a role that exists, for a secret, are a step for its owner', () => {
    const tenant = newTenant();
    const role = 'arn:aws:iam::111122223333:role/own';
    const secret = Secret.fromSecretsManager(tenant, 's', { secret: 'shop/s' });
    web({ aws: { role }, env: { A: secret.file('value') } }, tenant);
    const { steps } = synth(appOf(tenant));
    expect(steps).toContain(`Permissions of role ${role}`);
    expect(steps).toMatch(/prod\/shop\/web' exists already; allow it `secretsmanager:DescribeSecret, .*shop\/s-\?{6}/);
  });

  it.each([
    [{}, 'props/required', 'aws'],
    [{ allow: [] }, 'props/required', 'aws'],
    [{ role: 'own' }, 'props/invalid', 'aws.role'],
    [{ role: 'arn:aws:iam::111122223333:role/x', allow }, 'props/forbidden', 'aws.role'],
    [{ allow: [{ actions: [], resources: ['*'] }] }, 'props/invalid', 'aws.allow[0].actions'],
    [{ allow: [{ actions: ['s3:*'], resources: [] }] }, 'props/invalid', 'aws.allow[0].resources'],
    [{ allow: [{ actions: ['*'], resources: ['*'] }] }, 'props/invalid', 'aws.allow[0].actions[0]'],
    [{ allow: [{ actions: ['GetObject'], resources: ['*'] }] }, 'props/invalid', 'aws.allow[0].actions[0]'],
    [{ allow: [{ actions: ['s3:GetObject'], resources: ['bucket'] }] }, 'props/invalid', 'aws.allow[0].resources[0]'],
    [{ allow: [{ ...allow[0], effect: 'Deny' }] }, 'props/unknown', 'aws.allow[0].effect'],
    [{ managedPolicies: ['a b'] }, 'props/invalid', 'aws.managedPolicies[0]'],
    [{ policy: 'x' }, 'props/unknown', 'aws.policy'],
  ])('%j is refused', (aws, rule, field) => {
    expect(refusedBy(() => web({ aws }))).toEqual([rule, field]);
  });
});

describe('access to the Kubernetes API', () => {
  const apiAccess = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'watch'] }];

  it.each(PATTERN_NAMES)('of %s is a role in its namespace, bound to its account, and the token', (pattern) => {
    const workload = PATTERNS[pattern]({ apiAccess });
    const { name } = workload;
    expect(workload.role!.toJson()).toMatchObject({ metadata: { name, namespace: 'shop' }, rules: apiAccess });
    expect(workload.roleBinding!.toJson()).toMatchObject({
      metadata: { name, namespace: 'shop' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: 'shop' }],
    });
    expect(podOf(workload).spec).toMatchObject({ automountServiceAccountToken: true, serviceAccountName: name });
  });

  it('is none without a word: no role, no token', () => {
    const workload = job();
    expect(workload.role).toBeUndefined();
    expect(workload.roleBinding).toBeUndefined();
    expect(podOf(workload).spec.automountServiceAccountToken).toBe(false);
    expect(workload.serviceAccount.toJson().automountServiceAccountToken).toBe(false);
  });

  it('given by cdk8s-plus mounts the token, and binds the account by name', () => {
    const tenant = newTenant();
    const workload = web({}, tenant);
    const role = new plus.Role(tenant, 'Reader', { metadata: { name: 'reader' } });
    role.allowRead(plus.ApiResource.PODS);
    role.bind(workload);
    const { manifests } = synth(appOf(tenant));
    expect(find(manifests, 'Deployment').spec.template.spec.automountServiceAccountToken).toBe(true);
    expect(podOf(workload).spec.automountServiceAccountToken).toBe(true);
    const binding = manifests.filter((m) => m.kind === 'RoleBinding');
    expect(binding).toHaveLength(1);
    expect(binding[0]!.subjects).toEqual([
      expect.objectContaining({ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }),
    ]);
  });

  it.each(PATTERN_NAMES)('of %s in the whole cluster is a ClusterRole named for both, and the token', (pattern) => {
    const cluster = [{ apiGroups: [''], resources: ['nodes'], verbs: ['list'] }];
    const workload = PATTERNS[pattern]({ apiAccess: { cluster } });
    const name = `shop:${workload.name}`;
    const { metadata, rules } = workload.clusterRole!.toJson();
    expect({ metadata, rules }).toMatchObject({ metadata: { name }, rules: cluster });
    expect(metadata).not.toHaveProperty('namespace');
    expect(workload.clusterRoleBinding!.toJson()).toMatchObject({
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: workload.name, namespace: 'shop' }],
    });
    expect(workload.role).toBeUndefined();
    expect(podOf(workload).spec.automountServiceAccountToken).toBe(true);
  });

  it('of both reaches is four objects, and opens the API server once', () => {
    const tenant = newTenant();
    const cluster = [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }];
    web({ apiAccess: { namespace: apiAccess, cluster } }, tenant);
    const { manifests, warnings } = synth(appOf(tenant));
    expect(manifests.filter((m) => /Role/.test(m.kind)).map((m) => m.kind)).toEqual(
      expect.arrayContaining(['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding']),
    );
    expect(warnings.join()).not.toContain('rbac/');
    const policy = find(manifests, 'NetworkPolicy', 'web');
    const toApi = policy.spec.egress.filter((rule: object) => JSON.stringify(rule).includes('10.100.0.1/32'));
    expect(toApi).toHaveLength(1);
  });

  it('with a wildcard has its reason as an annotation, and no key of ours in the rule', () => {
    const rule = { apiGroups: ['example.com'], resources: ['*'], verbs: ['get'] };
    const made = web({
      apiAccess: { cluster: [{ ...rule, because: 'it mirrors all of them' }] },
    }).clusterRole!.toJson();
    expect(made.rules).toEqual([rule]);
    expect(Object.values(made.metadata.annotations!)).toEqual(['it mirrors all of them']);
  });

  it('is edited by customize', () => {
    const cluster = [{ apiGroups: [''], resources: ['nodes'], verbs: ['list'] }];
    const edit = (role: { rules: { verbs: string[] }[] }) => {
      role.rules[0]!.verbs.push('watch');
    };
    const made = web({ apiAccess: { cluster }, customize: { clusterRole: edit } });
    expect(made.clusterRole!.toJson().rules![0]!.verbs).toEqual(['list', 'watch']);
    expect(cluster[0]!.verbs).toEqual(['list']);
  });

  it.each([
    [{ cluster: [{ apiGroups: [''], resources: ['*'], verbs: ['get'] }] }, 'props/forbidden', 'cluster[0].resources'],
    [{ cluster: [{ apiGroups: [''], resources: ['a'], verbs: ['*'] }] }, 'props/forbidden', 'cluster[0].verbs'],
    [{ cluster: [{ nonResourceURLs: ['*'], verbs: ['get'] }] }, 'props/forbidden', 'cluster[0].nonResourceURLs'],
    [
      { namespace: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }] },
      'props/forbidden',
      'namespace[0].nonResourceURLs',
    ],
    [
      { cluster: [{ apiGroups: [''], resources: ['*'], verbs: ['get'], because: ' ' }] },
      'props/type',
      'cluster[0].because',
    ],
    [{ cluster: [{ apiGroup: '', resources: ['a'], verbs: ['get'] }] }, 'props/unknown', 'cluster[0].apiGroup'],
    [{ cluster: {} }, 'props/type', 'cluster'],
    [{ clusterWide: [] }, 'props/unknown', 'clusterWide'],
  ])('%j is refused, wherever it reaches', (access, rule, field) => {
    expect(refusedBy(() => web({ apiAccess: access }))).toEqual([rule, `apiAccess.${field}`]);
  });

  it('rules are copied, so that the role stays what was checked', () => {
    const rules = structuredClone(apiAccess);
    const workload = web({ apiAccess: rules });
    const first = workload.role!.toJson();
    first.rules![0]!.verbs.push('*');
    expect(workload.role!.toJson().rules).toEqual(apiAccess);
    expect(rules).toEqual(apiAccess);
  });

  it.each([
    [[{ apiGroups: [''], resources: ['*'], verbs: ['get'] }], 'props/forbidden', 'apiAccess[0].resources'],
    [[{ apiGroups: [''], resources: ['pods'], verbs: ['*'] }], 'props/forbidden', 'apiAccess[0].verbs'],
    [[{ resources: ['pods'], verbs: ['get'] }], 'props/required', 'apiAccess[0].apiGroups'],
    [[{ apiGroups: [], resources: ['pods'], verbs: ['get'] }], 'props/invalid', 'apiAccess[0].apiGroups'],
    [[{ apiGroups: [''], resources: ['pods'], verbs: [] }], 'props/invalid', 'apiAccess[0].verbs'],
  ])('%j is refused', (rules, rule, field) => {
    expect(refusedBy(() => web({ apiAccess: rules }))).toEqual([rule, field]);
  });
});

it('each workload has a service account of its own, and none is called default', () => {
  const tenant = newTenant();
  web({}, tenant, 'one');
  web({}, tenant, 'two');
  const { manifests } = synth(appOf(tenant));
  const accounts = manifests.filter((m) => m.kind === 'ServiceAccount').map((m) => m.metadata.name);
  expect(accounts.sort()).toEqual(['one', 'two']);
  expect(find(manifests, 'Deployment', 'one').spec.template.spec.serviceAccountName).toBe('one');
});
