import { Expose } from 'cdk8s-eks-patterns';
import { appOf, find, newApp, newAutoCluster, newCluster, newTenant, synth, web } from '../support/app';
import { refusedBy } from '../support/findings';

const because = 'the test says so';
const labelsOf = (tenant: ReturnType<typeof newTenant>) => tenant.namespaceObject.toJson().metadata.labels!;
const PSS = ['audit', 'enforce', 'warn'].map((mode) => `pod-security.kubernetes.io/${mode}`);

describe('the namespace of a tenant', () => {
  it('is named by the id, cluster-scoped, and the first object of its file', () => {
    const tenant = newTenant();
    expect(tenant.namespaceObject.toJson().metadata).toMatchObject({ name: 'shop' });
    expect(tenant.namespaceObject.toJson().metadata).not.toHaveProperty('namespace');
    web({}, tenant);
    const { files } = synth(appOf(tenant));
    expect(files['shop.k8s.yaml']).toMatch(/^apiVersion: v1\nkind: Namespace\n/);
  });

  it('enforces the restricted Pod Security Standard, and tells of it in all three modes', () => {
    const labels = labelsOf(newTenant());
    expect(PSS.map((key) => labels[key])).toEqual(['restricted', 'restricted', 'restricted']);
  });

  it.each(['baseline', 'privileged'] as const)('of level %s says why', (level) => {
    const tenant = newTenant({ podSecurity: { level, because } });
    expect(PSS.map((key) => labelsOf(tenant)[key])).toEqual([level, level, level]);
    expect(tenant.namespaceObject.toJson().metadata.annotations).toEqual({
      'cdk8s-eks-patterns.io/pod-security-because': because,
    });
  });

  it('is owned by the team, which is the id unless said, as are its workloads', () => {
    expect(labelsOf(newTenant())).toMatchObject({ owner: 'shop', 'app.kubernetes.io/part-of': 'shop' });
    const tenant = newTenant({ team: 'payments' });
    expect(labelsOf(tenant).owner).toBe('payments');
    expect(web({}, tenant).deployment.toJson().metadata.labels!.owner).toBe('payments');
  });

  it('takes labels of the user', () => {
    expect(labelsOf(newTenant({ labels: { 'example.com/cost': '42' } }))['example.com/cost']).toBe('42');
  });

  const alb = Expose.alb({ scheme: 'internal', host: 'shop.example.com' });
  it.each([
    ['node groups', newCluster, 'elbv2.k8s.aws/pod-readiness-gate-inject'],
    ['Auto Mode', newAutoCluster, 'eks.amazonaws.com/pod-readiness-gate-inject'],
  ])('on %s asks for readiness gates once a workload stands behind a load balancer', (_what, cluster, key) => {
    const tenant = newTenant({}, cluster(newApp()));
    web({}, tenant, 'inner');
    expect(Object.keys(labelsOf(tenant)).join()).not.toContain('readiness-gate');
    web({ expose: alb }, tenant, 'outer');
    expect(labelsOf(tenant)[key]).toBe('enabled');
    expect(Object.keys(labelsOf(tenant)).filter((k) => k.includes('readiness-gate'))).toEqual([key]);
  });

  it.each([
    ['default', {}, 'props/forbidden', ''],
    ['kube-system', {}, 'props/forbidden', ''],
    ['kube-public', {}, 'props/forbidden', ''],
    ['kube-node-lease', {}, 'props/forbidden', ''],
    ['Shop', {}, 'props/invalid', ''],
    ['a'.repeat(64), {}, 'props/invalid', ''],
    ['shop', { team: 'a b' }, 'props/invalid', 'team'],
    ['shop', { podSecurity: { level: 'baseline' } }, 'props/required', 'podSecurity.because'],
    ['shop', { podSecurity: 'baseline' }, 'props/type', 'podSecurity'],
    ['shop', { podSecurity: { level: 'open', because } }, 'props/unsupported', 'podSecurity.level'],
    ['shop', { network: { open: true } }, 'props/required', 'network.because'],
    ['shop', { network: { open: false, because } }, 'props/unsupported', 'network.open'],
    ['shop', { network: 'open' }, 'props/type', 'network'],
    ['shop', { labels: { a: 'b c' } }, 'props/invalid', "labels['a']"],
    ['shop', { teem: 'x' }, 'props/unknown', 'teem'],
    ['shop', { defaults: { usr: 1 } }, 'props/unknown', 'defaults.usr'],
    ['shop', { customize: { limits: () => undefined } }, 'props/unknown', 'customize.limits'],
    [
      'shop',
      { quota: 'none', customize: { resourceQuota: () => undefined } },
      'props/forbidden',
      'customize.resourceQuota',
    ],
  ])('%s with %j is refused', (id, props, rule, field) => {
    expect(refusedBy(() => newTenant(props as object, newCluster(), id))).toEqual([rule, field]);
  });

  it('can be edited, object by object', () => {
    const tenant = newTenant({
      customize: {
        namespace: (n) => {
          n.metadata.annotations = { edited: 'yes' };
        },
        limitRange: (l) => {
          l.spec!.limits.pop();
        },
      },
    });
    expect(tenant.namespaceObject.toJson().metadata.annotations).toEqual({ edited: 'yes' });
    expect(tenant.limitRange.toJson().spec!.limits).toHaveLength(1);
  });
});

describe('isolation', () => {
  it('denies both directions to every pod', () => {
    const policy = newTenant().networkPolicy!.toJson();
    expect(policy.spec!.podSelector).toEqual({});
    expect([...policy.spec!.policyTypes!].sort()).toEqual(['Egress', 'Ingress']);
    expect(policy.spec!.ingress ?? []).toEqual([]);
  });

  it('asks the cluster to enforce it', () => {
    const { clusterConfig } = synth(appOf(newTenant()));
    const cni = clusterConfig!.addons.find((a: { name: string }) => a.name === 'vpc-cni');
    expect(JSON.parse(cni.configurationValues)).toEqual({ enableNetworkPolicy: 'true' });
  });

  it('is lifted with a reason, for the namespace and its workloads', () => {
    const tenant = newTenant({ network: { open: true, because } });
    expect(tenant.networkPolicy).toBeUndefined();
    expect(web({}, tenant).networkPolicy).toBeUndefined();
    expect(tenant.namespaceObject.toJson().metadata.annotations).toEqual({
      'cdk8s-eks-patterns.io/open-network-because': because,
    });
    const { manifests, clusterConfig } = synth(appOf(tenant));
    expect(manifests.map((m) => m.kind)).not.toContain('NetworkPolicy');
    expect(clusterConfig!.addons.find((a: { name: string }) => a.name === 'vpc-cni')).toEqual({ name: 'vpc-cni' });
  });
});

describe('the limits of containers that say nothing', () => {
  const limits = newLimits();
  function newLimits() {
    return newTenant().limitRange.toJson().spec!.limits;
  }
  it('are requests and a memory limit, so that the quota can count them', () => {
    const container = limits.find((l) => l.type === 'Container')!;
    expect(Object.keys(container.defaultRequest!).sort()).toEqual(['cpu', 'ephemeral-storage', 'memory']);
    expect(container.default!.memory).toBe(container.defaultRequest!.memory);
  });

  it('are no CPU limit, which would throttle those that left it out on purpose', () => {
    expect(limits.find((l) => l.type === 'Container')!.default).not.toHaveProperty('cpu');
  });
});

it('a tenant without a cluster is whole', () => {
  const tenant = newTenant({}, newApp());
  const { manifests, files } = synth(appOf(tenant));
  expect(Object.keys(files)).toEqual(['shop.k8s.yaml']);
  expect(find(manifests, 'Namespace').metadata.name).toBe('shop');
});
