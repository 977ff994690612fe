import { Cluster, EksApp, Probe, Tenant, WebService } from 'cdk8s-eks-patterns';

/** What differs between environments; everything else is the same program. */
export interface Environment {
  readonly region: 'us-west-2' | 'eu-central-1';
  readonly account: string;
  readonly cluster: { readonly minSize: number; readonly maxSize: number };
  readonly replicas: number | { readonly min: number; readonly max: number };
  readonly tag: string;
  readonly admission: 'warn' | 'deny';
}

export const environments: Readonly<Record<string, Environment>> = {
  dev: {
    region: 'us-west-2',
    account: '111122223333',
    cluster: { minSize: 4, maxSize: 12 },
    replicas: 1,
    tag: '3.3.0-rc.1',
    admission: 'warn',
  },
  staging: {
    region: 'us-west-2',
    account: '222233334444',
    cluster: { minSize: 12, maxSize: 24 },
    replicas: 2,
    tag: '3.2.1',
    admission: 'deny',
  },
  prod: {
    region: 'us-west-2',
    account: '333344445555',
    cluster: { minSize: 18, maxSize: 60 },
    replicas: { min: 2, max: 6 },
    tag: '3.2.0',
    admission: 'deny',
  },
};

/** Thirty teams, each with a namespace in every environment. */
export const teams = Array.from({ length: 30 }, (_, i) => `team-${String(i + 1).padStart(2, '0')}`);

/** The app of an environment. @param outdir of its files; by default that of the app */
export function environmentApp(name: string, outdir?: string): EksApp {
  const { region, account, cluster: sizes, replicas, tag, admission } = environments[name]!;
  const registry = `${account}.dkr.ecr.${region}.amazonaws.com`;
  const app = new EksApp(outdir === undefined ? {} : { outdir });
  const cluster = new Cluster(app, name, {
    region,
    version: '1.35',
    publicAccessCIDRs: ['203.0.113.0/24'],
    nodeGroups: [{ name: 'workers', instanceType: 'm7i.large', ...sizes }],
    tags: { environment: name },
  });
  for (const team of teams) {
    const tenant = new Tenant(cluster, team, {
      costs: { 'cost-center': team },
      contact: `#${team} on chat.example.com`,
      access: {
        edit: [`arn:aws:iam::${account}:role/${team}`],
        view: [{ group: 'support' }],
      },
      admission: { action: admission, registries: [registry], labels: ['cost-center'] },
    });
    new WebService(tenant, 'api', {
      image: `${registry}/${team}/api:${tag}`,
      user: 10001,
      port: 8080,
      replicas,
      env: { ENVIRONMENT: name },
      probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
      resources: { cpu: '100m', memory: '128Mi' },
    });
  }
  return app;
}
