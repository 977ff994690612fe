import { Api } from 'cdk8s-eks-patterns';
import { apiResources } from '../../kube/api/resources';
import { appOf, find, newTenant, synth, web } from '../support/app';
import { refusedBy } from '../support/findings';

const READ = ['get', 'list', 'watch'];

describe('rules by the names of resources', () => {
  it('read, one rule a group', () => {
    expect(Api.read('nodes', 'deployments', 'pods/log', 'replicasets')).toEqual([
      { apiGroups: [''], resources: ['nodes', 'pods/log'], verbs: READ },
      { apiGroups: ['apps'], resources: ['deployments', 'replicasets'], verbs: READ },
    ]);
  });

  it('write', () => {
    expect(Api.write('configmaps')).toEqual([
      { apiGroups: [''], resources: ['configmaps'], verbs: [...READ, 'create', 'update', 'patch', 'delete'] },
    ]);
  });

  it('name objects, without the verbs that have no names', () => {
    expect(Api.named('configmaps', 'a', 'b')).toEqual([
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['a', 'b'], verbs: ['get', 'update', 'patch'] },
    ]);
  });

  it('elect a leader', () => {
    expect(Api.leaderElection('watcher')).toEqual([
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
      {
        apiGroups: ['coordination.k8s.io'],
        resources: ['leases'],
        resourceNames: ['watcher'],
        verbs: ['get', 'update', 'patch'],
      },
    ]);
  });

  it.each([
    ['keda.sh/scaledobjects', 'keda.sh', 'scaledobjects'],
    ['keda.sh/scaledobjects/status', 'keda.sh', 'scaledobjects/status'],
    ['events', '', 'events'],
    ['events.k8s.io/events', 'events.k8s.io', 'events'],
    ['apps/deployments', 'apps', 'deployments'],
    ['batch/jobs/status', 'batch', 'jobs/status'],
    ['pods/exec', '', 'pods/exec'],
    ['horizontalpodautoscalers', 'autoscaling', 'horizontalpodautoscalers'],
  ])('%s is of group %j', (text, group, name) => {
    expect(Api.read(text)).toEqual([{ apiGroups: [group], resources: [name], verbs: READ }]);
  });

  it('are found for every resource of Kubernetes by its group', () => {
    for (const [group, names] of apiResources()) {
      for (const name of names.keys()) {
        const [rule] = Api.read(group === '' ? name : `${group}/${name}`);
        expect([name, rule!.apiGroups, rule!.resources]).toEqual([name, [group], [name]]);
      }
    }
  });

  it('are a ClusterRole and a Role, which the review accepts', () => {
    const tenant = newTenant();
    const apiAccess = {
      cluster: Api.read('nodes', 'pods'),
      namespace: [...Api.write('configmaps'), ...Api.leaderElection('web')],
    };
    web({ apiAccess }, tenant);
    const { manifests, warnings } = synth(appOf(tenant));
    expect(find(manifests, 'ClusterRole').rules).toEqual(Api.read('nodes', 'pods'));
    expect(find(manifests, 'Role').rules).toHaveLength(3);
    expect(warnings.filter((text) => /rbac/.test(text))).toEqual([]);
  });

  it.each<[string, () => unknown, string, string]>([
    ['a singular', () => Api.read('pod'), 'props/unsupported', 'resources[0]'],
    ['a wildcard', () => Api.read('*'), 'props/invalid', 'resources[0]'],
    ['a kind', () => Api.read('Pod'), 'props/invalid', 'resources[0]'],
    ['a subresource that there is not', () => Api.read('pods/logs'), 'props/unsupported', 'resources[0]'],
    ['a resource of another group', () => Api.read('apps/pods'), 'props/unsupported', 'resources[0]'],
    ['a second resource', () => Api.write('pods', 'deployment'), 'props/unsupported', 'resources[1]'],
    ['nothing', () => Api.read(), 'props/required', 'resources'],
    ['a number', () => Api.read(7 as never), 'props/type', 'resources[0]'],
    ['no names', () => Api.named('configmaps'), 'props/required', 'names'],
    ['a lease without a name', () => Api.leaderElection(''), 'props/type', 'name'],
  ])('%s is refused', (_, program, rule, field) => {
    expect(refusedBy(program)).toEqual([rule, field]);
  });
});

describe('permissions by which a workload becomes another', () => {
  const rule = (resources: string[], verbs: string[], more: object = {}) => ({
    apiGroups: [''],
    resources,
    verbs,
    ...more,
  });
  const of = (reach: 'namespace' | 'cluster', one: object) => () => web({ apiAccess: { [reach]: [one] } });

  it.each<[string, object, string]>([
    ['impersonate', rule(['users'], ['impersonate']), 'verbs'],
    ['bind', rule(['roles'], ['bind'], { apiGroups: ['rbac.authorization.k8s.io'] }), 'verbs'],
    ['escalate', rule(['roles'], ['escalate'], { apiGroups: ['rbac.authorization.k8s.io'] }), 'verbs'],
    ['tokens', rule(['serviceaccounts/token'], ['create']), 'resources'],
    ['the proxy of nodes', rule(['nodes/proxy'], ['get']), 'resources'],
  ])('%s are refused, unless names limit them or there is a reason', (_, one, key) => {
    for (const reach of ['namespace', 'cluster'] as const) {
      expect(refusedBy(of(reach, one))).toEqual(['props/forbidden', `apiAccess.${reach}[0].${key}`]);
      expect(of(reach, { ...one, resourceNames: ['a'] })).not.toThrow();
      expect(of(reach, { ...one, because: 'it is the platform' })).not.toThrow();
    }
  });

  it('Secrets of all namespaces are refused, those of its own are not', () => {
    expect(refusedBy(of('cluster', rule(['secrets'], ['list'])))).toEqual([
      'props/forbidden',
      'apiAccess.cluster[0].resources',
    ]);
    expect(of('namespace', rule(['secrets'], ['list']))).not.toThrow();
    expect(of('cluster', rule(['secrets'], ['create']))).not.toThrow();
    expect(of('cluster', { ...rule(['secrets'], ['list']), apiGroups: ['example.com'] })).not.toThrow();
    expect(refusedBy(() => web({ apiAccess: { cluster: Api.read('secrets') } }))[0]).toBe('props/forbidden');
  });

  it.each<[string, object]>([
    ['volumes', rule(['persistentvolumes'], ['create'])],
    ['webhooks', rule(['mutatingwebhookconfigurations'], ['update'], { apiGroups: ['admissionregistration.k8s.io'] })],
  ])('%s of the cluster are refused, unless names limit them or there is a reason', (_, one) => {
    expect(refusedBy(of('cluster', one))).toEqual(['props/forbidden', 'apiAccess.cluster[0].resources']);
    expect(of('cluster', { ...one, resourceNames: ['a'] })).not.toThrow();
    expect(of('cluster', { ...one, because: 'it is the platform' })).not.toThrow();
    expect(of('cluster', { ...one, verbs: ['get', 'list'] })).not.toThrow();
    expect(of('namespace', one)).not.toThrow();
  });

  it('the reasons stand beside those of wildcards', () => {
    const cluster = [
      { ...rule(['secrets'], ['list']), because: 'it copies them' },
      { ...rule(['*'], ['get']), because: 'it mirrors all' },
    ];
    const { annotations } = web({ apiAccess: { cluster } }).clusterRole!.toJson().metadata;
    expect(Object.entries(annotations!).map(([key, text]) => [key.split('/')[1], text])).toEqual([
      ['escalation-because', 'it copies them'],
      ['wildcard-because', 'it mirrors all'],
    ]);
  });
});
