// What test/cluster/endpoints.test.ts promises, each broken in turn: [what, snippet, replacement].
export default [
  [
    'a Service selects',
    'selector: selectorLabels(name)',
    "selector: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' }",
    { in: 'clientService' },
  ],
  [
    'a headless Service selects',
    'selector: selectorLabels(name)',
    "selector: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' }",
    { in: 'headlessService' },
  ],
  ['ports keep their names', 'name, port, protocol, targetPort', "name: 'p' + port, port, protocol, targetPort"],
  [
    'a Service leads to the number of the container',
    'targetPort: port }',
    'targetPort: port + 1 }',
    { in: 'servicePorts' },
  ],
  ['every port is listed', 'const all = servicePorts(ports);', 'const all = servicePorts(ports).slice(0, 1);'],
  [
    'metrics are no port of the Service',
    'clientService(asTarget(this, m), id, members.clientPorts, service)',
    'clientService(asTarget(this, m), id, service.containerPorts, service)',
  ],
  [
    'clients get ready pods only',
    'selector: selectorLabels(name)',
    'publishNotReadyAddresses: true, selector: selectorLabels(name)',
    { in: 'clientService' },
  ],
  ['members find each other while they start', 'publishNotReadyAddresses: true', 'publishNotReadyAddresses: false'],
  [
    'ports of members are not for clients',
    'clientService(asTarget(this, m), id, clientPorts, service)',
    'clientService(asTarget(this, m), id, service.ports, service)',
  ],
  [
    'members reach every port',
    'headlessService(m, id, service.ports)',
    'headlessService(m, id, clientPorts)',
    { in: 'StatefulService.constructor' },
  ],
  ['members have names', 'serviceName: headlessName(metadata.name)', 'serviceName: metadata.name'],
  ['names of members in order', 'const ordinal = firstOrdinal + i;', 'const ordinal = firstOrdinal + i + 1;'],
];
