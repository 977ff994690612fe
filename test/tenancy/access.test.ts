import { pick, seeded } from '../review/damage';
import { appOf, existingCluster, find, type Manifest, newApp, newCluster, newTenant, synth } from '../support/app';
import { refusedBy } from '../support/findings';

const TEAM = 'arn:aws:iam::111122223333:role/team';
const LEAD = 'arn:aws:iam::111122223333:user/lead';
const bindings = (manifests: readonly Manifest[]) =>
  manifests
    .filter(({ kind }) => kind === 'RoleBinding')
    .map(({ metadata, roleRef, subjects }) => [metadata.name, roleRef, subjects.map((one: Manifest) => one)]);

describe('access of IAM principals', () => {
  it.each([
    ['view', 'AmazonEKSViewPolicy'],
    ['edit', 'AmazonEKSEditPolicy'],
    ['admin', 'AmazonEKSAdminPolicy'],
  ] as const)('to %s is an access entry for the namespace alone', (level, policy) => {
    const { clusterConfig, manifests } = synth(appOf(newTenant({ access: { [level]: [TEAM] } })));
    expect(clusterConfig!.accessConfig.accessEntries).toEqual([
      {
        principalARN: TEAM,
        accessPolicies: [
          {
            policyARN: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
            accessScope: { type: 'namespace', namespaces: ['shop'] },
          },
        ],
      },
    ]);
    expect(bindings(manifests)).toEqual([]);
  });

  it('of several tenants is one entry of each principal', () => {
    const shop = newTenant({ access: { edit: [TEAM], admin: [LEAD] } });
    newTenant({ access: { edit: [TEAM], view: [LEAD] } }, shop.node.scope as never, 'office');
    const entries: Manifest[] = synth(appOf(shop)).clusterConfig!.accessConfig.accessEntries;
    expect(
      entries.map(({ principalARN, accessPolicies }) => [
        principalARN,
        accessPolicies.map(({ policyARN, accessScope }: Manifest) => [
          policyARN.replace(/^.*\/AmazonEKS/, ''),
          ...accessScope.namespaces,
        ]),
      ]),
    ).toEqual([
      [TEAM, [['EditPolicy', 'office', 'shop']]],
      [
        LEAD,
        [
          ['AdminPolicy', 'shop'],
          ['ViewPolicy', 'office'],
        ],
      ],
    ]);
  });

  it('to a cluster that exists is a step', () => {
    const tenant = newTenant({ access: { edit: [TEAM] } }, existingCluster());
    const { files } = synth(appOf(tenant));
    expect(files['cluster/prod.md']).toMatch(/eksctl create accessentry -f - [\s\S]*AmazonEKSEditPolicy/);
  });

  it('without a cluster is reported, since nothing is written for it', () => {
    const found = (access: object) => {
      const tenant = newTenant({ access }, newApp());
      synth(appOf(tenant));
      return appOf(tenant).findings.map(({ rule, severity, field }) => [rule, severity, field]);
    };
    const reported = ['tenant/access-without-cluster', 'warning', 'access'];
    expect(found({ view: [TEAM] })).toContainEqual(reported);
    expect(found({ view: [{ group: 'team' }] })).not.toContainEqual(reported);
  });
});

describe('access of groups', () => {
  const group = (name: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name });
  const role = (name: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name });

  it('is a binding in the namespace to the role of each level', () => {
    const access = { admin: [{ group: 'leads' }], edit: [TEAM, { group: 'oidc:team' }, { group: 'ops' }], view: [] };
    const { manifests, clusterConfig } = synth(appOf(newTenant({ access })));
    expect(bindings(manifests)).toEqual([
      ['access-admin', role('admin'), [group('leads')]],
      ['access-edit', role('edit'), [group('oidc:team'), group('ops')]],
    ]);
    expect(find(manifests, 'RoleBinding', 'access-edit').metadata.namespace).toBe('shop');
    expect(clusterConfig!.accessConfig.accessEntries).toHaveLength(1);
  });

  it('can be edited', () => {
    const tenant = newTenant({
      access: { view: [{ group: 'support' }] },
      customize: {
        viewBinding: (binding) => {
          binding.metadata.annotations = { edited: 'yes' };
        },
      },
    });
    expect(tenant.accessBindings.view!.toJson().metadata.annotations).toEqual({ edited: 'yes' });
    expect(tenant.accessBindings.edit).toBeUndefined();
  });
});

describe('random access of several tenants', () => {
  const people = ['a', 'b', 'c', 'd'].map((name) => `arn:aws:iam::111122223333:role/${name}`);
  const POLICIES = { admin: 'AmazonEKSAdminPolicy', edit: 'AmazonEKSEditPolicy', view: 'AmazonEKSViewPolicy' } as const;

  test.each(Array.from({ length: 40 }, (_, seed) => seed))('is given whole, and no more: %i', (seed) => {
    const random = seeded(seed);
    const expected: string[] = [];
    const app = newApp();
    const cluster = newCluster(app);
    for (const namespace of ['shop', 'office', 'yard'].slice(0, 1 + Math.floor(random() * 3))) {
      const access: Record<string, object[]> = {};
      for (const principal of people) {
        const level = pick(random, ['admin', 'edit', 'view', undefined] as const);
        if (level !== undefined) {
          const group = `${principal.replace(/^.*\//, '')}-${level}`;
          access[level] = [...(access[level] ?? []), principal as never, ...(random() < 0.5 ? [{ group }] : [])];
          expected.push(`${principal} ${POLICIES[level]} ${namespace}`);
          if (access[level].some((one) => (one as { group?: string }).group === group)) {
            expected.push(`${group} ${level} ${namespace}`);
          }
        }
      }
      newTenant({ access }, cluster, namespace);
    }
    const { clusterConfig, manifests } = synth(app);
    const entries: Manifest[] = clusterConfig!.accessConfig.accessEntries ?? [];
    const given = entries.flatMap(({ principalARN, accessPolicies }) =>
      accessPolicies.flatMap(({ policyARN, accessScope }: Manifest) =>
        accessScope.namespaces.map((name: string) => `${principalARN} ${policyARN.replace(/^.*\//, '')} ${name}`),
      ),
    );
    const bound = manifests
      .filter(({ kind }) => kind === 'RoleBinding')
      .flatMap(({ metadata, roleRef, subjects }) =>
        subjects.map(({ name }: Manifest) => `${name} ${roleRef.name} ${metadata.namespace}`),
      );
    expect([...given, ...bound].sort()).toEqual(expected.sort());
    // EKS takes one entry of a principal
    expect(new Set(entries.map(({ principalARN }) => principalARN)).size).toBe(entries.length);
  });
});

describe('what gives nobody access', () => {
  it.each([
    [[{ principal: TEAM, level: 'view' }], 'props/type', 'access'],
    [{ write: [TEAM] }, 'props/unknown', 'access.write'],
    [{ edit: TEAM }, 'props/type', 'access.edit'],
    [{ edit: ['team'] }, 'props/invalid', 'access.edit[0]'],
    [{ edit: ['arn:aws:iam::111122223333:group/team'] }, 'props/invalid', 'access.edit[0]'],
    [{ edit: [TEAM, 7] }, 'props/type', 'access.edit[1]'],
    [{ view: [{ group: '' }] }, 'props/type', 'access.view[0].group'],
    [{ view: [{ name: 'team' }] }, 'props/unknown', 'access.view[0].name'],
    [{ view: [{ group: 'system:masters' }] }, 'props/forbidden', 'access.view[0].group'],
    [{ admin: [TEAM], view: [TEAM] }, 'props/duplicate', 'access.view[0]'],
    [{ edit: [{ group: 'a' }, { group: 'a' }] }, 'props/duplicate', 'access.edit[1]'],
  ])('%j is refused', (access, rule, field) => {
    expect(refusedBy(() => newTenant({ access } as never))).toEqual([rule, field]);
  });
});
