import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as https from 'node:https';
import * as os from 'node:os';
import * as path from 'node:path';
import { NEWEST, SUPPORTED } from '../../support/supported-versions';
import { Audit } from './audit';
import { programs } from './binaries';
import { eventually } from './eventually';
import { Kube } from './kube';
import { Kubectl } from './kubectl';
import { freePorts, isPortTaken, Program } from './processes';

export { NEWEST, SUPPORTED };

/** Who does what is in the audit log by these names. */
const USERS = ['admin', 'controllers', 'scheduler', 'kubelet', 'storage'] as const;
type User = (typeof USERS)[number];
/** Names by which the API server, and policies of the library, know its controllers. */
const NAMES: Partial<Record<User, string>> = { controllers: 'system:kube-controller-manager' };

export interface PlaneProps {
  /** Of Kubernetes, such as '1.35'. @default NEWEST */
  readonly minor?: string;
  /**
   * 'api' has etcd and kube-apiserver, 'controllers' kube-controller-manager too, 'all' also kube-scheduler and kwok, which
   * simulates kubelets. @default 'all'
   */
  readonly parts?: 'api' | 'controllers' | 'all';
}

/** A control plane of its own, on free ports of the loopback interface, with its files in a temporary folder. */
export class Plane {
  private readonly running: Program[] = [];
  private readonly tokens = Object.fromEntries(USERS.map((user) => [user, crypto.randomUUID()])) as Record<
    User,
    string
  >;

  /** What was done to pods. */
  readonly audit: Audit;

  private constructor(
    readonly minor: string,
    readonly folder: string,
    private readonly port: number,
  ) {
    this.audit = new Audit(this.file('audit.log'));
  }

  static async start(props: PlaneProps = {}): Promise<Plane> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await Plane.tryToStart(props);
      } catch (e) {
        if (attempt === 3 || !isPortTaken(e)) {
          throw e;
        }
      }
    }
  }

  private static async tryToStart({ minor = NEWEST, parts = 'all' }: PlaneProps): Promise<Plane> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'control-plane-'));
    const [api, client, peer, kwok] = await freePorts(4);
    const plane = new Plane(minor, folder, api!);
    try {
      plane.writeFiles();
      await plane.startApi(client!, peer!);
      if (parts !== 'api') {
        plane.startController('kube-controller-manager', 'controllers', CONTROLLER_FLAGS(folder));
      }
      if (parts === 'all') {
        plane.startController('kube-scheduler', 'scheduler');
        plane.startKubelets(kwok!);
      }
      if (parts !== 'api') {
        await plane.waitForControllers();
      }
      return plane;
    } catch (e) {
      await plane.stop();
      throw e;
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.map((program) => program.stop()));
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Why a part has ended by itself. */
  private failure(): Error | undefined {
    return this.running.map((program) => program.failure()).find((failure) => failure !== undefined);
  }

  readonly kube = (user: User = 'admin'): Kube => new Kube(this.file(`${user}.kubeconfig`));
  kubectl(user: User = 'admin'): Kubectl {
    return new Kubectl(this.file(`${user}.kubeconfig`), this.folder);
  }

  /** What the API server made for itself, for a server on 127.0.0.1. */
  get certificate(): { readonly cert: string; readonly key: string } {
    const read = (name: string) => fs.readFileSync(this.file(`certificates/${name}`), 'utf8');
    return { cert: read('apiserver.crt'), key: read('apiserver.key') };
  }

  private file(name: string): string {
    return path.join(this.folder, name);
  }

  private start(name: keyof ReturnType<typeof programs>, args: readonly string[], env?: NodeJS.ProcessEnv): void {
    this.running.push(Program.start(programs()[name], args, this.folder, env));
  }

  private writeFiles(): void {
    const { privateKey, publicKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
    fs.writeFileSync(this.file('sa.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    fs.writeFileSync(this.file('sa.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
    const lines = USERS.map((user) => `${this.tokens[user]},${NAMES[user] ?? user},${user},system:masters`);
    fs.writeFileSync(this.file('tokens.csv'), `${lines.join('\n')}\n`);
    fs.writeFileSync(this.file('audit-policy.json'), JSON.stringify(AUDIT_POLICY));
    for (const user of USERS) {
      fs.writeFileSync(this.file(`${user}.kubeconfig`), JSON.stringify(kubeconfig(this.port, this.tokens[user])));
    }
  }

  private async startApi(client: number, peer: number): Promise<void> {
    const [etcd, etcdPeer] = [client, peer].map((port) => `http://127.0.0.1:${port}`);
    this.start('etcd', [
      ...['--name=n', `--data-dir=${this.file('etcd')}`, '--unsafe-no-fsync', '--log-level=error'],
      ...[`--listen-client-urls=${etcd}`, `--advertise-client-urls=${etcd}`],
      ...[`--listen-peer-urls=${etcdPeer}`, `--initial-advertise-peer-urls=${etcdPeer}`],
      `--initial-cluster=n=${etcdPeer}`,
    ]);
    this.start('kube-apiserver', [
      `--etcd-servers=${etcd}`,
      ...[`--emulated-version=${this.minor}`, '--bind-address=127.0.0.1', '--advertise-address=127.0.0.1'],
      ...[`--secure-port=${this.port}`, `--cert-dir=${this.file('certificates')}`],
      ...[`--token-auth-file=${this.file('tokens.csv')}`, '--authorization-mode=Node,RBAC'],
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${this.file('sa.pub')}`,
      `--service-account-signing-key-file=${this.file('sa.key')}`,
      ...['--service-cluster-ip-range=10.100.0.0/16', '--allow-privileged=true', '--endpoint-reconciler-type=none'],
      '--enable-admission-plugins=NodeRestriction,ExtendedResourceToleration',
      ...[`--audit-policy-file=${this.file('audit-policy.json')}`, `--audit-log-path=${this.file('audit.log')}`],
      '--audit-log-mode=blocking',
      // there is no network that it would relieve
      '--feature-gates=APIResponseCompression=false',
    ]);
    await this.waitFor('the API server is ready', async () => {
      const status = await readiness(this.port, this.tokens.admin);
      if (status !== 200) {
        throw new Error(`the answer is ${status}`);
      }
    });
  }

  private startController(
    name: 'kube-controller-manager' | 'kube-scheduler',
    user: User,
    flags: readonly string[] = [],
  ): void {
    this.start(name, [
      `--kubeconfig=${this.file(`${user}.kubeconfig`)}`,
      `--emulated-version=${this.minor}`,
      // nobody asks it anything, and a certificate to serve with takes time to make
      ...['--secure-port=0', '--leader-elect=false', '--kube-api-qps=200', '--kube-api-burst=400', ...flags],
    ]);
  }

  private startKubelets(port: number): void {
    this.start(
      'kwok',
      [
        ...[`--kubeconfig=${this.file('kubelet.kubeconfig')}`, `--config=${path.join(__dirname, 'kubelet.yaml')}`],
        ...['--manage-all-nodes=true', '--node-lease-duration-seconds=40', '--node-ip=127.0.0.1'],
        `--server-address=127.0.0.1:${port}`,
      ],
      { HOME: this.folder },
    );
  }

  /** Asks until it does not throw. A part that has ended by itself ends the wait. */
  private async waitFor(what: string, ask: () => Promise<unknown>): Promise<void> {
    await eventually(
      what,
      async () => {
        if (this.failure() === undefined) {
          await ask();
        }
        return true;
      },
      { seconds: 150 },
    );
    const failure = this.failure();
    if (failure !== undefined) {
      throw failure;
    }
  }

  /** A namespace is usable once its service account and its certificates are there; the first one shows that they come. */
  private async waitForControllers(): Promise<void> {
    const { core } = this.kube();
    await this.waitFor('the controllers work', async () => {
      await core.readNamespacedServiceAccount({ name: 'default', namespace: 'default' });
      await core.readNamespacedConfigMap({ name: 'kube-root-ca.crt', namespace: 'default' });
    });
  }
}

/** Controllers that would need a cloud are off; the rest is quicker than by default, not different. */
const CONTROLLER_FLAGS = (folder: string): string[] => [
  '--controllers=*,-persistentvolume-attach-detach-controller,-persistentvolume-expander-controller',
  `--service-account-private-key-file=${folder}/sa.key`,
  `--root-ca-file=${folder}/certificates/apiserver.crt`,
  '--horizontal-pod-autoscaler-sync-period=1s',
];

/** What tells the story of a set of pods; everything else would only fill the disk. */
const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  omitManagedFields: true,
  rules: [
    { level: 'None', verbs: ['get', 'list', 'watch'] },
    {
      level: 'RequestResponse',
      resources: [
        { group: '', resources: ['pods', 'pods/status', 'pods/eviction', 'pods/binding', 'persistentvolumeclaims'] },
      ],
    },
    { level: 'None' },
  ],
};

/** JSON is YAML. The certificate is the one that the server signs for itself, so nobody verifies it. */
function kubeconfig(port: number, token: string): object {
  const server = `https://127.0.0.1:${port}`;
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'plane', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'user', user: { token } }],
    contexts: [{ name: 'plane', context: { cluster: 'plane', user: 'user' } }],
    'current-context': 'plane',
  };
}

/** The status with which the API server says whether it is ready. */
function readiness(port: number, token: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    const options = { host: '127.0.0.1', port, path: '/readyz', headers, rejectUnauthorized: false, agent: false };
    const request = https.get(options, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', reject);
    request.setTimeout(5000, () => request.destroy(new Error('no answer')));
  });
}
