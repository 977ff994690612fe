import { web } from '../../support/app';
import { foundInApp, of, policy, service, set, workload } from './support';

const RULE = 'connections/service-port';
const API = service('selector: { app: api }, ports: [{ name: http, port: 80, targetPort: 8080 }]', 'api');
const caller = (value: string, name = 'API_URL') =>
  workload({ container: `env: [{ name: ${name}, value: '${value}' }]` });
const AT = 'warning spec.template.spec.containers[0].env[0]';

test.each<[string, string, string[]]>([
  ['its port', set(caller('http://api:80'), API), []],
  ['the port of its scheme', set(caller('http://api/v1'), API), []],
  ['the port of the pods', set(caller('http://api:8080'), API), [AT]],
  ['another port in full', set(caller('api.shop.svc.cluster.local:8080'), API), [AT]],
  ['the port of another scheme', set(caller('https://api'), API), [AT]],
  ['twice', set(caller('http://api:8080/a,http://api:8080/b'), API), [AT]],
  ['without a port', set(caller('api.shop.svc'), API), []],
  [
    'of a headless Service',
    set(caller('http://api:8080'), service('clusterIP: None, selector: { app: api }, ports: [{ port: 80 }]', 'api')),
    [],
  ],
  ['of another set', caller('http://api:8080'), []],
  [
    'of a name outside',
    set(caller('http://api:8080'), service('type: ExternalName, externalName: a.example.com', 'api')),
    [],
  ],
  ['of one without a selector', set(caller('http://api:8080'), service('ports: [{ port: 80 }]', 'api')), []],
  ['for others', set(caller('http://api:8080', 'PUBLIC_URL'), API), []],
  ['of an image', set(caller('api:8080', 'API_IMAGE'), API), []],
  [
    'that the policies close, too',
    set(
      caller('http://api:8081'),
      workload({ name: 'api' }),
      API,
      policy('podSelector: {}, policyTypes: [Ingress, Egress]'),
    ),
    [],
  ],
])('%s', (_what, yaml, expected) => {
  expect(of(RULE, yaml)).toEqual(expected);
});

test('an image is no connection', () => {
  const db = set(workload({ name: 'api' }), API, policy('podSelector: {}, policyTypes: [Egress]'));
  expect(of('connections/undeclared', set(caller('api:16', 'MIGRATION_IMAGE'), db))).toEqual([]);
  expect(of('connections/undeclared', set(caller('api:16'), db))).toHaveLength(1);
});

test('of a pattern', () => {
  expect(foundInApp(web({ env: { HEALTH: 'http://web:8080' } }), RULE)).toEqual([]);
});
