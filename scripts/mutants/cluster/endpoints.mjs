// What test/cluster/endpoints.test.ts promises, each broken in turn: [what, file, the text that carries it, what it becomes].
const MEMBERS = 'charts/workloads/members.ts';
const PARTS = 'charts/workloads/service-parts.ts';
const SELECTOR = 'selector: selectorLabels(name)';

export default [
  ['a Service selects', PARTS, SELECTOR, "selector: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' }"],
  [
    'a headless Service selects',
    MEMBERS,
    SELECTOR,
    "selector: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' }",
  ],
  [
    'ports keep their names',
    'charts/core/ports.ts',
    'name,\n    port,\n    targetPort',
    "name: 'p' + port,\n    port,\n    targetPort",
  ],
  [
    'a Service leads to the number of the container',
    'charts/core/ports.ts',
    'targetPort: port,',
    'targetPort: port + 1,',
  ],
  ['every port is listed', PARTS, '[{ ...first, nodePort }, ...rest]', '[{ ...first, nodePort }]'],
  [
    'metrics are no port of the Service',
    'charts/workloads/web-service.ts',
    'clientService(m, id, service.ports, service.expose)',
    'clientService(m, id, service.containerPorts, service.expose)',
  ],
  ['clients get ready pods only', PARTS, SELECTOR, `publishNotReadyAddresses: true, ${SELECTOR}`],
  [
    'members find each other while they start',
    MEMBERS,
    'publishNotReadyAddresses: true',
    'publishNotReadyAddresses: false',
  ],
  [
    'ports of members are not for clients',
    'charts/workloads/stateful-service.ts',
    'clientService(m, id, clientPorts, service.expose)',
    'clientService(m, id, service.ports, service.expose)',
  ],
  [
    'members reach every port',
    'charts/workloads/stateful-service.ts',
    'headlessService(m, id, service.ports)',
    'headlessService(m, id, clientPorts)',
  ],
  ['members have names', MEMBERS, 'serviceName: headlessName(metadata.name)', 'serviceName: metadata.name'],
  ['names of members in order', MEMBERS, '`${name}-${i}.${this.domain}`', '`${name}-${i + 1}.${this.domain}`'],
];
