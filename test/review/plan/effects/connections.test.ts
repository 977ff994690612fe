import { deployment, effectsOf, NEW, object, said } from './support';

const select = (app: string) => ({ matchLabels: { app } });
const policy = (spec: object, name = 'web') =>
  object('networking.k8s.io/v1', 'NetworkPolicy', name, {
    spec: { podSelector: select('web'), policyTypes: ['Ingress'], ...spec },
  });
const from = (app: string, port: number) => ({
  ingress: [{ from: [{ podSelector: select(app) }], ports: [{ port }] }],
});
const listening = { main: { ports: [{ containerPort: 8080 }] } };
const PODS = [deployment({}, listening), deployment({}, {}, 'ui'), deployment({}, {}, 'batch')];

const change = (before: object[], after: object[]) =>
  said(effectsOf([...PODS, ...before], [...PODS, ...after]), 'connection');

test('a policy that opens a port for a workload', () => {
  const effects = effectsOf([...PODS, policy({})], [...PODS, policy(from('ui', 8080))]);
  expect(effects).toEqual([
    {
      kind: 'connection',
      risk: 'notice',
      object: expect.objectContaining({ kind: 'Deployment', name: 'web' }),
      text: "Deployment 'shop/ui' can call Deployment 'shop/web' on TCP 8080, which was closed before",
      because: ["NetworkPolicy 'shop/web'"],
    },
  ]);
});

test('one that opens a port on which nobody is known to listen is no danger', () => {
  const ofUi = (spec: object) => [policy({ podSelector: select('ui'), ...spec }, 'ui')];
  expect(change(ofUi({}), ofUi(from('web', 3000)))).toEqual([
    "notice: Deployment 'shop/web' can call Deployment 'shop/ui' on TCP 3000, which was closed before",
  ]);
});

test('one that closes a port is a danger where the other end listens on it', () => {
  expect(change([policy(from('ui', 8080))], [policy({})])).toEqual([
    "danger: Deployment 'shop/ui' can no longer call Deployment 'shop/web' on TCP 8080",
  ]);
  expect(change([policy(from('ui', 9090))], [policy({})])).toEqual([
    "notice: Deployment 'shop/ui' can no longer call Deployment 'shop/web' on TCP 9090",
  ]);
  expect(change([policy(from('ui', 8080))], [policy(from('ui', 9090))])).toEqual([
    "danger: Deployment 'shop/ui' can call Deployment 'shop/web' on TCP 9090 instead of TCP 8080",
  ]);
});

test('the first policy of a pod closes it for everybody else', () => {
  expect(change([], [policy(from('ui', 8080))])).toEqual([
    "danger: anybody can no longer call Deployment 'shop/web' on every port",
    "notice: Deployment 'shop/ui' can call Deployment 'shop/web' on TCP 8080 instead of every port",
  ]);
});

test('addresses of which the same is said stand in one sentence', () => {
  const blocks = {
    ingress: [{ from: ['10.0.0.0/24', '10.0.1.0/24'].map((cidr) => ({ ipBlock: { cidr } })), ports: [{ port: 8080 }] }],
  };
  expect(change([policy({})], [policy(blocks)])).toEqual([
    "notice: 10.0.0.0/24 and 10.0.1.0/24 can call Deployment 'shop/web' on TCP 8080, which was closed before",
  ]);
});

test('a policy that is left behind still holds, and one with other labels is the same', () => {
  expect(change([policy(from('ui', 8080))], [])).toEqual([
    "notice: NetworkPolicy 'shop/web' stays, and still limits what comes in of the pods of Deployment 'shop/web'",
  ]);
  const labelled = {
    ...(policy({}) as { metadata: object }),
    metadata: { name: 'web', namespace: 'shop', labels: { a: 'b' } },
  };
  expect(change([policy({})], [labelled])).toEqual([]);
});

test('a new workload may call what policies let it', () => {
  expect(
    said(
      effectsOf([PODS[0]!, policy(from('ui', 8080))], [...PODS.slice(0, 2), policy(from('ui', 8080))]),
      'connection',
    ),
  ).toEqual(["notice: Deployment 'shop/ui' can call Deployment 'shop/web' on TCP 8080"]);
  // without policies everything is open, which is no news
  expect(said(effectsOf([PODS[0]!], PODS), 'connection')).toEqual([]);
});

test('another image changes no connection', () => {
  const web = (pod: object) => [deployment({}, pod as never), ...PODS.slice(1), policy(from('ui', 8080))];
  expect(said(effectsOf(web({}), web(NEW)), 'connection')).toEqual([]);
});

test('labels of pods that policies select by', () => {
  const tiered = (tier: string) => [
    PODS[0]!,
    {
      ...(deployment({}, {}, 'ui') as { spec: { template: { metadata: object } } }),
      spec: {
        selector: select('ui'),
        replicas: 3,
        template: { metadata: { labels: { app: 'ui', tier } }, spec: { containers: [{ name: 'main', image: 'a' }] } },
      },
    },
    policy({ ingress: [{ from: [{ podSelector: { matchLabels: { tier: 'front' } } }], ports: [{ port: 8080 }] }] }),
  ];
  expect(said(effectsOf(tiered('back'), tiered('front')), 'connection')).toEqual([
    "notice: Deployment 'shop/ui' can call Deployment 'shop/web' on TCP 8080, which was closed before",
  ]);
});

test('labels of a namespace that policies select by', () => {
  const namespace = (team: string) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels: { team } },
  });
  const other = object(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'db',
    {
      spec: {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }], ports: [{ port: 5432 }] }],
      },
    },
    { namespace: 'data' },
  );
  const db = { ...(deployment({}, {}, 'db') as object), metadata: { name: 'db', namespace: 'data' } };
  const set = (team: string) => [namespace(team), PODS[0]!, other, db];
  expect(said(effectsOf(set('a'), set('b')), 'connection')).toEqual([
    "danger: Deployment 'shop/web' can no longer call Deployment 'data/db' on TCP 5432",
  ]);
});

describe('Services', () => {
  const service = (spec: object, name = 'web') =>
    object('v1', 'Service', name, { spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec } });

  test.each([
    [
      { ports: [{ port: 81 }] },
      "danger: Service 'shop/web' no longer answers on TCP 80, and answers on TCP 81: clients with the old number fail",
    ],
    [
      {
        ports: [
          { port: 80, name: 'a' },
          { port: 81, name: 'b' },
        ],
      },
      "notice: Service 'shop/web' also answers on TCP 81",
    ],
    [{ selector: { app: 'ui' } }, "danger: Service 'shop/web' sends to other pods"],
  ])('%j', (spec, text) => {
    expect(said(effectsOf([service({})], [service(spec)]))).toEqual([text]);
  });

  test('a number of the nodes that changes', () => {
    const on = (nodePort: number) => service({ type: 'NodePort', ports: [{ port: 80, nodePort }] });
    expect(said(effectsOf([on(30001)], [on(30002)]))).toEqual([
      "danger: Service 'shop/web' no longer listens on port 30001 of the nodes",
    ]);
  });

  test('one that sends to old and new pods, and one that is left behind', () => {
    const set = { ...(deployment() as object), kind: 'StatefulSet' };
    expect(said(effectsOf([service({}), deployment()], [service({}), set]), 'connection')).toEqual([
      "danger: Service 'shop/web' sends to the pods of StatefulSet 'shop/web' and Deployment 'shop/web'",
    ]);
    expect(said(effectsOf([service({}), deployment()], [deployment()]))).toEqual([
      "notice: Service 'shop/web' stays, and sends to the pods of Deployment 'shop/web'",
    ]);
  });
});
