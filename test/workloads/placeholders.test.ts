import { Placeholders } from 'cdk8s-eks-patterns';
import { appOf, find, type Manifest, NODE_GROUP, newApp, newCluster, newTenant, synth } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const SIZE = { cpu: '1', memory: '2Gi' };
const room = (props: object = {}, tenant = newTenant()) =>
  new Placeholders(tenant, 'room', { count: 2, resources: SIZE, ...props });
const specOf = (own: Placeholders) => own.deployment.toJson().spec as unknown as Manifest;

describe('placeholders', () => {
  it('are pods that do nothing, of the size of the room', () => {
    const { replicas, template } = specOf(room());
    expect(replicas).toBe(2);
    expect(template.spec.containers).toHaveLength(1);
    expect(template.spec.containers[0]).toMatchObject({
      image: 'registry.k8s.io/pause:3.10.1',
      resources: { requests: SIZE, limits: SIZE },
    });
  });

  it('give way to every other pod at once, and displace none', () => {
    const own = room();
    const { value, preemptionPolicy, globalDefault } = own.priorityClass.toJson();
    // the lowest for which the Cluster Autoscaler makes a node
    expect([value, preemptionPolicy, globalDefault]).toEqual([-10, 'Never', false]);
    const { template, strategy } = specOf(own);
    expect(template.spec.priorityClassName).toBe(own.priorityClass.name);
    expect(template.spec.terminationGracePeriodSeconds).toBe(0);
    expect(strategy.rollingUpdate.maxSurge).toBe(0);
  });

  it('of two tenants have a class each', () => {
    const shop = newTenant();
    room({}, shop);
    room({}, newTenant({}, shop.node.scope as never, 'office'));
    expect(findingsOf(() => appOf(shop))).toEqual([]);
    const classes = synth(appOf(shop)).manifests.filter(({ kind }) => kind === 'PriorityClass');
    expect(classes.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(['shop-room', 'office-room']));
  });

  it('are counted by the quota, and allowed by a restricted namespace without a finding', () => {
    const own = room();
    const app = appOf(own);
    const { manifests } = synth(app);
    expect(find(manifests, 'ResourceQuota').spec.hard).toMatchObject({ pods: '4', 'requests.cpu': '4' });
    const found = app.findings.filter(({ object }) => object?.name === 'room');
    expect(found.filter(({ severity }) => severity !== 'advice')).toEqual([]);
  });

  it('stand on the nodes of their tenant, or where they are told', () => {
    const nodeGroups = [NODE_GROUP, { ...NODE_GROUP, name: 'own', tenant: 'shop' }];
    const cluster = newCluster(newApp(), { nodeGroups } as never);
    const { template } = specOf(room({}, newTenant({ nodes: 'dedicated' }, cluster)));
    expect(template.spec.nodeSelector).toEqual({ 'cdk8s-eks-patterns.io/tenant': 'shop' });
    expect(template.spec.tolerations).toHaveLength(1);
    const placed = specOf(room({ placement: { nodeLabels: { a: 'b' }, spread: 'none' } }));
    expect(placed.template.spec.nodeSelector).toEqual({ a: 'b' });
    expect(placed.template.spec).not.toHaveProperty('topologySpreadConstraints');
  });

  it('can be edited', () => {
    const own = room({
      customize: {
        deployment: (deployment: Manifest) => {
          deployment.spec.replicas = 5;
        },
        priorityClass: (priorityClass: Manifest) => {
          priorityClass.value = -1;
        },
      },
    });
    expect([specOf(own).replicas, own.priorityClass.toJson().value]).toEqual([5, -1]);
  });

  it.each([
    [{ count: 0 }, 'props/invalid', 'count'],
    [{ count: '2' }, 'props/type', 'count'],
    [{ resources: undefined }, 'props/required', 'resources'],
    [{ resources: { cpu: '1' } }, 'props/type', 'resources.memory'],
    [{ resources: { cpu: 1, memory: '2Gi' } }, 'props/type', 'resources.cpu'],
    [{ image: '' }, 'props/type', 'image'],
    [{ placement: { zone: 'a' } }, 'props/unknown', 'placement.zone'],
    [{ replicas: 2 }, 'props/unknown', 'replicas'],
  ])('%j is refused', (props, rule, field) => {
    expect(refusedBy(() => room(props))).toEqual([rule, field]);
  });
});
