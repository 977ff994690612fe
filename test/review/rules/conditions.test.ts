/** Examples of rules with one thing more: one of several is enough, or all of them are asked for. */
import { RULES } from '../../../review/rules';
import { findingsIn, of } from './support';

type Edit = readonly [from: string | RegExp, to: string];
type Row = readonly [rule: string, of: 'bad' | 'good', what: string, findings: number, ...edits: Edit[]];

const NOBODY =
  '\n---\napiVersion: v1\nkind: Pod\nmetadata: { name: other }\nspec: { containers: [{ name: web, image: web:1 }] }\n';
const end = (text: string): Edit => [/\s*$/, text];

const ROWS: readonly Row[] = [
  [
    'connections/service-port',
    'bad',
    'one of two ports',
    0,
    ['targetPort: 8080 }', 'targetPort: 8080 }, { port: 8080 }'],
  ],
  ['host-ports/closed', 'good', 'one of two rules', 0, ['ingress: [', 'ingress: [{ ports: [{ port: 13133 }] }, ']],
  ['ingress/certificate', 'bad', 'one of two listeners', 1, ['[{"HTTPS":443}]', '[{"HTTP":80},{"HTTPS":443}]']],
  ['ingress/certificate', 'bad', 'HTTP alone', 0, ['[{"HTTPS":443}]', '[{"HTTP":80}]']],
  ['ingress/grpc', 'good', 'one of two listeners', 0, ['[{"HTTPS":443}]', '[{"HTTP":80},{"HTTPS":443}]']],
  ['ingress/grpc', 'good', 'HTTP alone', 1, ['[{"HTTPS":443}]', '[{"HTTP":80}]']],
  ['jobs/clock-change', 'bad', 'one of two times', 1, ["'30 2 * * *'", "'30 2,14 * * *'"]],
  [
    'rbac/unknown',
    'good',
    'a resource that may be of a group that is not known',
    0,
    ['apiGroups: [apps]', 'apiGroups: [apps, example.com]'],
    ['[deployments, deployments/scale]', '[widgets]'],
  ],
  [
    'rbac/unknown',
    'good',
    'create with names',
    1,
    ['verbs: [get, patch]', 'resourceNames: [web], verbs: [create]'],
    ['deployments, deployments/scale', 'deployments'],
  ],
  [
    'rbac/unknown',
    'good',
    'create of a subresource with names',
    0,
    ['verbs: [get, patch]', 'resourceNames: [web], verbs: [create]'],
    ['deployments, deployments/scale', 'deployments, deployments/scale'],
  ],
  ['security/egress-anywhere', 'bad', 'one of two peers', 1, ['to: [{', 'to: [{ podSelector: {} }, {']],
  ['security/egress-anywhere', 'bad', 'both families', 1, ['0.0.0.0/0', '"::/0"']],
  ['security/privilege-escalation', 'good', 'more than all dropped', 0, ['drop: [ALL]', 'drop: [NET_RAW, all]']],
  ['security/rbac-escalation', 'bad', 'one of two verbs', 1, ['verbs: [bind]', 'verbs: [get, bind]']],
  ['selectors/policy-port', 'good', 'one of two pods', 0, end(NOBODY)],
  [
    'routes/service-port',
    'bad',
    'one of two ports',
    0,
    ['ports: [{ port: 80 }]', 'ports: [{ port: 80 }, { port: 8080 }]'],
  ],
  [
    'volumes/volume-mode',
    'bad',
    'one of two claims',
    1,
    end(
      '\n---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: other, namespace: default }\nspec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }\n',
    ),
  ],
  ['volumes/volume-mode', 'good', 'a device of a claim with files', 1, ['volumeMode: Block, ', '']],
  [
    'zones/static-volume',
    'good',
    'one of two keys',
    0,
    ['matchExpressions: [{', 'matchExpressions: [{ key: disk, operator: Exists }, {'],
  ],
  [
    'zones/static-volume',
    'good',
    'one of two terms',
    1,
    ['nodeSelectorTerms: [{', 'nodeSelectorTerms: [{ matchExpressions: [{ key: disk, operator: Exists }] }, {'],
  ],
  [
    'availability/readiness-probe',
    'bad',
    'a port of two for metrics',
    1,
    ['ports: [{ port: 80 }]', 'ports: [{ name: http, port: 80 }, { name: metrics, port: 9090 }]'],
  ],
  [
    'containers/field-ref',
    'good',
    'the limit of another container',
    1,
    ['resource: limits.cpu', 'resource: limits.cpu, containerName: sidecar'],
  ],
  [
    'containers/field-ref',
    'good',
    'its own limit by name',
    0,
    ['resource: limits.cpu', 'resource: limits.cpu, containerName: web'],
  ],
  ['containers/no-variables', 'bad', 'a script', 1, ['args: [migrate]', "command: [sh, -c, 'migrate up']"]],
  [
    'containers/no-variables',
    'bad',
    'a script that copies',
    0,
    ['args: [migrate]', "command: [sh, -c, 'cp -r /a /b']"],
  ],
  ['quantities/unit', 'good', 'half a device', 0, ['memory: 512Mi', 'memory: 512Mi, nvidia.com/gpu: 1']],
  ['jobs/spec', 'bad', 'one index', 0, ['parallelism: 2', 'backoffLimit: 2']],
  ['jobs/spec', 'bad', 'no indexes', 0, ['completionMode: Indexed', 'completionMode: NonIndexed']],
  [
    'selectors/overlap',
    'bad',
    'by an expression',
    1,
    [
      'selector: { matchLabels: { app: web } }',
      'selector: { matchExpressions: [{ key: app, operator: In, values: [web] }] }',
    ],
  ],
  ['secrets/never-synced', 'bad', 'optional', 0, ['key: password } }', 'key: password, optional: true } }']],
  [
    'secrets/never-synced',
    'bad',
    'made by another class, too',
    0,
    end('\n---\napiVersion: v1\nkind: Secret\nmetadata: { name: db, namespace: shop }\n'),
  ],
  [
    'workloads/update-strategy',
    'good',
    'one unavailable and no surge',
    0,
    ['maxSurge: 1, maxUnavailable: 0', 'maxSurge: 0, maxUnavailable: 1'],
  ],
  ['ingress/path-wildcard', 'good', 'within a path', 1, ["path: '/'", "path: '/a/*/b'"]],
];

const CASES = ROWS.map(([rule, which, what, findings, ...edits]) => ({ rule, which, what, findings, edits }));
test.each(CASES)('$rule, $which: $what', ({ rule, which, findings, edits }) => {
  const example = RULES.find(({ id }) => id === rule)![which];
  const yaml = edits.reduce((text, [from, to]) => text.replace(from, to), example);
  expect(yaml).not.toBe(example.trimEnd());
  expect(of(rule, yaml)).toHaveLength(findings);
});

test.each([
  ['/*', /'\/'/],
  ['/api/*', /'\/api'/],
  ['/a/*/b', /ImplementationSpecific/],
  ['/a?/*', /ImplementationSpecific/],
])('ingress/path-wildcard of %s says what to write', (path, fix) => {
  const { bad } = RULES.find(({ id }) => id === 'ingress/path-wildcard')!;
  const found = findingsIn(bad.replace("'/*'", `'${path}'`)).filter(({ rule }) => rule === 'ingress/path-wildcard');
  expect(found.map((finding) => finding.fix)).toEqual([expect.stringMatching(fix)]);
});
