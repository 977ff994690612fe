import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Cluster } from 'cdk8s-eks-patterns';
import { ADMISSION_RULES, waiversOf } from '../../review/admission/rules';
import { RULES } from '../../review/rules';
import { appOf, existingCluster, type Manifest, newApp, newCluster, newTenant, synth, web } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const POLICY = 'ValidatingAdmissionPolicy';
const BINDING = 'ValidatingAdmissionPolicyBinding';
const ofKind = (manifests: readonly Manifest[], kind: string) => manifests.filter((one) => one.kind === kind);
const written = (tenant: ReturnType<typeof newTenant>) => synth(appOf(tenant));
const namespace = (tenant: ReturnType<typeof newTenant>) => tenant.namespaceObject.toJson().metadata;
const SHAPES = ['cron-jobs', 'pods', 'role-bindings', 'roles', 'services', 'workloads'];

describe('the policies of a cluster', () => {
  it('are written where a tenant asks for them, once for all tenants and in the file of the cluster', () => {
    expect(ofKind(written(newTenant()).manifests, POLICY)).toEqual([]);
    const shop = newTenant({ admission: 'deny' });
    newTenant({ admission: 'deny' }, shop.node.scope as Cluster, 'office');
    const { manifests, files } = written(shop);
    const names = (kind: string) =>
      ofKind(manifests, kind)
        .map(({ metadata }) => metadata.name)
        .sort();
    expect(names(POLICY)).toEqual(SHAPES.map((name) => `cdk8s-eks-patterns-${name}`));
    expect(names(BINDING)).toEqual(SHAPES.map((name) => `cdk8s-eks-patterns-${name}-deny`));
    expect(files['_cluster.k8s.yaml']).toContain(`kind: ${POLICY}\n`);
    expect(files['shop.k8s.yaml']).not.toContain(POLICY);
  });

  it('are bound to the namespaces of each action', () => {
    const shop = newTenant({ admission: 'deny' });
    newTenant({ admission: { action: 'warn' } }, shop.node.scope as Cluster, 'office');
    const bindings = ofKind(written(shop).manifests, BINDING).map(({ spec }) => [
      spec.policyName,
      spec.validationActions,
      spec.matchResources.namespaceSelector.matchLabels,
    ]);
    const label = 'cdk8s-eks-patterns.io/admission';
    for (const name of SHAPES) {
      expect(bindings).toContainEqual([`cdk8s-eks-patterns-${name}`, ['Deny'], { [label]: 'deny' }]);
      expect(bindings).toContainEqual([`cdk8s-eks-patterns-${name}`, ['Warn', 'Audit'], { [label]: 'warn' }]);
    }
    expect(bindings).toHaveLength(2 * SHAPES.length);
  });

  it('are left to another app with classes that are present', () => {
    const tenant = newTenant({ admission: 'deny' }, existingCluster(newApp(), { classes: 'present' }));
    const { manifests } = written(tenant);
    expect([...ofKind(manifests, POLICY), ...ofKind(manifests, BINDING)]).toEqual([]);
    expect(namespace(tenant).labels).toMatchObject({ 'cdk8s-eks-patterns.io/admission': 'deny' });
  });

  it('without a cluster are reported, since nothing writes them', () => {
    const tenant = newTenant({ admission: 'warn' }, newApp());
    written(tenant);
    expect(appOf(tenant).findings).toContainEqual(
      expect.objectContaining({ rule: 'tenant/admission-without-cluster', severity: 'warning', field: 'admission' }),
    );
  });
});

describe('each validation', () => {
  const validations = () =>
    ofKind(written(newTenant({ admission: 'deny' })).manifests, POLICY).flatMap(({ spec }) => spec.validations);

  it('names a rule of the review, and each rule of the table has one', () => {
    const ids = new Set(RULES.map(({ id }) => id));
    const named = validations().map(({ message }: Manifest) => /\[([^\]]+)\]$/.exec(message as never)?.[1]);
    expect(named.filter((id) => !ids.has(id!))).toEqual([]);
    expect(new Set(named)).toEqual(new Set(ADMISSION_RULES.map(({ rule }) => rule)));
  });

  it('lets pass what an annotation waives, with the title of the rule as its message', () => {
    for (const { rule, waivedBy } of ADMISSION_RULES) {
      const { title } = RULES.find(({ id }) => id === rule)!;
      const own = validations().filter(({ message }: Manifest) => message === (`${title} [${rule}]` as never));
      expect(own.length).toBeGreaterThan(0);
      for (const { expression } of own) {
        for (const annotation of waiversOf(rule)) {
          expect(expression).toContain(`'${annotation}' in variables.${waivedBy ? 'namespaceWaivers' : 'waivers'} || `);
        }
      }
    }
  });

  it('is on the page, with what it does not see and who waives it', () => {
    const page = fs.readFileSync(path.join(__dirname, '../../docs/tenant.md'), 'utf8');
    const rows = page.match(/^\| `[a-z-]+\/[a-z-]+` +\|.*$/gm)!.map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    const SUBJECTS = {
      pods: 'Pods, workloads and CronJobs',
      services: 'Services',
      roles: 'Roles',
      'role-bindings': 'RoleBindings',
    };
    expect(rows).toEqual(
      ADMISSION_RULES.map(({ rule, subject, waivedBy, less = '' }) => [
        `\`${rule}\``,
        SUBJECTS[subject],
        waivedBy ? 'Namespace' : `the object, ${subject === 'pods' ? 'its pods, ' : ''}Namespace`,
        less,
      ]),
    );
  });

  it('of a writable file system is waived by the reason of the prop as well', () => {
    expect(waiversOf('security/writable-root')).toEqual([
      'cdk8s-eks-patterns.io/allow.security.writable-root',
      'cdk8s-eks-patterns.io/writable-root-because',
    ]);
  });
});

describe('waivers of the app and of the Cluster', () => {
  const TAKEN = 'the team moves it next quarter';
  const deployment = ({ spec }: Manifest) => {
    spec.template.spec.containers[0].image = 'app:latest';
  };
  const bad = (tenant: ReturnType<typeof newTenant>, id: string) => web({ customize: { deployment } }, tenant, id);
  const expressions = (manifests: readonly Manifest[], rule: string) =>
    ofKind(manifests, POLICY).flatMap(({ spec }) =>
      spec.validations.flatMap(({ message, expression }: Manifest) =>
        String(message).endsWith(`[${rule}]`) ? [String(expression)] : [],
      ),
    );

  it('are lists of the objects that a rule finds, in the policy for their kind', () => {
    const shop = newTenant(
      { admission: 'deny' },
      newCluster(newApp({ waive: { 'images/latest': TAKEN, 'security/rbac-wildcard': TAKEN } })),
    );
    bad(shop, 'old');
    web({}, shop, 'new');
    const { manifests } = written(shop);
    expect(expressions(manifests, 'images/latest').filter((text) => text.includes('shop/'))).toEqual([
      expect.stringContaining("object.metadata.name in ['Deployment shop/old'])"),
    ]);
    expect(expressions(manifests, 'security/rbac-wildcard').filter((text) => text.includes(' in ['))).toEqual([]);
  });

  it('end on their day', () => {
    const shop = newTenant(
      { admission: 'deny' },
      newCluster(newApp({ waive: { 'images/latest': `${TAKEN} until=2031-05-31` } })),
    );
    bad(shop, 'old');
    expect(expressions(written(shop).manifests, 'images/latest').join()).toContain(
      "in ['Deployment shop/old'] && !variables.dates.exists(d, d > '2031-05-31'))",
    );
  });

  it.each([newCluster, existingCluster])('of a Cluster cover what is below it', (make) => {
    const app = newApp();
    const cluster = make(app, { waive: { 'images/latest': TAKEN } });
    bad(newTenant({ admission: 'deny' }, cluster), 'old');
    expect(expressions(synth(app).manifests, 'images/latest').join()).toContain("'Deployment shop/old'");
  });

  it('name nothing of tenants without admission, and nothing that no waiver covers', () => {
    const cluster = newCluster(newApp({ waive: { 'probes/timeout': TAKEN } }));
    const shop = newTenant({ admission: 'deny' }, cluster);
    bad(newTenant({}, cluster, 'office'), 'old');
    web({}, shop);
    expect(ofKind(written(shop).manifests, POLICY).some((one) => JSON.stringify(one).includes('office/'))).toBe(false);
  });

  it('of a Tenant and of a pattern stay annotations', () => {
    const shop = newTenant({ admission: 'deny', waive: { 'images/latest': TAKEN } });
    bad(shop, 'old');
    expect(expressions(written(shop).manifests, 'images/latest').join()).not.toContain('shop/old');
  });
});

describe('the namespace', () => {
  it('says what is denied, which registries it trusts and which labels it asks for', () => {
    const admission = {
      registries: ['a.example.com', 'b.example.com/team'],
      labels: ['cost-center', 'example.com/tier'],
    };
    expect(namespace(newTenant({ admission }))).toMatchObject({
      labels: { 'cdk8s-eks-patterns.io/admission': 'deny' },
      annotations: {
        'cdk8s-eks-patterns.io/registries': 'a.example.com,b.example.com/team',
        'cdk8s-eks-patterns.io/required-labels': 'cost-center,example.com/tier',
      },
    });
    expect(namespace(newTenant({ admission: 'warn' })).annotations).toBeUndefined();
  });

  it.each([
    ['images/registry', { registries: ['a.example.com'] }],
    ['metadata/required-labels', { labels: ['cost-center'] }],
  ])('holds its own program to it: %s', (rule, admission) => {
    const errors = (labels: Record<string, string>, given: object) =>
      findingsOf(() => {
        const tenant = newTenant({ admission: given });
        web({ labels }, tenant);
        written(tenant);
      }).map((finding) => finding.rule);
    expect(errors({}, admission)).toEqual([rule]);
    const registries = ['111122223333.dkr.ecr.us-west-2.amazonaws.com'];
    expect(errors({ 'cost-center': '42' }, { registries, labels: ['cost-center'] })).toEqual([]);
  });

  it('says how to reach the team', () => {
    expect(namespace(newTenant({ contact: '#shop on chat.example.com' })).annotations).toEqual({
      'cdk8s-eks-patterns.io/contact': '#shop on chat.example.com',
    });
  });
});

describe('what cannot be admitted by', () => {
  it.each([
    [{ admission: 'audit' }, 'props/unsupported', 'admission'],
    [{ admission: true }, 'props/type', 'admission'],
    [{ admission: { action: 'refuse' } }, 'props/unsupported', 'admission.action'],
    [{ admission: { rules: [] } }, 'props/unknown', 'admission.rules'],
    [{ admission: { registries: [] } }, 'props/invalid', 'admission.registries'],
    [{ admission: { registries: ['https://a.example.com'] } }, 'props/invalid', 'admission.registries[0]'],
    [{ admission: { registries: ['a.example.com', 'b.example.com/'] } }, 'props/invalid', 'admission.registries[1]'],
    [{ admission: { registries: ['a,b'] } }, 'props/invalid', 'admission.registries[0]'],
    [{ admission: { labels: ['cost center'] } }, 'props/invalid', 'admission.labels[0]'],
    [{ admission: { labels: 'tier' } }, 'props/type', 'admission.labels'],
    [{ contact: '' }, 'props/type', 'contact'],
    [
      { labels: { 'cdk8s-eks-patterns.io/admission': 'warn' } },
      'props/forbidden',
      "labels['cdk8s-eks-patterns.io/admission']",
    ],
  ])('%j is refused', (props, rule, field) => {
    expect(refusedBy(() => newTenant(props as never, newCluster()))).toEqual([rule, field]);
  });
});
