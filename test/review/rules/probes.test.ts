import { container, pod, said } from './pods';

const C = 'spec.containers[0]';
const TCP = 'tcpSocket: { port: 80 }';

test.each([
  [`readinessProbe: { timeoutSeconds: 1 }`, [`error probes/handler ${C}.readinessProbe`]],
  [`readinessProbe: { exec: { command: [] } }`, [`error probes/handler ${C}.readinessProbe`]],
  [
    `lifecycle: { preStop: { exec: { command: [a] }, sleep: { seconds: 1 } } }`,
    [`error probes/handler ${C}.lifecycle.preStop`],
  ],
  [`lifecycle: { postStart: {} }`, [`error probes/handler ${C}.lifecycle.postStart`]],
  [`lifecycle: { postStart: { grpc: { port: 80 } } }`, [`error probes/handler ${C}.lifecycle.postStart`]],
  [`startupProbe: { ${TCP}, successThreshold: 3 }`, [`error probes/numbers ${C}.startupProbe.successThreshold`]],
  [`startupProbe: { ${TCP}, successThreshold: 0 }`, []],
  [`livenessProbe: { ${TCP}, failureThreshold: -1 }`, [`error probes/numbers ${C}.livenessProbe.failureThreshold`]],
  [
    `livenessProbe: { ${TCP}, terminationGracePeriodSeconds: 0 }`,
    [`error probes/numbers ${C}.livenessProbe.terminationGracePeriodSeconds`],
  ],
  [
    `readinessProbe: { ${TCP}, terminationGracePeriodSeconds: 5 }`,
    [`error probes/numbers ${C}.readinessProbe.terminationGracePeriodSeconds`],
  ],
  [`readinessProbe: { ${TCP}, timeoutSeconds: 10 }`, [`warning probes/timeout ${C}.readinessProbe.timeoutSeconds`]],
  [`readinessProbe: { ${TCP}, timeoutSeconds: 9 }`, []],
  [`readinessProbe: { ${TCP}, periodSeconds: 1 }`, []],
  [`readinessProbe: { tcpSocket: { port: http } }`, [`error probes/port ${C}.readinessProbe.tcpSocket.port`]],
  [`readinessProbe: { tcpSocket: { port: '80' } }`, [`error probes/port ${C}.readinessProbe.tcpSocket.port`]],
  [`readinessProbe: { grpc: { port: 0 } }`, [`error probes/port ${C}.readinessProbe.grpc.port`]],
  [
    `lifecycle: { preStop: { httpGet: { port: http, path: / } } }`,
    [`error probes/port ${C}.lifecycle.preStop.httpGet.port`],
  ],
])('%s', (fields, expected) => {
  expect(said(container(fields), 'probes')).toEqual(expected);
});

test('a port of another container is not found', () => {
  const other = "{ name: o, image: 'o:1', ports: [{ name: http, containerPort: 80 }] }";
  const own = "{ name: c, image: 'c:1', readinessProbe: { tcpSocket: { port: http } } }";
  expect(said(pod(`containers: [${own}, ${other}]`), 'probes')).toEqual([
    `error probes/port ${C}.readinessProbe.tcpSocket.port`,
  ]);
});

test.each([
  ['', ['error probes/handler spec.initContainers[0].readinessProbe']],
  ['restartPolicy: Always, ', []],
])('an init container with %j', (policy, expected) => {
  const init = `{ name: i, image: 'i:1', ${policy}readinessProbe: { ${TCP} } }`;
  expect(said(pod(`containers: [{ name: c, image: 'c:1' }], initContainers: [${init}]`), 'probes')).toEqual(expected);
});
