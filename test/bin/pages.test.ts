/** What the pages say that the command prints and takes. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { REPOSITORY } from '../app/support';
import { command, folderOf } from './support';

const page = (name: string): string => fs.readFileSync(path.join(REPOSITORY, name), 'utf8');

const SHOP = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      nodeSelector: { disk: ssd }
      automountServiceAccountToken: false
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: RuntimeDefault } }
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: web } } }
      containers:
        - name: web
          image: registry.example.com/web:1.4.2
          envFrom: [{ secretRef: { name: database } }]
          resources: { requests: { cpu: 250m, memory: 512MB }, limits: { memory: 512Mi } }
          readinessProbe: { httpGet: { path: /ready, port: 8080 } }
          livenessProbe: { httpGet: { path: /alive, port: 8080 } }
          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`;
const CLUSTER = `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2, version: "1.35" }
autoModeConfig: { enabled: false }
vpc: { publicAccessCIDRs: [203.0.113.0/24] }
managedNodeGroups: [{ name: workers, instanceType: m7i.large, desiredCapacity: 3 }]
`;

describe('README.md', () => {
  const home = process.cwd();
  afterEach(() => process.chdir(home));

  test('shows what the command prints', async () => {
    process.chdir(folderOf({ 'k8s/shop.yaml': SHOP, 'cluster.yaml': CLUSTER }));
    const args = ['check', 'k8s/', '--cluster', 'cluster.yaml'];
    const { code, out } = await command(args);
    expect(code).toBe(1);
    expect(page('README.md')).toContain(`\`\`\`console\n$ npx cdk8s-eks-patterns ${args.join(' ')}\n${out}\`\`\`\n`);
  });
});

/** The parsed code blocks below a heading, up to the next. */
function blocks(text: string, heading: string): readonly Record<string, unknown>[] {
  const [, after = ''] = text.split(`\n## ${heading}\n`);
  const [section = ''] = after.split('\n## ');
  return [...section.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => {
    const [document] = parseAllDocuments(yaml!);
    expect(document?.errors).toEqual([]);
    return document!.toJS() as Record<string, unknown>;
  });
}

/** Every text in a value. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value ? Object.values(value).flatMap(textsIn) : [];

describe('the recipes of docs/review.md', () => {
  const recipes = blocks(page('docs/review.md'), 'In CI');

  test('are for GitHub, GitLab and CodeBuild', () => {
    expect(recipes.map(Object.keys)).toEqual([['jobs'], ['review'], ['version', 'phases', 'reports']]);
  });

  test('run the command with options that it takes, and use the file that it writes', async () => {
    const folder = folderOf({ 'shop.yaml': SHOP });
    let commands = 0;
    for (const recipe of recipes) {
      const texts = textsIn(recipe);
      for (const text of texts.filter((one) => one.includes('cdk8s-eks-patterns'))) {
        const [, args = '', , file] = /^npx cdk8s-eks-patterns ([^>]*?)( > (\S+))?$/.exec(text) ?? [];
        const { code, out, err } = await command(args.replace(/\bdist\b/, folder).split(' '));
        expect({ text, code, err, printed: out !== '' }).toEqual({ text, code: 1, err: '', printed: true });
        expect(file === undefined || texts.some((one) => one !== text && one === file)).toBe(true);
        commands++;
      }
    }
    expect(commands).toBe(4);
  });

  test('the configuration is one that the command reads', async () => {
    const [config] = blocks(page('docs/review.md'), 'The command');
    expect(Object.keys(config!)).toEqual(['levels', 'cluster', 'kubernetes', 'existing', 'baseline', 'failOn']);
  });
});
