import { Requirements } from '../../charts/core/requirements';
import { AUTO, BASE, because, existing, GROUP, made, NODES, needs } from './support';

const titles = (steps: string) => [...steps.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
const ADMIN = 'arn:aws:iam::111122223333:role/admin';
const SECRET = needs('secret', {
  kind: 'step',
  step: {
    title: 'Secret shop/db',
    text: 'Put in username and password.',
    commands: ['aws secretsmanager create-secret --name shop/db'],
  },
});

describe('the steps of a cluster that is made', () => {
  const { steps } = made(
    { ...BASE, nodeGroups: [{ ...GROUP, maxSize: 4 }] },
    SECRET,
    SECRET,
    Requirements.feature('load-balancer', because),
    Requirements.api('keda.sh/v1alpha1/ScaledObject', because),
  );

  test('lead from nothing to running: cluster, kubeconfig, controllers, secrets, manifests, a look', () => {
    expect(steps.split('\n')[0]).toBe('# Cluster prod: from nothing to running');
    expect(titles(steps)).toEqual([
      '1. Create the cluster',
      '2. Point kubectl at it',
      '3. Say who reaches the API server',
      '4. Protect it against deletion',
      '5. Install AWS Load Balancer Controller',
      '6. Install Cluster Autoscaler',
      '7. Install KEDA',
      '8. Secret shop/db',
      '9. Apply the manifests',
      '10. Look at it',
      'What this does not do',
    ]);
  });

  test.each([
    'eksctl create cluster -f cluster/prod.yaml',
    'aws eks update-kubeconfig --name prod --region us-west-2',
    'aws eks update-cluster-config --name prod --region us-west-2 --deletion-protection',
    'kubectl apply -f .',
    'aws secretsmanager create-secret --name shop/db',
    'kubectl get pods -A',
    'kubectl get ingress -A',
  ])('hold the command %s', (command) => {
    expect(steps).toContain(`\n${command}\n`);
  });

  test('give the load balancer controller what it cannot find out: the instance metadata is closed to pods', () => {
    const [, command = ''] = /helm upgrade --install aws-load-balancer-controller ([\s\S]*?)```/.exec(steps) ?? [];
    expect(command).toContain('--repo https://aws.github.io/eks-charts');
    expect(command).toContain('--namespace kube-system');
    expect(command).toContain('--set clusterName=prod');
    expect(command).toContain('--set region=us-west-2');
    expect(command).toContain(
      '--set vpcId="$(aws eks describe-cluster --name prod --region us-west-2 --query cluster.resourcesVpcConfig.vpcId --output text)"',
    );
    expect(command).toContain('--set serviceAccount.name=aws-load-balancer-controller');
  });

  test('give the autoscaler its cluster', () => {
    expect(steps).toMatch(
      /autoDiscovery\.clusterName=prod[^#]*awsRegion=us-west-2[^#]*rbac\.serviceAccount\.name=cluster-autoscaler/,
    );
  });

  test('every code block is closed, and the file ends in one newline', () => {
    expect((steps.match(/^```/gm) ?? []).length % 2).toBe(0);
    expect(steps).toMatch(/[^\n]\n$/);
  });

  test('hold no date and no path of this machine', () => {
    expect(steps).not.toMatch(/20\d\d-\d\d|\/(home|work|tmp|Users)\b/);
  });
});

test('they say who must create the cluster', () => {
  expect(made({ ...NODES, admins: [ADMIN] }).steps).toMatch(
    new RegExp(`as one of the cluster's admins[^#]*- \`${ADMIN}\``),
  );
  expect(made(NODES).steps).toMatch(/Whoever runs it becomes the admin/);
});

test('they look at what is there only', () => {
  const { steps } = made(AUTO);
  expect(steps).toMatch(/Auto Mode makes nodes only when pods wait/);
  expect(steps).not.toMatch(/kubectl get ingress/);
  expect(made(NODES).steps).not.toMatch(/Auto Mode makes nodes/);
});

describe('the steps of an existing cluster', () => {
  const { steps } = existing(
    BASE,
    needs('pi', {
      kind: 'pod-identity',
      association: {
        namespace: 'shop',
        serviceAccountName: 'web',
        permissionPolicyARNs: ['arn:aws:iam::aws:policy/A'],
      },
    }),
    needs('ae', { kind: 'access-entry', entry: { principalARN: ADMIN } }),
    needs('ad', { kind: 'addon', addon: { name: 'snapshot-controller' } }),
    Requirements.api('keda.sh/v1alpha1/ScaledObject', because),
    SECRET,
  );

  test('create no cluster, and give what a ClusterConfig would hold as commands', () => {
    expect(titles(steps)).toEqual([
      '1. Point kubectl at it',
      '2. Add the add-ons',
      '3. Give the service accounts their permissions',
      '4. Let people in',
      '5. Install KEDA',
      '6. Secret shop/db',
      '7. Apply the manifests',
      '8. Look at it',
      'What this does not do',
    ]);
    expect(steps).not.toMatch(/create cluster/);
    expect(steps).toContain('Skip this when the cluster has it already.');
  });

  test('feed eksctl a small ClusterConfig', () => {
    expect(steps).toContain(
      [
        "eksctl create podidentityassociation -f - <<'EOF'",
        'apiVersion: eksctl.io/v1alpha5',
        'kind: ClusterConfig',
        'metadata:',
        '  name: prod',
        '  region: us-west-2',
        'iam:',
        '  podIdentityAssociations:',
        '    - namespace: shop',
        '      serviceAccountName: web',
        '      permissionPolicyARNs:',
        '        - arn:aws:iam::aws:policy/A',
        'EOF',
      ].join('\n'),
    );
    expect(steps).toContain("eksctl create accessentry -f - <<'EOF'");
    expect(steps).toContain("eksctl create addon -f - <<'EOF'");
  });
});
