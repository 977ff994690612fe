import type { Manifest } from '../app';

const PORT = { port: 80 };
const SELECTOR = { app: 'web' };

/** Kinds of the network, each with little and with much said. */
export const NETWORK_ORIGINALS: readonly Manifest[] = [
  ['v1', 'Service', 'small', { ports: [PORT], selector: SELECTOR }],
  [
    'v1',
    'Service',
    'headless',
    { clusterIP: 'None', ports: [PORT], selector: SELECTOR, publishNotReadyAddresses: true },
  ],
  [
    'v1',
    'Service',
    'node-port',
    { type: 'NodePort', ports: [PORT], selector: SELECTOR, externalTrafficPolicy: 'Local' },
  ],
  [
    'v1',
    'Service',
    'balancer',
    {
      type: 'LoadBalancer',
      allocateLoadBalancerNodePorts: false,
      externalTrafficPolicy: 'Local',
      internalTrafficPolicy: 'Local',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      loadBalancerClass: 'example.com/one',
      loadBalancerSourceRanges: ['10.0.0.0/16'],
      ports: [
        { name: 'http', port: 80, targetPort: 'http' },
        { name: 'https', port: 443, targetPort: 8443, appProtocol: 'https' },
      ],
      selector: SELECTOR,
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
      trafficDistribution: 'PreferClose',
    },
  ],
  ['v1', 'Service', 'plain-balancer', { type: 'LoadBalancer', ports: [PORT], selector: SELECTOR }],
  ['v1', 'Service', 'external', { type: 'ExternalName', externalName: 'a.example.com' }],
  [
    'v1',
    'Service',
    'two-protocols',
    {
      ports: [
        { name: 'tcp', port: 53 },
        { name: 'udp', port: 53, protocol: 'UDP' },
      ],
      selector: SELECTOR,
    },
  ],
  ['networking.k8s.io/v1', 'Ingress', 'small', { defaultBackend: { service: { name: 'web', port: { number: 80 } } } }],
  [
    'networking.k8s.io/v1',
    'Ingress',
    'large',
    {
      ingressClassName: 'alb',
      rules: [
        {
          host: 'a.example.com',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } },
              { path: '/a', pathType: 'Exact', backend: { service: { name: 'other', port: { number: 80 } } } },
            ],
          },
        },
      ],
      tls: [{ hosts: ['a.example.com'], secretName: 'one' }],
    },
  ],
  ['networking.k8s.io/v1', 'NetworkPolicy', 'small', { podSelector: {} }],
  [
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'large',
    {
      podSelector: { matchLabels: SELECTOR },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            { podSelector: { matchLabels: SELECTOR } },
            { ipBlock: { cidr: '10.0.0.0/16', except: ['10.0.1.0/24'] } },
          ],
          ports: [{ port: 80 }, { port: 'http', protocol: 'TCP' }],
        },
      ],
      egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: 8000, endPort: 9000, protocol: 'UDP' }] }],
    },
  ],
  ['networking.k8s.io/v1', 'IngressClass', 'small', { controller: 'example.com/one' }],
  [
    'networking.k8s.io/v1',
    'IngressClass',
    'large',
    { controller: 'example.com/one', parameters: { apiGroup: 'example.com', kind: 'IngressClassParams', name: 'one' } },
  ],
].map(([apiVersion, kind, name, spec]) => ({
  apiVersion,
  kind,
  metadata: { name: `plan-${name}`, ...(kind === 'IngressClass' ? {} : { namespace: 'default' }) },
  spec,
})) as Manifest[];

export const SLICES: readonly Manifest[] = [
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'plan-slice', namespace: 'default', labels: { 'kubernetes.io/service-name': 'web' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.1.0.4'], conditions: { ready: true }, zone: 'a' }],
    ports: [{ name: 'http', port: 80 }],
  },
  {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'plan-endpoints', namespace: 'default' },
    subsets: [{ addresses: [{ ip: '10.1.0.4' }], ports: [{ port: 80 }] }],
  },
];
