import * as fs from 'node:fs';
import * as path from 'node:path';
import { KubeObject } from 'cdk8s-eks-patterns';
import { parseAllDocuments } from 'yaml';
import { isUnpinned } from '../../kube/images';
import { ADMISSION_RULES } from '../../review/admission/rules';
import { RULES } from '../../review/rules';
import { parseWaiver, waiverAnnotation } from '../../review/waiver-text';
import { PROGRAMS } from '../golden/programs';
import { type Manifest, newApp, newCluster, newTenant, synth, temporaryFolder, web } from '../support/app';
import { deploymentByHand, POD } from './harness/by-hand';
import { eventually } from './harness/eventually';
import { QUICK } from './harness/kubectl';
import { ADMISSION, PolicyPlane } from './harness/policies';
import { manifestsOf, outputOf } from './harness/programs';

/** Kinds that a policy looks at. */
const JUDGED = /^(Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob|Service|Role|RoleBinding)$/;

let policies: PolicyPlane;
beforeAll(async () => {
  policies = await PolicyPlane.start();
}, 300_000);
afterAll(async () => {
  await policies?.stop();
});

const apply = (objects: readonly Manifest[], ...flags: readonly string[]) => policies.apply(objects, ...flags);
const namespace = (name: string, own: Manifest['metadata'], waived: readonly string[]) =>
  policies.namespace(name, own, waived);
const kubectl = () => policies.plane.kubectl();

const objectsIn = (yaml: string): Manifest[] => parseAllDocuments(yaml).map((document) => document.toJS() as Manifest);

/** Whatever it is about, in a namespace. */
function inNamespace(object: Manifest, name: string): Manifest {
  const kind = object.kind.replace(/^Cluster(?=Role)/, '');
  const roleRef = object.roleRef && { ...object.roleRef };
  return { ...object, kind, ...(roleRef ? { roleRef } : {}), metadata: { ...object.metadata, namespace: name } };
}

/** A pod that breaks one rule, images/latest. */
const unpinned = (name: string): Manifest =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      ...POD,
      containers: [
        {
          ...POD.containers[0]!,
          image: 'web',
          securityContext: { ...POD.containers[0]!.securityContext, readOnlyRootFilesystem: true },
        },
      ],
    },
  }) as never;

const others = (rule: string) => ADMISSION_RULES.flatMap((one) => (one.rule === rule ? [] : [one.rule]));
const dashed = (rule: string) => rule.replace('/', '-');

describe.each(ADMISSION_RULES.map(({ rule }) => rule))('%s', (rule) => {
  const { bad, good, title } = RULES.find(({ id }) => id === rule)!;
  const samples = (yaml: string) => {
    const objects = objectsIn(yaml);
    const own = objects.find(({ kind }) => kind === 'Namespace');
    return { own: own?.metadata ?? {}, objects: objects.filter((one) => one !== own) };
  };

  test('refuses what the review refuses, by its name, and nothing else does', async () => {
    const { own, objects } = samples(bad);
    await namespace(dashed(rule), own, others(rule));
    const { status, stderr } = await apply(
      objects.map((one) => inNamespace(one, dashed(rule))),
      '--dry-run=server',
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(`${title} [${rule}]`) });
  });

  test('admits what the review does', async () => {
    const { own, objects } = samples(good);
    await namespace(`${dashed(rule)}-good`, own, others(rule));
    expect(
      await apply(
        objects.map((one) => inNamespace(one, `${dashed(rule)}-good`)),
        '--dry-run=server',
      ),
    ).toMatchObject({ status: 0, stderr: '' });
  });

  test('admits what is waived, where a waiver counts', async () => {
    const { own, objects } = samples(bad);
    const { waivedBy } = ADMISSION_RULES.find((one) => one.rule === rule)!;
    await namespace(
      `${dashed(rule)}-waived`,
      own,
      ADMISSION_RULES.map((one) => one.rule),
    );
    expect(
      await apply(
        objects.map((one) => inNamespace(one, `${dashed(rule)}-waived`)),
        '--dry-run=server',
      ),
    ).toMatchObject({ status: 0, stderr: '' });
    const waived = (text: string) =>
      objects.map((one) => ({
        ...inNamespace(one, dashed(rule)),
        metadata: { ...one.metadata, namespace: dashed(rule), annotations: { [waiverAnnotation(rule)]: text } },
      }));
    expect((await apply(waived('the test says so'), '--dry-run=server')).status).toBe(waivedBy === 'namespace' ? 1 : 0);
    // without a reason it is none
    expect((await apply(waived(' '), '--dry-run=server')).status).toBe(1);
  });
});

test('the policies are taken as they are, and a second apply changes none', () => {
  const found = policies.again.filter((line) => line.startsWith('validatingadmissionpolicy'));
  expect(found).toHaveLength(6 + 2 * 6);
  expect(found.filter((line) => !line.endsWith(' unchanged'))).toEqual([]);
});

test('a namespace that warns lets it in, and says so', async () => {
  const spec = { ...POD, containers: [{ ...POD.containers[0]!, image: 'web' }] };
  const { status, stderr } = await apply(
    [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'lenient' }, spec } as never],
    '--dry-run=server',
  );
  expect(status).toBe(0);
  expect(stderr).toMatch(/^Warning: .*\[images\/latest\]/);
});

test('what a controller of Kubernetes makes is not judged again, and what anybody else makes is', async () => {
  const file = path.join(temporaryFolder(), 'pod.json');
  const spec = { ...POD, containers: [{ ...POD.containers[0]!, image: 'web' }] };
  fs.writeFileSync(
    file,
    JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'strict' }, spec }),
  );
  const as = (user: string, namespace: string) =>
    kubectl().try(
      'create',
      '--dry-run=server',
      '-f',
      file,
      `--as=system:serviceaccount:${namespace}:${user}`,
      '--as-group=system:masters',
      `--as-group=system:serviceaccounts:${namespace}`,
    );
  expect((await as('replicaset-controller', 'kube-system')).status).toBe(0);
  expect((await as('operator', 'strict')).stderr).toContain('[images/latest]');
});

test('a pattern is admitted with its defaults, and by the reasons of its props', async () => {
  const app = newApp();
  const tenant = newTenant({ admission: 'deny' }, newCluster(app), 'patterns');
  web({}, tenant);
  web({ security: { writableRoot: { because: 'it writes its cache beside its program' } } }, tenant, 'writer');
  expect(await kubectl().apply(manifestsOf(app), QUICK)).toContain('deployment.apps/writer created');
});

test('images are judged as the review judges them', async () => {
  const parts = ['', 'a.example.com/', 'localhost:5000/', 'team/', 'a.example.com/x/latest/'];
  const tags = ['', ':1', ':latest', ':latest-1', ':1@sha256:', ':latest@sha256:', '@sha256:'];
  const images = parts
    .flatMap((part) => tags.map((tag) => `${part}web${tag}`))
    .map((image) => (image.endsWith(':') ? `${image}${'0'.repeat(64)}` : image));
  const pods = images.map((image, i) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${i}`, namespace: 'strict' },
    spec: {
      ...POD,
      containers: [
        {
          ...POD.containers[0]!,
          image,
          securityContext: { ...POD.containers[0]!.securityContext, readOnlyRootFilesystem: true },
        },
      ],
    },
  }));
  const { stdout } = await apply(pods as never, '--dry-run=server');
  const admitted = images.filter((_, i) => stdout.includes(`pod/pod-${i} created`));
  expect(admitted).toEqual(images.filter((image) => !isUnpinned(image)));
});

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('a waiver ends as the review ends it: the API server notes the time of each request in the object', async () => {
  const ends = [
    '',
    ' until=',
    ' until=soon',
    ' until=2031-2-1',
    ' until=2031-02-30',
    ' until=2031-13-01',
    'until=2031-01-01',
  ];
  const dated = [day(-400), day(-2), day(2), day(400)].flatMap((date) => [` until=${date}`, `\tuntil=${date} `]);
  const texts = ['the test says so', '', 'until=2020-01-01 was long ago', 'a\nb']
    .flatMap((reason) => [...ends, ...dated].map((end) => `${reason}${end}`))
    .filter((text, i, all) => all.indexOf(text) === i);
  const pods = texts.map((text, i) => ({
    ...unpinned(`pod-${i}`),
    metadata: {
      name: `pod-${i}`,
      namespace: 'ends',
      annotations: { [waiverAnnotation('images/latest')]: text },
    },
  }));
  await namespace('ends', {}, others('images/latest'));
  const { stdout } = await apply(pods, '--dry-run=server');
  const admitted = texts.filter((_, i) => stdout.includes(`pod/pod-${i} created`));
  expect(admitted).toEqual(
    texts.filter((text) => {
      const { reason, until, invalidDate } = parseWaiver(text);
      return reason !== '' && invalidDate === undefined && (until === undefined || until >= day(0));
    }),
  );
});

test('a waiver that ended is none for an object that is there: its next change is refused', async () => {
  await namespace('changes', {}, others('images/latest'));
  const allow = waiverAnnotation('images/latest');
  const pod = (until: string, label: string) => ({
    ...unpinned('web'),
    metadata: {
      name: 'web',
      namespace: 'changes',
      labels: { label },
      annotations: { [allow]: `the test says so until=${until}` },
    },
  });
  expect((await apply([pod(day(2), 'a')])).status).toBe(0);
  expect((await apply([pod(day(2), 'b')])).status).toBe(0);
  expect((await apply([pod(day(-2), 'b')])).stderr).toContain('[images/latest]');
  expect((await apply([pod(day(-2), 'c')], '--server-side', '--force-conflicts')).stderr).toContain('[images/latest]');
});

test('what the app and the Cluster waive is admitted by name, until its day', async () => {
  const app = newApp({ waive: { 'images/latest': `the team moves it until=${day(2)}` } });
  const cluster = newCluster(app, { waive: { 'security/writable-root': `the team mends it until=${day(-2)}` } });
  const tenant = newTenant({ admission: 'deny', quota: 'none' }, cluster, 'covered');
  const deployment = ({ spec }: Manifest) => {
    spec.template.spec.containers[0].image = 'example.com/app:latest';
  };
  web({ customize: { deployment } }, tenant, 'old');
  new KubeObject(tenant, 'Writer', { ...deploymentByHand('writer', 1), metadata: { name: 'writer' } } as never);
  const all = synth(app).manifests;
  await apply(all.filter(({ kind }) => /^(Namespace|ValidatingAdmissionPolicy)/.test(kind)));
  const named = (name: string) => all.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name)!;
  const old = named('old');
  await eventually('the list is in force', async () => (await apply([old], '--dry-run=server')).status === 0);
  const other = { ...old, metadata: { ...old.metadata, name: 'young' } };
  expect((await apply([other], '--dry-run=server')).stderr).toContain('[images/latest]');
  const elsewhere = { ...old, metadata: { ...old.metadata, namespace: 'strict' } };
  expect((await apply([elsewhere], '--dry-run=server')).stderr).toContain('[images/latest]');
  const pod = { ...unpinned('old'), metadata: { name: 'old', namespace: 'covered' } };
  expect((await apply([pod], '--dry-run=server')).stderr).toContain('[images/latest]');
  // its waiver has ended
  expect((await apply([named('writer')], '--dry-run=server')).stderr).toContain('[security/writable-root]');
});

let judgedInAll = 0;
test.each(PROGRAMS.map(({ name }) => name))('everything that %s makes is admitted', async (program) => {
  const output = await outputOf(program);
  const all = fs
    .readdirSync(output)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => objectsIn(fs.readFileSync(path.join(output, file), 'utf8')));
  const namespaces = all.filter(({ kind }) => kind === 'Namespace');
  const judged = all.filter(({ kind, metadata }) => JUDGED.test(kind) && metadata.namespace !== 'kube-system');
  const labelled = new Map(namespaces.map((one) => [one.metadata.name, one]));
  for (const name of new Set(judged.map(({ metadata }) => metadata.namespace))) {
    const known = labelled.get(name) ?? { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    await apply([
      { ...known, metadata: { ...known.metadata, labels: { ...known.metadata.labels, [ADMISSION]: 'deny' } } },
    ]);
  }
  judgedInAll += judged.length;
  // some make a cluster only
  const said = judged.length > 0 ? await apply(judged, '--dry-run=server') : { status: 0, stderr: '' };
  expect(said).toMatchObject({ status: 0, stderr: '' });
});

test('that is many objects', () => {
  expect(judgedInAll).toBeGreaterThan(250);
});
