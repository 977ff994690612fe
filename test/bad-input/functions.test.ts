import { YamlOutputType } from 'cdk8s';
import { KubeObject, Peer } from 'cdk8s-eks-patterns';
import {
  appOf,
  containerOf,
  job,
  newApp,
  newCluster,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  stateful,
  web,
  worker,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const fail = () => {
  throw new TypeError('no such thing');
};

describe('a function of a prop that throws', () => {
  test.each(PATTERN_NAMES)('is an error of the prop: %s', (pattern) => {
    expect(refusedBy(() => appOf(PATTERNS[pattern]({ env: { A: fail } })))).toEqual(['props/invalid', 'env.A']);
    expect(refusedBy(() => appOf(PATTERNS[pattern]({ files: { '/etc/a': fail } })))).toEqual([
      'props/invalid',
      "files['/etc/a']",
    ]);
  });

  test('names what was thrown, also when it is no Error', () => {
    const message = (thrown: unknown) =>
      findingsOf(() =>
        appOf(
          web({
            env: {
              A: () => {
                throw thrown;
              },
            },
          }),
        ),
      )[0]!.message;
    expect(message(new RangeError('too far'))).toBe('the function of env.A failed with RangeError: too far');
    expect(message('a text')).toBe("the function of env.A failed with 'a text'");
  });

  test('is called again when all workloads are there', () => {
    const tenant = newTenant();
    const sets: ReturnType<typeof stateful>[] = [];
    const peers = () => sets.flatMap(({ hosts }) => hosts).join();
    const first = () => sets[1]!.hosts[0]!;
    for (const id of ['a', 'b']) {
      const files = { '/etc/first': first };
      sets.push(stateful({ replicas: 1, env: { PEERS: peers, FIRST: first }, files }, tenant, id));
    }
    const [a] = sets;
    expect(a!.configMap!.toJson().data).toEqual({ PEERS: peers(), FIRST: first() });
    expect(a!.filesConfigMap!.toJson().data).toEqual({ etc_first: first() });
    expect(job({ env: { FIRST: () => first() } }, tenant).job.name).toMatch(/^job-/);
  });

  test('may turn out to refer to the pod, or no longer', () => {
    let text = 'b';
    const flips = (early: string, late: string) => {
      text = early;
      const made = web({ env: { A: (self: { podIp: string }) => (text === 'pod' ? self.podIp : text) } });
      text = late;
      return containerOf(made);
    };
    expect(flips('b', 'pod').env).toEqual([
      { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'A', value: '$(POD_IP)' },
    ]);
    expect(flips('pod', 'b').env).toEqual([{ name: 'A', value: 'b' }]);
  });

  test('keeps the error of the library that it met', () => {
    const env = { A: (self: { url(scheme: string, port: string): string }) => self.url('http', 'admin') };
    expect(refusedBy(() => web({ env }))).toEqual(['props/unsupported', '']);
  });

  test('is reported with all others when it is an edit', () => {
    const shop = newTenant({ customize: { namespace: fail } });
    web({ customize: { deployment: fail, service: fail } }, shop);
    worker({}, shop).deployment.customize(fail);
    expect(findingsOf(() => appOf(shop)).map(({ rule, construct }) => [rule, construct])).toEqual([
      ['props/invalid', 'prod/shop/Namespace'],
      ['props/invalid', 'prod/shop/web/Service'],
      ['props/invalid', 'prod/shop/web/Deployment'],
      ['props/invalid', 'prod/shop/worker/Deployment'],
    ]);
  });
});

test('two objects of one file are errors, all of them', () => {
  const app = newApp({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
  const cluster = newCluster(app);
  for (const id of ['one', 'two']) {
    const tenant = newTenant({}, cluster, id);
    for (const name of ['a', 'b']) {
      new KubeObject(tenant, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
    }
  }
  const clashes = findingsOf(() => app)
    .filter(({ rule }) => rule === 'output/same-file')
    .map(({ rule, construct }) => [rule, construct]);
  expect(clashes).toEqual(
    ['ResourceQuota', 'LimitRange', 'NetworkPolicy', 'a', 'b'].map((id) => ['output/same-file', `prod/two/${id}`]),
  );
});

describe('a peer that would open one side only', () => {
  test('is refused where it is a workload of the app', () => {
    const shop = newTenant();
    const store = stateful({}, shop);
    const call = () => web({ connectsTo: [Peer.of(store, 7000)] }, shop);
    expect(refusedBy(call)).toEqual(['props/forbidden', 'connectsTo[0]']);
  });

  test('is accepted where it is a workload of another app', () => {
    const store = stateful();
    expect(findingsOf(() => web({ connectsTo: [Peer.of(store, 7000)] }))).toEqual([]);
  });

  test('is refused in acceptsFrom with a port that the workload does not have', () => {
    for (const port of [443, { port: 8080, protocol: 'UDP' } as const]) {
      expect(refusedBy(() => web({ acceptsFrom: [Peer.cidr('10.0.0.0/16', port)] }))).toEqual([
        'props/unsupported',
        'acceptsFrom[0]',
      ]);
    }
    expect(findingsOf(() => web({ acceptsFrom: [Peer.cidr('10.0.0.0/16', 8080)] }))).toEqual([]);
  });

  test.each([undefined, 'shop', 1, {}])('of acceptsFrom is no %p', (peer) => {
    expect(refusedBy(() => web({ acceptsFrom: [peer] }))).toEqual(['props/type', 'acceptsFrom[0]']);
  });

  test('names the port of members that no client may call', () => {
    const store = stateful({ port: { a: 1, b: 2 }, memberPorts: ['b'] });
    expect(findingsOf(() => store.on('b'))[0]!.message).toContain("'b' is one of memberPorts");
  });
});
