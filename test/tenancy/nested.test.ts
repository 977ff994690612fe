import { Tenant, type TenantProps } from 'cdk8s-eks-patterns';
import { appOf, find, job, type Manifest, newApp, newCluster, newTenant, synth, web } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const TEAM = 'arn:aws:iam::111122223333:role/team';
const nested = (outer: TenantProps, inner: TenantProps = {}) => {
  const shop = newTenant(outer);
  return { shop, batch: new Tenant(shop, 'shop-batch', inner) };
};
const metadata = (tenant: Tenant) => tenant.namespaceObject.toJson().metadata;

describe('a tenant within a tenant', () => {
  it('is a further namespace of it, in a file of its own', () => {
    const { shop, batch } = nested({ team: 'storefront' });
    web({}, shop);
    job({}, batch);
    const { files, manifests } = synth(appOf(shop));
    expect(files['shop.k8s.yaml']).not.toContain('shop-batch');
    expect(files['shop-batch.k8s.yaml']).toMatch(/^apiVersion: v1\nkind: Namespace\n/);
    expect(manifests.find(({ kind }) => kind === 'Job')!.metadata.namespace).toBe('shop-batch');
    expect(metadata(batch).labels).toMatchObject({ owner: 'storefront', 'app.kubernetes.io/part-of': 'shop' });
    expect(metadata(shop).labels).toMatchObject({ owner: 'storefront', 'app.kubernetes.io/part-of': 'shop' });
  });

  it('has the people, contact, costs, nodes and rules of the tenant, each unless it has its own', () => {
    const outer: TenantProps = {
      access: { edit: [TEAM, { group: 'team' }] },
      contact: '#shop',
      costs: { 'cost-center': '42', product: 'shop' },
      admission: { labels: ['cost-center'] },
    };
    const { shop, batch } = nested(outer, { costs: { product: 'reports' }, contact: '#reports' });
    const { manifests, clusterConfig } = synth(appOf(shop));
    expect(metadata(batch)).toMatchObject({
      labels: { 'cost-center': '42', product: 'reports', 'cdk8s-eks-patterns.io/admission': 'deny' },
      annotations: {
        'cdk8s-eks-patterns.io/contact': '#reports',
        'cdk8s-eks-patterns.io/required-labels': 'cost-center',
      },
    });
    const bindings = manifests.filter(({ kind }) => kind === 'RoleBinding');
    expect(bindings.map((one: Manifest) => one.metadata.namespace).sort()).toEqual(['shop', 'shop-batch']);
    const [{ accessPolicies }] = clusterConfig!.accessConfig.accessEntries;
    expect(accessPolicies[0].accessScope.namespaces).toEqual(['shop', 'shop-batch']);
  });

  it('runs on the nodes of the outer one', () => {
    const { batch } = nested({ nodes: 'dedicated' });
    const { nodeSelector } = web({}, batch).deployment.toJson().spec.template.spec;
    expect(nodeSelector).toEqual({ 'cdk8s-eks-patterns.io/tenant': 'shop' });
    expect(metadata(batch).labels).toMatchObject({ 'cdk8s-eks-patterns.io/tenant': 'shop' });
  });

  it('has its own quota, level and network', () => {
    const because = 'the test says so';
    const { shop, batch } = nested({ quota: { pods: 3 }, podSecurity: { level: 'baseline', because } });
    web({}, batch);
    expect(batch.resourceQuota!.toJson().spec.hard).not.toEqual({ pods: '3' });
    expect(metadata(batch).labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    expect(batch.networkPolicy!.toJson().metadata.namespace).toBe('shop-batch');
    expect(findingsOf(() => appOf(shop))).toEqual([]);
  });

  it('of the same name is refused, as any chart', () => {
    const cluster = newCluster();
    const shop = newTenant({}, cluster);
    new Tenant(shop, 'office');
    newTenant({}, cluster, 'office');
    expect(findingsOf(() => appOf(cluster)).length).toBeGreaterThan(0);
  });
});

describe('costs', () => {
  const costs = { 'cost-center': '42' };

  it('are labels of the namespace, of every workload and of its pods, and not of selectors', () => {
    const shop = newTenant({ costs, defaults: { labels: { tier: 'front' } } });
    const { metadata: own, spec } = web({}, shop).deployment.toJson();
    expect(metadata(shop).labels).toMatchObject(costs);
    expect(metadata(shop).labels).not.toHaveProperty('tier');
    expect(own.labels).toMatchObject({ ...costs, tier: 'front' });
    expect(spec.template.metadata!.labels).toMatchObject(costs);
    expect(spec.selector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'web' });
  });

  it('are activated by a step, once for all tenants that have the same', () => {
    const shop = newTenant({ costs });
    newTenant({ costs: { 'cost-center': '7' } }, shop.node.scope as never, 'office');
    const { files } = synth(appOf(shop));
    const tags = files['cluster/prod.md']!.match(/TagKey=\S+?,Status=Active/g);
    expect(tags).toEqual(
      ['cost-center', 'owner', 'aws:eks:cluster-name', 'aws:eks:namespace', 'aws:eks:workload-name'].map(
        (key) => `TagKey=${key},Status=Active`,
      ),
    );
    expect(synth(appOf(newTenant())).files['cluster/prod.md']).not.toContain('TagKey');
  });

  it('need no cluster', () => {
    const shop = newTenant({ costs }, newApp());
    expect(find(synth(appOf(shop)).manifests, 'Namespace').metadata.labels).toMatchObject(costs);
  });

  it.each([
    [{ costs: { 'cost center': '42' } }, 'props/invalid', "costs['cost center']"],
    [{ costs: { 'cost-center': 42 } }, 'props/type', "costs['cost-center']"],
    [{ costs: { owner: 'me' } }, 'props/forbidden', "costs['owner']"],
    [{ costs: { 'app.kubernetes.io/name': 'x' } }, 'props/forbidden', "costs['app.kubernetes.io/name']"],
    [{ costs: ['cost-center'] }, 'props/type', 'costs'],
  ])('%j is refused', (props, rule, field) => {
    expect(refusedBy(() => newTenant(props as never))).toEqual([rule, field]);
  });
});
