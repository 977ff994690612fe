import { NodePool, Placement } from 'cdk8s-eks-patterns';
import {
  agent,
  appOf,
  job,
  type Manifest,
  NODE_GROUP,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  scheduled,
  stateful,
  synth,
  web,
  worker,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const KEY = 'cdk8s-eks-patterns.io/tenant';
const TAINT = { key: KEY, value: 'shop', effect: 'NoSchedule' };
const TOLERATION = { key: KEY, operator: 'Equal', value: 'shop', effect: 'NoSchedule' };
const OWN = { ...NODE_GROUP, name: 'shop', tenant: 'shop' };
const clusterWith = (...groups: object[]) => newCluster(newApp(), { nodeGroups: [NODE_GROUP, ...groups] as never });
const dedicated = (props: object = {}, cluster = clusterWith(OWN)) =>
  newTenant({ nodes: 'dedicated', ...props }, cluster);
const specIn = (object: Manifest) => (object.spec.jobTemplate?.spec ?? object.spec).template.spec;

describe('nodes of one tenant', () => {
  it('have its label and its taint, beside those of the group', () => {
    const group = { ...OWN, labels: { disk: 'fast' }, taints: [{ key: 'a', effect: 'NoExecute' }] };
    const { clusterConfig } = synth(appOf(clusterWith(group)));
    const { labels, taints } = clusterConfig!.managedNodeGroups.find(
      ({ name }: Manifest) => name === ('shop' as never),
    );
    expect(labels).toEqual({ disk: 'fast', [KEY]: 'shop' });
    expect(taints).toEqual([{ key: 'a', effect: 'NoExecute' }, TAINT]);
  });

  it('are those of a NodePool as well', () => {
    const cluster = newAutoCluster();
    const { nodePool } = new NodePool(cluster, 'shop-nodes', { limits: 'none', tenant: 'shop' });
    const { metadata, spec } = nodePool.toJson().spec.template as never as Manifest;
    expect([metadata.labels, spec.taints]).toEqual([{ [KEY]: 'shop' }, [TAINT]]);
    web({}, dedicated({}, cluster as never));
    expect(findingsOf(() => appOf(cluster))).toEqual([]);
  });

  it.each([
    ['a web service', web],
    ['a worker', worker],
    ['a stateful service', stateful],
    ['a job', job],
    ['a scheduled job', scheduled],
  ])('take the pods of every pattern: %s', (_what, add) => {
    const tenant = dedicated();
    const workload = (add as typeof web)({}, tenant) as unknown as Record<string, { toJson(): Manifest }>;
    const controller = ['deployment', 'statefulSet', 'job', 'cronJob'].flatMap((key) => workload[key] ?? [])[0]!;
    const spec = specIn(controller.toJson());
    expect([spec.nodeSelector, spec.tolerations]).toEqual([{ [KEY]: 'shop' }, [TOLERATION]]);
    synth(appOf(tenant));
  });

  it('take agents, which tolerate every taint', () => {
    const tenant = dedicated();
    const spec = specIn(agent({}, tenant).daemonSet.toJson() as never);
    expect([spec.nodeSelector, spec.tolerations]).toEqual([{ [KEY]: 'shop' }, [{ operator: 'Exists' }]]);
  });

  it('keep what a workload says of its placement', () => {
    const tenant = dedicated();
    const toleration = { key: 'x', operator: 'Exists' as const };
    const { deployment } = web({ placement: { nodeLabels: { a: 'b' }, tolerations: [toleration] } }, tenant);
    const spec = specIn(deployment.toJson() as never);
    expect([spec.nodeSelector, spec.tolerations]).toEqual([{ [KEY]: 'shop', a: 'b' }, [TOLERATION, toleration]]);
    expect(
      specIn(web({ placement: Placement.fargate() }, tenant, 'small').deployment.toJson() as never),
    ).not.toHaveProperty('tolerations');
  });

  it('that nobody makes are an error, and so are pods of others', () => {
    const missing = dedicated({}, newCluster());
    web({}, missing);
    expect(findingsOf(() => appOf(missing)).map(({ rule }) => rule)).toEqual(['placement/unschedulable']);
    const shop = dedicated();
    web(
      { placement: { nodeLabels: { [KEY]: 'shop' }, tolerations: [TOLERATION as never] } },
      newTenant({}, shop.node.scope as never, 'bank'),
    );
    expect(findingsOf(() => appOf(shop)).map(({ rule }) => rule)).toEqual(['placement/tenant-nodes']);
  });

  it.each([
    [{ key: KEY, operator: 'Exists' }, true],
    [{ key: KEY, operator: 'Equal', value: 'shop' }, true],
    [{ operator: 'Exists' }, true],
    [{ key: 'other', operator: 'Exists' }, false],
  ])('are closed to pods of others that tolerate %j: %s', (toleration, refused) => {
    const shop = dedicated();
    const bank = newTenant({}, shop.node.scope as never, 'bank');
    web({ placement: { tolerations: [toleration as never] } }, bank);
    // an agent is let in
    agent({}, bank);
    expect(findingsOf(() => appOf(shop)).map(({ rule }) => rule)).toEqual(refused ? ['placement/tenant-nodes'] : []);
  });

  it('are nobody’s where the tenants share them', () => {
    const tenant = newTenant({ nodes: 'shared' });
    expect(specIn(web({}, tenant).deployment.toJson() as never)).not.toHaveProperty('nodeSelector');
    expect(tenant.namespaceObject.toJson().metadata.labels).not.toHaveProperty([KEY]);
  });

  it.each([
    [() => newTenant({ nodes: 'own' as never }), 'props/unsupported', 'nodes'],
    [() => clusterWith({ ...OWN, tenant: 'my shop' }), 'props/invalid', 'nodeGroups[1].tenant'],
    [() => clusterWith({ ...OWN, tenant: 7 }), 'props/type', 'nodeGroups[1].tenant'],
    [() => new NodePool(newAutoCluster(), 'shop', { limits: 'none', tenant: 'A' }), 'props/invalid', 'tenant'],
  ])('that nobody can have are refused: %s', (program, rule, field) => {
    expect(refusedBy(program)).toEqual([rule, field]);
  });
});
