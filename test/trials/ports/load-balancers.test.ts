/** What public systems ask of load balancers and no prop could say once. */
import { Expose, Probe } from 'cdk8s-eks-patterns';
import { stateful, web } from '../../support/app';
import { type Expressed, judgeExpressed } from './expressed';

const internal = { scheme: 'internal' } as const;
const annotationOf = (kind: 'Ingress' | 'Service', name: string) =>
  kind === 'Ingress' ? `alb.ingress.kubernetes.io/${name}` : `service.beta.kubernetes.io/aws-load-balancer-${name}`;

const CASES: readonly Expressed[] = [
  [
    'A12',
    'an object store whose API and console are reached by load balancers of their own',
    (tenant) =>
      stateful(
        {
          port: { api: 9000, console: 9001 },
          memberPorts: [],
          expose: [
            Expose.alb({ ...internal, host: 'objects.example.com', port: 'api' }),
            Expose.alb({ ...internal, host: 'console.example.com', port: 'console' }),
          ],
        },
        tenant,
        'minio',
      ),
    (objectIn) => {
      expect(objectIn('Ingress', 'minio').spec.rules[0].host).toBe('objects.example.com');
      expect(objectIn('Ingress', 'minio-console').spec.rules[0].host).toBe('console.example.com');
    },
  ],
  [
    'B3.1',
    'a proxy that listens on 80 and 443, in front of ports that need no privilege',
    (tenant) =>
      web(
        {
          port: { http: 8080, https: 8443 },
          expose: Expose.nlb({ ...internal, listeners: { 80: 'http', 443: 'https' } }),
        },
        tenant,
        'envoy',
      ),
    (objectIn) => {
      const { ports } = objectIn('Service', 'envoy-nlb').spec;
      expect(ports.map((one: { port: number; targetPort: number }) => [one.port, one.targetPort])).toEqual([
        [80, 8080],
        [443, 8443],
      ]);
    },
  ],
  [
    'B3.3',
    'a gRPC server behind an Application Load Balancer',
    (tenant) =>
      web(
        {
          port: { grpc: { port: 50051, appProtocol: 'grpc' } },
          probes: { readiness: Probe.grpc(), liveness: Probe.tcp() },
          expose: Expose.alb({ ...internal, host: 'api.example.com' }),
        },
        tenant,
        'web',
      ),
    (objectIn) =>
      expect(objectIn('Ingress').metadata.annotations[annotationOf('Ingress', 'backend-protocol-version')]).toBe(
        'GRPC',
      ),
  ],
  [
    'B3.4',
    'several host names',
    (tenant) => web({ expose: Expose.alb({ ...internal, host: ['a.example.com', 'b.example.com'] }) }, tenant, 'web'),
    (objectIn) => expect(objectIn('Ingress').spec.rules).toHaveLength(2),
  ],
  [
    'B3.5',
    'attributes of the load balancer',
    (tenant) =>
      web(
        {
          expose: Expose.alb({
            ...internal,
            host: 'a.example.com',
            attributes: { 'idle_timeout.timeout_seconds': '300' },
          }),
        },
        tenant,
        'web',
      ),
    (objectIn) =>
      expect(objectIn('Ingress').metadata.annotations[annotationOf('Ingress', 'load-balancer-attributes')]).toBe(
        'idle_timeout.timeout_seconds=300',
      ),
  ],
  [
    'B1',
    'a DNS server for clients of UDP and TCP on one port',
    (tenant) =>
      web(
        {
          port: { dns: 5353, 'dns-udp': { port: 5353, protocol: 'UDP' }, health: 8080 },
          probes: { readiness: Probe.http('/ready', { port: 'health' }), liveness: Probe.tcp('health') },
          expose: Expose.nlb({ ...internal, listeners: { 53: ['dns', 'dns-udp'] }, allowFrom: ['10.0.0.0/8'] }),
        },
        tenant,
        'coredns',
      ),
    (objectIn) => {
      const { ingress } = objectIn('NetworkPolicy', 'coredns').spec;
      expect(ingress).toContainEqual({
        from: [{ ipBlock: { cidr: '10.0.0.0/8' } }],
        ports: [{ port: 5353, protocol: 'UDP' }],
      });
    },
  ],
];

judgeExpressed(CASES);
