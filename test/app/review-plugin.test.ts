import * as fs from 'node:fs';
import * as path from 'node:path';
import { Review } from 'cdk8s-eks-patterns';
import { newApp, newCluster, newTenant, quietly, temporaryFolder, web } from '../support/app';
import { refusedBy } from '../support/findings';
import { REPOSITORY } from './support';

const BROKEN = `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers: [{ name: web, image: 'registry.example.com/web:1.0.0', resources: { requests: { memory: 512MB } } }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: other, namespace: shop }
`;

// the CLI exports no types
const { ValidationContext } = require(`${REPOSITORY}/node_modules/cdk8s-cli/lib/plugins/validation.js`);

interface Violation {
  readonly ruleName: string;
  readonly violatingConstructs: readonly {
    readonly constructPath?: string;
    readonly resourceName: string;
    readonly manifestPath: string;
  }[];
}

/** What the CLI's own report has after a validation of a text. */
async function validated(
  text: string,
  properties = {},
  metadata: Record<string, { path: string }> = {},
  folder = temporaryFolder(),
) {
  const file = path.join(folder, 'a.k8s.yaml');
  fs.writeFileSync(file, text);
  const context = new ValidationContext([file], 'cdk8s-eks-patterns', '0.1.0', metadata, false);
  await new Review(properties).validate(context);
  const violations = context.report.violations as readonly Violation[];
  const { constructPath, resourceName, manifestPath } = violations[0]?.violatingConstructs[0] ?? {};
  const rules = violations.map(({ ruleName }) => ruleName);
  return { success: context.report.success, rules, constructPath, resourceName, isFile: manifestPath === file };
}

test('an error fails the validation, a warning does not unless it is asked to', async () => {
  expect(await validated(BROKEN)).toMatchObject({ success: false, rules: ['error quantities/invalid'], isFile: true });
  const levels = { quantities: 'warning' };
  expect(await validated(BROKEN, { levels })).toMatchObject({ success: true, rules: ['warning quantities/invalid'] });
  expect(await validated(BROKEN, { levels, failOn: 'warning' })).toMatchObject({ success: false });
});

test('what is missing is a warning, unless it is declared', async () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: shop }\n';
  const containers = "[{ name: web, image: 'registry.example.com/web:1.0.0' }]";
  const text = `${pod}spec: { containers: ${containers}, volumes: [{ name: x, configMap: { name: nowhere } }] }\n`;
  expect(await validated(text)).toMatchObject({ success: true, rules: ['warning references/missing'] });
  const existing = [{ kind: 'ConfigMap', namespace: 'shop', name: 'nowhere' }];
  expect(await validated(text, { existing })).toMatchObject({ success: true, rules: [] });
});

test('a waiver and advice are no violations', async () => {
  const waived = BROKEN.replace(
    'namespace: shop }',
    "namespace: shop, annotations: { cdk8s-eks-patterns.io/allow.quantities.invalid: 'why' } }",
  );
  expect(await validated(waived)).toMatchObject({ success: true, rules: [] });
  expect(await validated(BROKEN, { levels: { quantities: 'advice' } })).toMatchObject({ success: true, rules: [] });
});

test('the waivers that an app has written beside the manifests hold', async () => {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, '.cdk8s-eks-patterns.waivers'), 'quantities/invalid: "a test"\n');
  expect(await validated(BROKEN, {}, {}, folder)).toMatchObject({ success: true, rules: [] });
});

test('the levels and existing objects that an app has written beside the manifests hold, behind those of the validation', async () => {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, '.cdk8s-eks-patterns.review'), 'levels: { quantities: off }\n');
  expect(await validated(BROKEN, {}, {}, folder)).toMatchObject({ success: true, rules: [] });
  const levels = { quantities: 'warning' };
  expect(await validated(BROKEN, { levels }, {}, folder)).toMatchObject({ rules: ['warning quantities/invalid'] });
});

test('a ClusterConfig is context, not an object', async () => {
  const config = 'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: a, region: us-west-2 }\n';
  const groups = 'managedNodeGroups: [{ name: workers, instanceType: m5.large }]\n';
  const containers = "[{ name: web, image: 'registry.example.com/web:1.0.0' }]";
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: ${containers}, nodeSelector: { disk: ssd } }\n`;
  expect(await validated(`${config}---\n${pod}`)).toMatchObject({ success: true });
  expect((await validated(`${config}${groups}---\n${pod}`)).rules).toEqual(['error placement/unschedulable']);
});

describe('the construct', () => {
  const path = (text: string) => ({ path: text });

  test('is that of the kind, where the metadata knows it', async () => {
    const metadata = { web: path('prod/shop/web/Ingress'), 'shop/Pod/web': path('prod/shop/web/Pod') };
    expect(await validated(BROKEN, {}, metadata)).toMatchObject({ constructPath: 'prod/shop/web/Pod' });
  });

  test('of a plain App is known by name, if one object alone has the name', async () => {
    const metadata = { web: path('chart/web') };
    expect(await validated(BROKEN, {}, metadata)).toMatchObject({ constructPath: 'chart/web' });
    const twice = BROKEN.replace('name: other', 'name: web');
    expect(await validated(twice, {}, metadata)).toMatchObject({
      constructPath: undefined,
      resourceName: 'shop/Pod/web',
    });
  });

  test('is recorded by an EksApp', () => {
    const app = newApp({ recordConstructMetadata: true });
    web({}, newTenant({}, newCluster(app)));
    quietly(() => app.synth());
    const { resources } = JSON.parse(fs.readFileSync(`${app.outdir}/construct-metadata.json`, 'utf8'));
    expect(resources['shop/Deployment/web']).toEqual({ path: 'prod/shop/web/Deployment' });
    expect(resources['/Namespace/shop']).toEqual({ path: 'prod/shop/Namespace' });
    expect(resources.web).toBeDefined();
  });
});

test.each([
  [{ level: 'strict' }, 'props/unknown', 'level'],
  [{ failOn: 'advice' }, 'props/unsupported', 'review.failOn'],
  [{ levels: { references: 'loud' } }, 'props/unsupported', "review.levels['references']"],
])('%j is refused', (properties, rule, field) => {
  expect(refusedBy(() => new Review(properties as never))).toEqual([rule, field]);
});
