import { verdictOf, withSpec } from './objects';

const CONTAINERS = [{ name: 'app', image: 'web:1' }];
const pod = (spec: object) => withSpec('v1', 'Pod', { containers: CONTAINERS, ...spec });
const GATES = { schedulingGates: [{ name: 'a.b/one' }, { name: 'a.b/two' }] };
const terms = (...nodeSelectorTerms: object[]) => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
});
const REQUIRED = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
const arch = { key: 'arch', operator: 'Exists' };
const os = { key: 'os', operator: 'Exists' };

test.each<readonly [string, object, object, readonly string[]]>([
  ['its image', {}, { containers: [{ name: 'app', image: 'web:2' }] }, []],
  ['its labels alone', {}, {}, []],
  ['one container more', {}, { containers: [...CONTAINERS, { name: 'b', image: 'b:1' }] }, ['spec.containers']],
  ['one first container more', {}, { initContainers: CONTAINERS }, ['spec.initContainers']],
  ['the name of a container', {}, { containers: [{ name: 'b', image: 'web:1' }] }, ['spec']],
  ['its resources', {}, { containers: [{ ...CONTAINERS[0], resources: { limits: { cpu: '1' } } }] }, ['spec']],
  ['a deadline', {}, { activeDeadlineSeconds: 5 }, []],
  ['a shorter deadline', { activeDeadlineSeconds: 5 }, { activeDeadlineSeconds: 4 }, []],
  [
    'a longer deadline',
    { activeDeadlineSeconds: 5 },
    { activeDeadlineSeconds: 6, hostname: 'a' },
    ['spec.activeDeadlineSeconds'],
  ],
  ['no deadline', { activeDeadlineSeconds: 5 }, {}, ['spec.activeDeadlineSeconds']],
  ['one toleration more', {}, { tolerations: [{ key: 'a', operator: 'Exists' }] }, []],
  ['one toleration less', { tolerations: [{ key: 'a', operator: 'Exists' }] }, {}, ['spec.tolerations']],
  [
    'a toleration for longer',
    { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 }] },
    { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 6 }] },
    [],
  ],
  ['a gate less', GATES, { schedulingGates: [{ name: 'a.b/two' }] }, []],
  [
    'a gate more',
    GATES,
    { schedulingGates: [...GATES.schedulingGates, { name: 'a.b/new' }] },
    ['spec.schedulingGates[2].name'],
  ],
  ['a node', {}, { nodeSelector: { a: 'b' } }, ['spec']],
  ['a node behind a gate', GATES, { ...GATES, nodeSelector: { a: 'b' } }, []],
  [
    'another node behind a gate',
    { ...GATES, nodeSelector: { a: 'b' } },
    { ...GATES, nodeSelector: { a: 'c' } },
    ['spec.nodeSelector'],
  ],
  ['nodes', {}, terms({ matchExpressions: [arch] }), ['spec']],
  ['nodes behind a gate', GATES, { ...GATES, ...terms({ matchExpressions: [arch] }) }, []],
  [
    'fewer nodes behind a gate',
    { ...GATES, ...terms({ matchExpressions: [arch] }) },
    { ...GATES, ...terms({ matchExpressions: [arch, os] }) },
    [],
  ],
  [
    'other nodes behind a gate',
    { ...GATES, ...terms({ matchExpressions: [arch] }) },
    { ...GATES, ...terms({ matchExpressions: [os] }) },
    [`${REQUIRED}[0]`],
  ],
  [
    'more nodes behind a gate',
    { ...GATES, ...terms({ matchExpressions: [arch] }) },
    { ...GATES, ...terms({ matchExpressions: [arch] }, { matchExpressions: [os] }) },
    [REQUIRED],
  ],
  ['all nodes behind a gate', { ...GATES, ...terms({ matchExpressions: [arch] }) }, GATES, [REQUIRED]],
  [
    'nodes where there were none',
    { ...GATES, ...terms({}) },
    { ...GATES, ...terms({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a'] }] }) },
    [`${REQUIRED}[0]`],
  ],
  ['pods beside it, behind a gate', GATES, { ...GATES, affinity: { podAffinity: {} } }, ['spec']],
  ['an affinity to nothing, behind a gate', GATES, { ...GATES, affinity: {} }, ['spec']],
])('of a pod: %s', (_, before, after, refused) => {
  expect(verdictOf(pod(before), pod(after)).refused).toEqual(refused);
});
