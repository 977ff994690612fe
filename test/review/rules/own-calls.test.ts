/** Members that call each other: `connections/undeclared` for addresses of a pod's own Service. */
import { stateful, web } from '../../support/app';
import { foundInApp, of, policy, service, set, workload } from './support';

const RULE = 'connections/undeclared';
const DENY = policy('podSelector: {}, policyTypes: [Ingress, Egress]');
const HEADLESS = service('clusterIP: None, selector: { app: db }, ports: [{ port: 7000 }]', 'db');
const CLUSTER_IP = service('selector: { app: db }, ports: [{ port: 7000 }]', 'db');
const members = (env: string, more: object = {}) =>
  workload({
    kind: 'StatefulSet',
    name: 'db',
    spec: 'replicas: 3, serviceName: db',
    container: `env: [${env}]`,
    ...more,
  });
const variable = (value: string, name = 'PEERS') => `{ name: ${name}, value: '${value}' }`;
const PEER = '{ podSelector: { matchLabels: { app: db } } }';
const among = (ports: string) =>
  policy(
    `podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress, Egress], ingress: [{ from: [${PEER}]${ports} }], egress: [{ to: [${PEER}]${ports} }]`,
  );
const AT = 'spec.template.spec.containers[0].env[0]';

describe('members that no policy lets call each other', () => {
  test.each<[string, string, string]>([
    ['by the names of the others', '0@db-0.db:7001,1@db-1.db:7001,2@db-2.db:7001', 'error'],
    ['by a name in full', 'http://db-0.db.shop.svc.cluster.local:7001', 'error'],
    ['by the headless Service', 'db:7001', 'warning'],
    ['by the headless Service in full, without a port', '-Djgroups.dns.query=db.shop.svc.cluster.local', 'warning'],
  ])('%s', (_what, value, severity) => {
    expect(of(RULE, set(members(variable(value)), HEADLESS, DENY))).toEqual([`${severity} ${AT}`]);
  });

  test('by a Service that has an address, and by a word where a host is expected', () => {
    expect(of(RULE, set(members(variable('db:7001')), CLUSTER_IP, DENY))).toEqual([`warning ${AT}`]);
    expect(of(RULE, set(members(variable('db', 'SEED_HOSTS')), HEADLESS, DENY))).toEqual([`warning ${AT}`]);
  });

  test('on a port that their policy does not have, once a port', () => {
    const two = `${variable('db-0.db:7001,db-1.db:7001')}, ${variable('db-0.db:7000', 'B')}`;
    expect(of(RULE, set(members(two), HEADLESS, among(', ports: [{ port: 7000 }]')))).toEqual([`error ${AT}`]);
    expect(of(RULE, set(members(two), HEADLESS, DENY))).toEqual([
      `error ${AT}`,
      `error ${AT.replace('env[0]', 'env[1]')}`,
    ]);
  });

  test('in one direction only', () => {
    const ingress = policy(`podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}]`);
    expect(of(RULE, set(members(variable('db-0.db:7001')), HEADLESS, ingress))).toEqual([`error ${AT}`]);
  });

  test('of other kinds', () => {
    const env = `env: [${variable('db:7001')}]`;
    for (const [kind, spec] of [
      ['Deployment', 'replicas: 2'],
      ['DaemonSet', ''],
    ] as const) {
      expect(of(RULE, set(workload({ kind, name: 'db', spec, container: env }), HEADLESS, DENY))).toEqual([
        `warning ${AT}`,
      ]);
    }
  });
});

describe('no finding', () => {
  test.each<[string, string]>([
    ['for the machine itself', set(members(variable('http://localhost:7001,127.0.0.1:7002')), HEADLESS, DENY)],
    [
      'on a port that the policies admit',
      set(members(variable('db-0.db:7001')), HEADLESS, DENY, among(', ports: [{ port: 7001 }]')),
    ],
    ['where they admit every port', set(members(variable('db-0.db:7001')), HEADLESS, DENY, among(''))],
    ['without policies', set(members(variable('db-0.db:7001')), HEADLESS)],
    [
      'for an address that others are given',
      set(members(variable('PLAIN://db-0.db:7001', 'ADVERTISED_LISTENERS')), HEADLESS, DENY),
    ],
    ['for the own address without a port', set(members(variable('db.shop.svc.cluster.local')), CLUSTER_IP, DENY)],
    ['for a single pod', set(members(variable('db:7001'), { spec: 'replicas: 1, serviceName: db' }), HEADLESS, DENY)],
    [
      'on the network of the node',
      set(members(variable('db-0.db:7001'), { pod: 'hostNetwork: true' }), HEADLESS, DENY),
    ],
  ])('%s', (_what, yaml) => {
    expect(of(RULE, yaml)).toEqual([]);
  });
});

describe('the patterns', () => {
  const env = { PEERS: 'store-0.store-headless:7000,store-1.store-headless:7800' };

  test('members reach each other on their ports alone', () => {
    const undeclared = stateful({ replicas: 3, memberPorts: [], env }, undefined, 'store');
    expect(foundInApp(undeclared, RULE)).toEqual([[RULE, 'error', undefined]]);
  });

  test('a web service that calls itself', () => {
    expect(foundInApp(web({ env: { SELF: 'http://web:8080' } }), RULE)).toEqual([]);
    expect(foundInApp(web({ env: { PEERS: 'http://web:7800' } }), RULE)).toEqual([[RULE, 'warning', undefined]]);
  });
});
