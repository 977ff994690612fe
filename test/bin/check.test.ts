import * as fs from 'node:fs';
import * as path from 'node:path';
import { BROKEN, command, FINE, folderOf, ISOLATED, podSpec } from './support';

const CLUSTER =
  'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: prod, region: us-west-2, version: "1.35" }\n';

/** Advice about every pod alone, of which the policies are not in the set. */
const ALONE = 'security/no-network-policy';

/** Rules of the findings of a check. */
async function rulesOf(args: readonly string[], input?: string): Promise<string[]> {
  const { out } = await command(['check', '--format', 'json', ...args], input === undefined ? {} : { input });
  const rules: string[] = JSON.parse(out).findings.map(({ rule }: { rule: string }) => rule);
  return rules.filter((rule) => rule !== ALONE);
}
const configIn = (folder: string, text: string) => {
  const file = path.join(folder, 'config.yml');
  fs.writeFileSync(file, text);
  return ['--config', file];
};

describe('the exit code', () => {
  test('is 0 without an error, and 1 with one', async () => {
    expect(await command(['check', folderOf({ 'a.yaml': FINE })])).toMatchObject({ code: 0, err: '' });
    expect(await command(['check', folderOf({ 'a.yaml': BROKEN })])).toMatchObject({ code: 1, err: '' });
  });

  test.each([
    ['warning', 'error', 0],
    ['warning', 'warning', 1],
    ['warning', 'advice', 1],
    ['advice', 'warning', 0],
  ])('with a finding at %s and --fail-on %s is %i', async (level, failOn, code) => {
    const folder = folderOf({ 'a.yaml': BROKEN });
    const config = configIn(folderOf({}), `levels: { quantities/invalid: ${level} }`);
    expect(await command(['check', folder, ...config, '--fail-on', failOn])).toMatchObject({ code });
  });

  test.each([
    [['check', 'no-such-folder']],
    [['check', '--format', 'xml']],
    [['check', '--fail-on', 'nothing']],
    [['check', '--kubernetes', 'newest', '.']],
    [['check', '--update-baseline', '.']],
    [['check', '--config', 'no-such-file', '.']],
    [['check', '--unknown']],
    [['chekc']],
    [['explain']],
    [['explain', 'references/mising']],
    [[]],
  ])('of %j is 2, with a message', async (args) => {
    const { code, out, err } = await command(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.length).toBeGreaterThan(10);
  });

  test('of nothing to check is 2: a wrong path must not pass', async () => {
    expect(await command(['check', folderOf({ 'values.yaml': 'image: x\n' })])).toMatchObject({ code: 2 });
    expect(await command(['check', '-'])).toMatchObject({ code: 2 });
  });

  test.each([['--help'], ['--version']])('of %s is 0', async (option) => {
    expect(await command([option])).toMatchObject({ code: 0, err: '' });
  });
});

describe('what is read', () => {
  test('folders, without node_modules, .git and what is no manifest', async () => {
    const folder = folderOf({
      'a/b/pod.yml': BROKEN.replace('512MB', '512Mi'),
      'c.json': JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'nowhere', namespace: 'shop' },
      }),
      'd.yaml': ISOLATED,
      'package.json': '{"name": "x"}',
      'values.yaml': 'replicas: 3\n',
      'kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a]\n',
      'Chart.yaml': 'apiVersion: v2\nname: x\n',
      'node_modules/x/bad.yaml': 'a: [',
      '.git/bad.yaml': 'a: [',
      'readme.md': 'a: [',
    });
    const { out, code } = await command(['check', folder]);
    expect(out).toBe('0 errors, 0 warnings, 0 advice in 3 objects of 3 files; 4 files without manifests skipped\n');
    expect(code).toBe(0);
  });

  test('the standard input, Lists, and JSON', async () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [JSON.parse('{"apiVersion":"v1","kind":"Pod"}')] };
    expect(await rulesOf(['-'], BROKEN)).toEqual(['quantities/invalid']);
    expect(await rulesOf(['-'], JSON.stringify(list))).toEqual(['manifests/head']);
  });

  test('a file that is given is a manifest, whatever is in it', async () => {
    expect(await rulesOf([path.join(folderOf({ 'a.yaml': 'image: x\n' }), 'a.yaml')])).toContain('manifests/head');
  });

  test('an error in one document does not hide the others', async () => {
    const folder = folderOf({ 'a.yaml': `a: [\n---\n${BROKEN}` });
    expect(await rulesOf([folder])).toEqual(['manifests/syntax', 'quantities/invalid']);
  });

  test.each([
    ['metadata:\n  name: {{ .Values.name }}\n'],
    ['{{- if .Values.enabled }}\nkind: Pod\n{{- end }}\n'],
    ['kind: Pod\nmetadata:\n{{- toYaml .Values.x | nindent 2 }}\n'],
  ])('a template that is not rendered is one finding: %j', async (text) => {
    expect(await rulesOf([folderOf({ 'a.yaml': text })])).toEqual(['manifests/template']);
  });

  test('text with {{ in a value is no template', async () => {
    const text = `${FINE}data: { a: '{{ $labels.pod }} is down', b: "{{ x }}" }\n`;
    expect(await rulesOf([folderOf({ 'a.yaml': text })])).toEqual([]);
  });
});

describe('the cluster', () => {
  const head = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop }\n';
  const pod = `${head}spec: ${podSpec('nodeSelector: { disk: ssd }')}\n`;
  const groups = `${CLUSTER}managedNodeGroups: [{ name: workers, instanceType: m5.large }]\n`;

  test('among the files is checked, and is the context', async () => {
    const rules = await rulesOf([folderOf({ 'a.yaml': pod, 'c.yaml': groups })]);
    expect(rules).toEqual(expect.arrayContaining(['placement/unschedulable', 'X32']));
  });

  test('of --cluster likewise', async () => {
    const folder = folderOf({ 'a.yaml': pod });
    expect(await rulesOf([folder])).toEqual([]);
    const file = path.join(folderOf({ 'c.yaml': groups }), 'c.yaml');
    expect(await rulesOf([folder, '--cluster', file])).toEqual(
      expect.arrayContaining(['placement/unschedulable', 'X32']),
    );
  });

  test('that is invalid is a finding at its line', async () => {
    const { out } = await command(['check', folderOf({ 'c.yaml': `${CLUSTER}nodeGrups: []\n` })]);
    expect(out).toMatch(/c\.yaml:4: error: .*\[L1\]/);
  });

  describe('has a capacity', () => {
    const large = 'resources: { requests: { cpu: "7", memory: 1Gi } }';
    const web = `${head}spec: { containers: [{ name: web, ${large} }] }\n`;
    const grown = groups.replace('m5.large }', 'm5.large, desiredCapacity: 2, minSize: 2, maxSize: 5 }');
    const grant =
      'iam: { podIdentityAssociations: [{ namespace: kube-system, serviceAccountName: a, wellKnownPolicies: { autoScaler: true } }] }\n';

    test('for the pods of the set', async () => {
      expect(await rulesOf([folderOf({ 'a.yaml': web, 'c.yaml': groups })])).toContain('capacity/pod-too-large');
    });

    test('that grows with an autoscaler, which other charts may install', async () => {
      const { out } = await command(['check', folderOf({ 'a.yaml': FINE, 'c.yaml': grown })]);
      expect(out).toMatch(/advice: .*\[capacity\/node-autoscaler\]/);
      expect(await rulesOf([folderOf({ 'a.yaml': FINE, 'c.yaml': grown + grant })])).not.toContain(
        'capacity/node-autoscaler',
      );
    });
  });

  test('must be a ClusterConfig', async () => {
    const folder = folderOf({ 'a.yaml': FINE });
    expect(await command(['check', folder, '--cluster', path.join(folder, 'a.yaml')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('must be a ClusterConfig'),
    });
  });
});

describe('files that are a part of what is applied', () => {
  const pod = (name: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop }\nspec: ${podSpec(`volumes: [{ name: a, secret: { secretName: ${name} } }]`)}\n`;
  const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';

  test('may refer to what a controller makes: a warning', async () => {
    const { code, out } = await command(['check', folderOf({ 'a.yaml': pod('made-by-a-job') })]);
    expect(code).toBe(0);
    expect(out).toMatch(/warning: .*\[references\/missing\]/);
    const config = configIn(folderOf({}), 'existing: [{ kind: Secret, namespace: shop, name: made-by-a-job }]');
    expect(await rulesOf([folderOf({ 'a.yaml': pod('made-by-a-job') }), ...config])).toEqual([]);
  });

  test('are applied folder by folder', async () => {
    expect(await rulesOf([folderOf({ 'a.yaml': FINE, 'setup/b.yaml': namespace })])).toEqual([]);
    expect(await rulesOf([folderOf({ 'a.yaml': FINE, 'b.yaml': namespace })])).toEqual(['apply-order/namespace']);
  });
});

describe('places', () => {
  test('are the line of the field', async () => {
    const folder = folderOf({
      'a.yaml': `# a comment\n---\n${FINE}---\napiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n    - name: a\n      image: 3\n`,
    });
    const { out } = await command(['check', folder]);
    expect(out).toMatch(/a\.yaml:13: error: .*\[manifests\/type\]/);
  });
});

describe('what is accepted', () => {
  const waived = BROKEN.replace(
    '  name: web',
    "  name: web\n  annotations: { cdk8s-eks-patterns.io/allow.quantities.invalid: 'by hand until=2026-12-31' }",
  );

  test('a waiver is listed, and does not fail', async () => {
    const { code, out } = await command(['check', folderOf({ 'a.yaml': waived })]);
    expect(code).toBe(0);
    expect(out).toContain("waived until 2026-12-31: Pod 'shop/web' [quantities/invalid]: by hand");
    expect(out).toContain('1 waived');
  });

  test('until its date', async () => {
    const folder = folderOf({ 'a.yaml': waived });
    expect(await command(['check', folder], { today: '2026-12-31' })).toMatchObject({ code: 0 });
    expect(await command(['check', folder], { today: '2027-01-01' })).toMatchObject({ code: 1 });
  });

  test('a baseline keeps what was there, also after lines have moved, and nothing else', async () => {
    const folder = folderOf({ 'a.yaml': BROKEN, 'policy.yaml': ISOLATED });
    const baseline = path.join(folderOf({}), 'baseline.json');
    const args = ['check', folder, '--baseline', baseline];
    expect(await command(args)).toMatchObject({ code: 2, err: expect.stringContaining('cannot read') });
    expect(await command([...args, '--update-baseline'])).toMatchObject({ code: 0 });
    fs.writeFileSync(path.join(folder, 'a.yaml'), `# moved\n${BROKEN}`);
    expect(await command(args)).toMatchObject({ code: 0, out: expect.stringContaining('1 in the baseline') });
    fs.writeFileSync(path.join(folder, 'b.yaml'), BROKEN.replace('name: web', 'name: api'));
    expect(await command(args)).toMatchObject({ code: 1 });
    fs.writeFileSync(baseline, '{}');
    expect(await command(args)).toMatchObject({ code: 2, err: expect.stringContaining('the baseline must be') });
  });
});

describe('colour', () => {
  const folder = () => folderOf({ 'a.yaml': BROKEN });
  const isColored = async (args: readonly string[], around: Parameters<typeof command>[1]) =>
    (await command(['check', folder(), ...args], around)).out.includes('\u001b[');

  test('is for terminals, unless it is declined', async () => {
    expect(await isColored([], { isTerminal: true })).toBe(true);
    expect(await isColored([], { isTerminal: false })).toBe(false);
    expect(await isColored(['--no-color'], { isTerminal: true })).toBe(false);
    expect(await isColored([], { isTerminal: true, env: { NO_COLOR: '1' } })).toBe(false);
  });
});

describe('explain and rules', () => {
  test('every rule that is listed can be explained', async () => {
    const { out } = await command(['rules']);
    const ids = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]!);
    expect(ids.length).toBeGreaterThan(100);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      expect(await command(['explain', id])).toMatchObject({ code: 0, out: expect.stringMatching(/^\S+\n\n.+/) });
    }
  });
});
