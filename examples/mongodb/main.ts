import {
  BatchJob,
  Cluster,
  EksApp,
  Image,
  Probe,
  Secret,
  StatefulService,
  Tenant,
  WebService,
} from 'cdk8s-eks-patterns';

/** A MongoDB replica set of three members, the Job that initiates it, and a service that uses it. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.xlarge', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const catalog = new Tenant(cluster, 'catalog');
const internal = Secret.fromSecretsManager(catalog, 'internal', { secret: 'catalog/mongodb-keyfile', keys: ['key'] });
const admin = Secret.fromSecretsManager(catalog, 'admin', { secret: 'catalog/mongodb-admin', keys: ['password'] });
const client = Secret.fromSecretsManager(catalog, 'client', { secret: 'catalog/mongodb-client', keys: ['password'] });
const ecr = { account: '111122223333', region: 'us-west-2' } as const;
const mongo = {
  image: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'library/mongo', tag: '8.0.15' }),
  user: 999,
} as const;
const shell = (script: string) => ['mongosh', '--quiet', '--norc', '--eval', script];

const members = new StatefulService(catalog, 'mongodb', {
  ...mongo,
  quorum: 3,
  port: { mongodb: 27017 },
  memberPorts: [], // members and clients use the same port
  storage: { mountPath: '/data/db', size: '50Gi' },
  args: [
    ...['--replSet', 'rs0', '--bind_ip_all', '--keyFile', '/etc/mongodb/keyfile'],
    ...['--wiredTigerCacheSizeGB', '0.75'],
  ],
  env: { HOME: '/tmp' }, // of mongosh in the probe
  probes: {
    // a member that copies data or has no set yet is not ready
    readiness: Probe.exec(
      shell('const { isWritablePrimary, secondary } = db.hello(); quit(isWritablePrimary || secondary ? 0 : 1)'),
      { period: '20s', timeout: '10s' },
    ),
    liveness: Probe.tcp({ failures: 9 }),
    startup: Probe.tcp({ period: '10s', failures: 180 }),
  },
  resources: { cpu: '500m', memory: '2Gi' },
  initContainers: [
    {
      name: 'keyfile',
      like: 'main',
      // mongod refuses a key that its group can read
      command: ['sh', '-ec'],
      args: ['install -m 400 "$KEY_FILE" /etc/mongodb/keyfile'],
      env: { KEY_FILE: internal.file('key') },
      resources: { cpu: '10m', memory: '32Mi' },
    },
  ],
  shared: [{ name: 'keyfile', path: '/etc/mongodb', size: '1Mi', with: ['keyfile', 'main'] }],
});
const hosts = members.hosts.map((host) => `${host}:27017`);

new BatchJob(catalog, 'initiate', {
  ...mongo,
  command: ['mongosh', '--quiet', '--norc', '--nodb', '/scripts/initiate.js'],
  env: {
    HOME: '/tmp',
    HOSTS: hosts.join(','),
    KEY_FILE: internal.file('key'),
    ADMIN_PASSWORD_FILE: admin.file('password'),
    CLIENT_PASSWORD_FILE: client.file('password'),
  },
  files: {
    '/scripts/initiate.js': `
const { readFileSync } = require('node:fs');
const read = (name) => readFileSync(process.env[name], 'utf8');
const hosts = process.env.HOSTS.split(',');
// the user of members, whose password is the key without white space
const internal = encodeURIComponent(read('KEY_FILE').replace(/\\s/g, ''));
const open = (address, options) => {
  for (;;) {
    try { return new Mongo('mongodb://__system:' + internal + '@' + address + '/?authSource=local&' + options); }
    catch (error) { print(address + ': ' + error.message); sleep(3000); }
  }
};
let fresh = true;
for (const host of hosts) {
  if (open(host, 'directConnection=true').getDB('admin').hello().setName) fresh = false;
}
if (fresh) {
  const members = hosts.map((host, _id) => ({ _id, host }));
  open(hosts[0], 'directConnection=true')
    .getDB('admin')
    .runCommand({ replSetInitiate: { _id: 'rs0', members } });
}
const set = open(hosts.join(','), 'replicaSet=rs0');
const ensure = (user, pwd, roles) => {
  if (!set.getDB('admin').getUser(user)) set.getDB('admin').createUser({ user, pwd, roles });
};
ensure('admin', read('ADMIN_PASSWORD_FILE'), ['root']);
ensure('catalog', read('CLIENT_PASSWORD_FILE'), [{ role: 'readWrite', db: 'catalog' }]);
`,
  },
  connectsTo: [members],
  deadline: '30m',
  resources: { cpu: '100m', memory: '512Mi' },
});

new WebService(catalog, 'web', {
  image: Image.ecr({ ...ecr, repository: 'catalog/web', tag: '3.0.1' }),
  user: 10001,
  port: { http: 8080 },
  replicas: 2,
  env: {
    MONGODB_URI: `mongodb://${hosts.join(',')}/catalog?replicaSet=rs0&authSource=admin&w=majority`,
    MONGODB_USER: 'catalog',
    MONGODB_PASSWORD_FILE: client.file('password'),
  },
  connectsTo: [members],
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '100m', memory: '256Mi' },
});
app.synth();
