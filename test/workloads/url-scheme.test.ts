import { agent, newTenant, privilegedTenant, stateful, web } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const ports = { api: 9000, console: 9001 };
const HOST = 'web.shop.svc.cluster.local';

describe('the name of a port in the place of the scheme of a URL', () => {
  const byNode = { port: ports, reach: 'node-ip' } as const;
  const MADE: readonly [what: string, url: () => unknown, fix: string][] = [
    ['of a WebService', () => web({ port: ports }).url('api'), "url('http', 'api')"],
    ['of another port', () => web({ port: ports }).url('console'), "url('http', 'console')"],
    [
      'of a StatefulService',
      () => stateful({ port: ports, memberPorts: ['console'] }).url('api'),
      "url('http', 'api')",
    ],
    [
      'of a Service for some pods',
      () =>
        web({ port: ports })
          .addService('v2', { podLabels: { v: '2' }, ports: ['console'] })
          .url('console'),
      "url('http', 'console')",
    ],
    ['of an agent', () => agent({ port: ports }).url('api'), "url('http', 'api')"],
    ['of the node of an agent', () => agent(byNode, privilegedTenant()).nodeUrl('api'), "nodeUrl('http', 'api')"],
    [
      'that is the scheme of another',
      () => web({ port: { grpc: 9000, http: 8080 } }).url('http'),
      "url('http', 'http')",
    ],
  ];
  test.each(MADE)('%s is refused, with what to write', (_what, url, fix) => {
    expect(findingsOf(url)).toEqual([
      expect.objectContaining({ rule: 'props/invalid', fix: expect.stringContaining(fix) }),
    ]);
  });

  test('in a variable is refused too', () => {
    const props = { port: ports, env: { SELF: (self: { url(scheme: string): string }) => self.url('api') } };
    expect(refusedBy(() => web(props))).toEqual(['props/invalid', '']);
  });

  test('is a scheme where the main port is named after it, and with the name of a port behind it', () => {
    const made = web({ port: { amqp: 5672, api: 9000 } });
    expect([made.url('amqp'), made.url('api', 'api'), made.url('http', 'api'), made.url()]).toEqual([
      `amqp://${HOST}:5672`,
      `api://${HOST}:9000`,
      `http://${HOST}:9000`,
      `http://${HOST}:5672`,
    ]);
    const grpc = web({ port: { grpc: 9000, http: 8080 } }, newTenant());
    expect([grpc.url(), grpc.url('http', 'grpc'), grpc.url('grpc')]).toEqual([
      `http://${HOST}:9000`,
      `http://${HOST}:9000`,
      `grpc://${HOST}:9000`,
    ]);
  });

  test('leaves the address of an agent alone, and a port that is a number without a name', () => {
    const made = agent({ port: { otlp: 4317, http: 4318 } });
    expect(made.address).toMatch(/\.shop\.svc\.cluster\.local:4317$/);
    expect(web({ port: 8080 }).url('main')).toBe(`main://${HOST}:8080`);
  });

  test.each(['', '1a', 'a b', 5, null])('a scheme %p is refused by an agent as by others', (scheme) => {
    const program = (of: { url(scheme: string): unknown }) => refusedBy(() => of.url(scheme as string))[1];
    expect([program(agent({ port: ports })), program(web({ port: ports }))]).toEqual(['', '']);
  });
});
