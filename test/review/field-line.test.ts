import { fieldSteps, withFieldLines } from '../../review/field-line';

test.each([
  ['spec.containers[0].image', ['spec', 'containers', 0, 'image']],
  ["metadata.annotations['example.com/a.b']", ['metadata', 'annotations', 'example.com/a.b']],
  ['data["a\'b"].c', ['data', "a'b", 'c']],
  ['', []],
])('%s', (field, steps) => {
  expect(fieldSteps(field)).toEqual(steps);
});

const text = `# first
a: 1
---
apiVersion: v1
kind: List
items:
  - kind: Pod
    metadata: {name: a}
    spec:
      containers:
        - name: x
          image: &i y
  - kind: Pod
    metadata:
      name: b
      labels: {app.kubernetes.io/name: b}
    spec: {containers: [{image: *i}]}
`;
const object = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', name });
const lineOf = (field: string | undefined, line: number, of?: string) =>
  withFieldLines(
    [
      {
        rule: 'a/b',
        severity: 'error',
        message: '',
        file: { path: 'a.yaml', line },
        ...(field === undefined ? {} : { field }),
        ...(of === undefined ? {} : { object: object(of) }),
      },
    ],
    new Map([['a.yaml', text]]),
  )[0]?.file?.line;

test.each([
  ['a', 2, undefined, 2],
  ['spec.containers[0].image', 4, 'a', 12],
  ['spec.containers[0]', 4, 'a', 11],
  // what is missing is at what it is missing in
  ['spec.containers[0].ports[0]', 4, 'a', 11],
  ['spec.nothing', 4, 'b', 17],
  ["metadata.labels['app.kubernetes.io/name']", 4, 'b', 16],
  ['spec.containers[0].image.more', 4, 'b', 17],
  ['nothing', 4, 'b', 13],
  ['items[1].metadata', 4, undefined, 14],
  [undefined, 4, 'a', 4],
  ['nothing', 2, undefined, 2],
  ['a', 99, undefined, 99],
])('%s of the document at line %i, object %s, is at line %i', (field, line, of, expected) => {
  expect(lineOf(field, line, of)).toBe(expected);
});

test.each([['['.repeat(50_000)], ['a: [']])('a file that cannot be read again keeps its lines', (broken) => {
  const finding = { rule: 'a/b', severity: 'error', message: '', field: 'a', file: { path: 'a', line: 7 } } as const;
  expect(withFieldLines([finding], new Map([['a', broken]]))).toEqual([finding]);
  expect(withFieldLines([finding], new Map())).toEqual([finding]);
});
