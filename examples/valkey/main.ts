import { Cluster, EksApp, Env, Image, Probe, Secret, StatefulService, Tenant, WebService } from 'cdk8s-eks-patterns';

/** Valkey Cluster: three primaries with a replica each, and the Job that joins them. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.xlarge', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const cache = new Tenant(cluster, 'cache');
const auth = Secret.fromSecretsManager(cache, 'auth', { secret: 'cache/valkey', keys: ['password'] });
const ecr = { account: '111122223333', region: 'us-west-2' } as const;
const valkey = {
  image: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'valkey/valkey', tag: '8.1.4-alpine' }),
  user: { uid: 999, gid: 1000 },
} as const;
const withPassword = 'export REDISCLI_AUTH="$(cat "$PASSWORD_FILE")";';
const answers = ['sh', '-c', `${withPassword} valkey-cli ping | grep -q PONG`];

const store = new StatefulService(cache, 'valkey', {
  ...valkey,
  replicas: 6,
  order: 'Parallel',
  port: { valkey: 6379, bus: 16379 },
  memberPorts: ['bus'],
  storage: { mountPath: '/data', size: '10Gi' },
  command: ['sh', '-c'],
  args: [
    'password="$(cat "$PASSWORD_FILE")"; exec valkey-server /etc/valkey/valkey.conf ' +
      '--cluster-announce-ip "$POD_IP" --requirepass "$password" --primaryauth "$password"',
  ],
  env: { PASSWORD_FILE: auth.file('password'), POD_IP: Env.podIp() },
  files: {
    '/etc/valkey/valkey.conf': [
      'dir /data',
      'appendonly yes',
      'cluster-enabled yes',
      'cluster-config-file /data/nodes.conf',
      'cluster-node-timeout 15000',
      'maxmemory 1500mb',
    ].join('\n'),
  },
  probes: { readiness: Probe.exec(answers), liveness: Probe.exec(answers, { failures: 9 }) },
  resources: { cpu: '250m', memory: '2Gi' },
  // a member is added by its address; the nodes file of each member keeps the cluster from then on
  bootstrap: {
    command: ['sh', '-ec'],
    args: [
      `${withPassword} first="\${HOSTS%% *}"
      if valkey-cli -h "$first" cluster info | grep -q cluster_state:ok; then exit 0; fi
      members=""
      for host in $HOSTS; do members="$members $(getent hosts "$host" | cut -d' ' -f1):6379"; done
      valkey-cli --cluster create $members --cluster-replicas 1 --cluster-yes`,
    ],
    env: { HOSTS: (self) => self.hosts.join(' ') },
    resources: { cpu: '50m', memory: '64Mi' },
    waitImage: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'library/busybox', tag: '1.37' }),
    deadline: '15m',
  },
});

new WebService(cache, 'web', {
  image: Image.ecr({ ...ecr, repository: 'cache/web', tag: '1.0.0' }),
  user: 10001,
  port: { http: 8080 },
  replicas: 2,
  env: { VALKEY: store.address, VALKEY_PASSWORD_FILE: auth.file('password') },
  connectsTo: [store],
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '100m', memory: '256Mi' },
});
app.synth();
