import { Testing } from 'cdk8s-eks-patterns/testing';
import { propOf } from '../../charts/app/prop-of-field';
import { formatFinding } from '../../kube/finding';
import { appOf, web } from '../support/app';

const pod = {
  containers: [{ name: 'web' }, { name: 'extra' }],
  initContainers: [{ name: 'migrate' }, { name: 'proxy', restartPolicy: 'Always' }],
} as never;
const at = (key: string, field?: string) => propOf({ ...(field ? { field } : {}) }, { key, workload: 'web', pod });
const IN = 'spec.template.spec';

test.each([
  ['deployment', `${IN}.containers[0].resources.limits.memory`, 'resources.memory'],
  ['deployment', `${IN}.containers[0].image`, 'image'],
  ['deployment', `${IN}.containers[0].imagePullPolicy`, 'imagePullPolicy'],
  ['deployment', `${IN}.containers[0].livenessProbe.httpGet.port`, 'probes.liveness'],
  ['deployment', `${IN}.containers[0].env[3].value`, 'env'],
  ['deployment', `${IN}.containers[0].volumeMounts[0]`, 'customize.deployment'],
  ['deployment', `${IN}.containers[1].image`, 'customize.deployment'],
  ['deployment', `${IN}.initContainers[0].image`, 'initContainers'],
  ['deployment', `${IN}.initContainers[1].image`, 'sidecars'],
  ['deployment', `${IN}.terminationGracePeriodSeconds`, 'shutdown'],
  ['deployment', `${IN}.volumes[0]`, 'customize.deployment'],
  ['deployment', 'spec.replicas', 'replicas'],
  ['cronJob', 'spec.jobTemplate.spec.template.spec.containers[0].resources.requests.cpu', 'resources.cpu'],
  ['cronJob', 'spec.schedule', 'schedule'],
  ['ingress', 'spec.rules[0]', 'expose'],
  ['networkPolicy', 'spec.egress[0]', 'connectsTo'],
  ['serviceAccount', undefined, 'customize.serviceAccount'],
])('%s %s is decided by %s', (key, field, prop) => {
  expect(at(key, field)).toBe(prop);
});

test('a finding about an object of a pattern has the prop, and its line shows it', () => {
  const customize = {
    deployment: (d: { spec: { template: { spec: object } } }) => {
      Object.assign(d.spec.template.spec, { nodeSelector: { disk: 'ssd' } });
    },
  };
  const [finding] = Testing.findings(appOf(web({ customize }))).filter(
    ({ rule }) => rule === 'placement/unschedulable',
  );
  expect(finding).toMatchObject({ prop: expect.stringMatching(/^(placement|customize\.deployment)$/) });
  expect(formatFinding(finding!)).toContain(`/Deployment (${finding!.prop}): `);
});
