import { Env, Probe } from 'cdk8s-eks-patterns';
import { IMAGE } from '../support/app';
import { judge, propsOf } from './support';

const compute = (more: object) => ({ resources: { cpu: '250m', memory: '512Mi', ...more } });
const probes = (more: object) => ({
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez'), ...more },
});
const nothing = undefined;

describe('what nobody can guess is asked for', () => {
  judge(
    propsOf('WebService', [
      ['no image', { image: nothing }, /image missing/, /registry\/repository:tag/],
      ['no port', { port: nothing }, /no port/, /port: 8080/],
      ['no user', { user: nothing }, /no user/, /user: 1000/],
      ['no resources', { resources: nothing }, /no resources/, /cpu: '250m'/],
      ['no cpu', { resources: { memory: '1Gi' } }, /resources\.cpu missing/, /'250m'/],
      ['no probes', { probes: nothing }, /no probes/, /readiness: Probe/],
      ['no readiness', { probes: { liveness: Probe.tcp() } }, /without readiness/, /add readiness/],
      ['no liveness', { probes: { readiness: Probe.tcp() } }, /without liveness/, /liveness: Probe/],
    ]),
  );
});

describe('images', () => {
  judge(
    propsOf('WebService', [
      ['latest', { image: 'shop/web:latest' }, /moves with every push/, /version instead of latest/],
      ['no tag', { image: 'shop/web' }, /neither a tag nor a digest/, /'shop\/web:1\.2\.3'/],
      ['no tag behind a port', { image: 'localhost:5000/web' }, /neither a tag nor a digest/, /web:1\.2\.3'/],
      ['a blank', { image: 'shop/web: 1' }, /no image reference/, /registry\/repository:tag/],
      ['a short digest', { image: 'shop/web@sha256:abc' }, /no image reference/, /'@sha256:'/],
      ['a pull policy in small letters', { imagePullPolicy: 'always' }, /imagePullPolicy is 'always'/, /'Always'/],
      ['a sidecar of latest', { sidecars: [{ name: 'log', image: 'log:latest' }] }, /container 'log'/, /version/],
      ['a command as one text', { command: 'sh -c true' }, /command is 'sh -c true'/, /list of texts/],
      ['an argument that is a number', { args: ['-p', 80] }, /args is/, /list of texts/],
    ]),
  );
});

describe('resources', () => {
  judge(
    propsOf('WebService', [
      ['an unknown unit', compute({ memory: '512MB' }), /'512MB' is no Kubernetes quantity/, /'512Mi'/],
      ['a number', compute({ memory: 512 }), /memory 512 is no Kubernetes quantity/, /'512Mi'/],
      ['millibytes', compute({ memory: '512m' }), /'512m' is less than 4 MB/, /'512Mi' is 512 mebibytes/],
      ['no CPU at all', compute({ cpu: '0' }), /resources\.cpu is zero/, /'250m'/],
      ['a CPU limit below the request', compute({ cpuLimit: '100m' }), /cpu requests '250m'.*'100m'/, /cpuLimit/],
      ['a memory limit below the request', compute({ memoryLimit: '1Mi' }), /memory requests '512Mi'/, /memoryLimit/],
      ['an unknown unit of storage', compute({ ephemeralStorage: '1gb' }), /ephemeralStorage '1gb'/, /'1Gi'/],
      ['a device without a domain', compute({ devices: { gpu: 1 } }), /devices 'gpu'/, /nvidia\.com\/gpu/],
      ['half a device', compute({ devices: { 'nvidia.com/gpu': 0.5 } }), /is 0\.5/, /whole number/],
    ]),
  );
});

describe('ports', () => {
  judge(
    propsOf('WebService', [
      ['a text', { port: '8080' }, /port is '8080'/, /port: 8080/],
      ['zero', { port: 0 }, /port is 0/, /from 1 to 65535/],
      ['too large', { port: 65536 }, /port is 65536/, /from 1 to 65535/],
      [
        'one number twice',
        { port: { http: 80, admin: 80 } },
        /'http' and 'admin' are both 80\/TCP/,
        /number of its own/,
      ],
      ['a long name', { port: { 'a-very-long-name': 80 } }, /'a-very-long-name' is no IANA/, /at most 15/],
      ['no name at all', { port: {} }, /port has no entry/, /port: 8080/],
      ['an unknown protocol', { port: { http: { port: 80, protocol: 'HTTP' } } }, /protocol is 'HTTP'/, /'TCP'/],
      [
        'a second port named metrics',
        { port: { http: 8080, metrics: 9090 }, metrics: { port: 9100 } },
        /'metrics'/,
        /metrics: \{ port: 'metrics' \}|another name/,
      ],
      ['metrics of an unknown port', { metrics: { port: 'admin' } }, /metrics\.port 'admin' is none/, /'http'/],
      ['a metrics path without a slash', { metrics: { path: 'metrics' } }, /'metrics' is no path/, /'\/metrics'/],
    ]),
  );
});

describe('probes', () => {
  judge(
    propsOf('WebService', [
      ['the same twice', probes({ liveness: Probe.http('/readyz') }), /ask the same/, /Probe\.tcp\(\)/],
      [
        'the same twice, once by number',
        probes({ readiness: Probe.tcp(8080), liveness: Probe.tcp() }),
        /ask the same/,
        /liveness/,
      ],
      ['a port that is not declared', probes({ liveness: Probe.tcp(9000) }), /asks port 9000/, /'http' \(8080\)/],
      ['a port by a wrong name', probes({ liveness: Probe.tcp('admin') }), /asks port 'admin'/, /'http' \(8080\)/],
      ['a path without a slash', probes({ liveness: Probe.http('livez') }), /'livez'.*no path/, /begin it with '\/'/],
      ['a fraction of a second', probes({ liveness: Probe.tcp({ timeout: '500ms' }) }), /is 0\.5 s/, /whole seconds/],
      ['no failures', probes({ liveness: Probe.tcp({ failures: 0 }) }), /failures is 0/, /at least 1/],
      ['no command', probes({ liveness: Probe.exec([]) }), /runs no command/, /Probe\.exec\(\[/],
      ['Kubernetes spelling', probes({ liveness: { tcpSocket: {} } }), /probes\.liveness is/, /Probe\.tcp\(\)/],
      ['none without a reason', probes({ liveness: Probe.none({ because: '' }) }), /without a reason/, /as a text/],
    ]),
  );
});

describe('labels, annotations, variables and files', () => {
  judge(
    propsOf('WebService', [
      ['a label with a blank', { labels: { team: 'the shop' } }, /'team' has the value 'the shop'/, /annotation/],
      ['a label that is a number', { labels: { tier: 1 } }, /'tier' has the value 1/, /letters, digits/],
      ['a label key with a blank', { labels: { 'the team': 'shop' } }, /'the team' is no label key/, /'domain\/'/],
      ['the label of the selector', { labels: { 'app.kubernetes.io/name': 'x' } }, /selects the pods/, /leave it out/],
      ['an annotation that is true', { annotations: { scrape: true } }, /'scrape' is true/, /a text, quoted/],
      ['a password', { env: { DB_PASSWORD: 'hunter2' } }, /'DB_PASSWORD' looks like a secret/, /fromSecretsManager/],
      ['an address with a password', { env: { DB: 'mysql://u:hunter2@db/x' } }, /'DB' contains an address/, /Secret/],
      ['a computed token', { env: { API_TOKEN: () => 'abc' } }, /'API_TOKEN' looks like a secret/, /Secret\./],
      ['a key as an argument', { args: ['AKIAIOSFODNN7EXAMPLE'] }, /argument 1 contains an AWS/, /Secret\./],
      [
        'a private key as a file',
        { files: { '/etc/k': '-----BEGIN PRIVATE KEY-----' } },
        /'\/etc\/k' contains a private key/,
        /Secret\./,
      ],
      ['a variable with a blank', { env: { 'A B': 1 } }, /'A B' is no name/, /letters, digits/],
      ['a variable that is not there', { env: { A: undefined } }, /'A' is missing/, /write a text/],
      ['a function without a text', { env: { A: () => 8080 } }, /returns 8080/, /return a text/],
      [
        'a variable of the references',
        { env: { A: (self: { podName: string }) => self.podName, POD_NAME: Env.podName() } },
        /'POD_NAME' is declared/,
        /rename yours, or leave it out/,
      ],
      ['a file without a root', { files: { 'etc/a.conf': 'x' } }, /'etc\/a\.conf' is no absolute/, /'\/var\/lib/],
      ['a file that climbs', { files: { '/etc/../a': 'x' } }, /no absolute path/, /'\/var\/lib/],
      ['a file of another type', { files: { '/etc/a': { x: 1 } } }, /is \{"x":1\}/, /secretFiles/],
      ['250 KiB of variables', { env: { A: 'x'.repeat(256_001) } }, /more than the 250 KiB/, /image or a volume/],
      ['250 KiB of files', { files: { '/a': 'x'.repeat(256_001) } }, /files hold 251 KiB/, /image or a volume/],
    ]),
  );
});

describe('volumes', () => {
  const raw = { volume: { name: 'x', emptyDir: {} }, mountPath: '/tmp' };
  judge(
    propsOf('WebService', [
      ['one place twice', { volumes: [raw] }, /'\/tmp' is mounted twice/, /place of its own/],
      [
        'one name twice',
        {
          volumes: [
            { ...raw, mountPath: '/a' },
            { ...raw, mountPath: '/b' },
          ],
        },
        /'x'/,
        /another name/,
      ],
      ['a scratch folder twice', { scratch: ['/a', '/a/'] }, /'\/a' is mounted twice/, /place of its own/],
      ['a scratch folder without a root', { scratch: ['tmp'] }, /'tmp' is no absolute path/, /'\/var\/lib/],
      ['a scratch size without a unit', { scratch: [{ path: '/a', size: '1 GB' }] }, /'1 GB' is no/, /'64Mi'/],
      ['a raw volume without a name', { volumes: [{ volume: {}, mountPath: '/a' }] }, /volume\.name/, /as a text/],
    ]),
  );
});

describe('replicas, budgets and rollouts', () => {
  const fixed = (replicas: number, disruption: object) => ({ replicas, disruption });
  judge(
    propsOf('WebService', [
      ['none', { replicas: 0 }, /replicas is 0/, /at least 1/],
      ['a text', { replicas: '3' }, /replicas is '3'/, /'min', 'max'/],
      ['min above max', { replicas: { min: 5, max: 3 } }, /min \(5\) is above replicas\.max \(3\)/, /max: 5/],
      ['no max', { replicas: { min: 2 } }, /replicas\.max is missing/, /whole number/],
      ['zero without triggers', { replicas: { min: 0, max: 3 } }, /min is 0/, /min: 1.*triggers/],
      ['a utilization of 0', { replicas: { min: 1, max: 3, cpuUtilization: 0 } }, /cpuUtilization/, /from 1 to 1000/],
      ['a trigger as data', { replicas: { min: 1, max: 3, triggers: [{}] } }, /triggers has \{\}/, /ScaleTrigger/],
      ['all must stay', fixed(3, { minAvailable: 3 }), /minAvailable is 3 of 3/, /fewer than/],
      ['100 % must stay', fixed(3, { minAvailable: '100%' }), /minAvailable is 100% of 3/, /fewer than/],
      ['75 % of three, which is three', fixed(3, { minAvailable: '75%' }), /minAvailable is 75% of 3/, /fewer than/],
      ['none may be missing', fixed(3, { maxUnavailable: 0 }), /could ever be drained/, /disruption: 'none'/],
      ['0 % may be missing', fixed(3, { maxUnavailable: '0%' }), /could ever be drained/, /disruption: 'none'/],
      ['two bounds', fixed(3, { maxUnavailable: 1, minAvailable: 1 }), /two bounds or none/, /not both/],
      ['more than all', fixed(3, { maxUnavailable: '150%' }), /is '150%'/, /'0%' to '100%'/],
      ['nothing moves', { rollout: { maxSurge: 0 } }, /maxUnavailable 0 and maxSurge 0/, /raise one/],
      ['recreate with a bound', { rollout: { strategy: 'recreate', maxSurge: 1 } }, /'recreate'/, /leave out maxSurge/],
      ['an unknown strategy', { rollout: { strategy: 'Recreate' } }, /'Recreate'/, /'rolling' or 'recreate'/],
      ['a duration without a unit', { rollout: { deadline: '600' } }, /'600' is no duration/, /'30s'/],
      ['a fraction of a second', { shutdown: { sleep: 0.5 } }, /sleep is 0\.5 s/, /whole seconds/],
      ['a negative duration', { shutdown: { drain: -1 } }, /drain is -1 s/, /at least 0/],
    ]),
  );
});

describe('users, security and placement', () => {
  const because = 'the test says so';
  judge(
    propsOf('WebService', [
      ['root by number', { user: 0 }, /user 0 is root/, /root: 'why/],
      ['root by group', { user: { uid: 5, gid: 0 } }, /is root/, /unprivileged uid/],
      ['a name', { user: 'nginx' }, /user is 'nginx'/, /'uid'/],
      ['an id too large', { user: 70000 }, /user\.uid is 70000/, /from 1 to 65534/],
      ['root in a restricted tenant', { user: { root: because } }, /root user is refused.*'restricted'/, /'baseline'/],
      ['root without a reason', { user: { root: ' ' } }, /user\.root/, /as a text/],
      ['privileged', { security: { privileged: { because } } }, /privileged is refused/, /level: 'privileged'/],
      [
        'a capability beyond the level',
        { security: { capabilities: { add: ['CHOWN'], because } } },
        /capability CHOWN is refused in a namespace of level 'restricted'/,
        /'baseline'/,
      ],
      [
        'a capability with its prefix',
        { security: { capabilities: { add: ['CAP_CHOWN'], because } } },
        /'CAP_CHOWN' is misspelt/,
        /without the prefix CAP_/,
      ],
      ['a writable root without a reason', { security: { writableRoot: {} } }, /without a reason/, /as a text/],
      ['an unknown architecture', { placement: { architecture: 'x86' } }, /is 'x86'/, /'amd64' or 'arm64'/],
      ['an unknown spread', { placement: { spread: 'hard' } }, /is 'hard'/, /'soft' or 'zones'/],
      [
        'two architectures',
        { placement: { architecture: 'arm64', nodeLabels: { 'kubernetes.io/arch': 'amd64' } } },
        /both 'architecture'/,
        /leave the label out/,
      ],
      ['an unknown priority', { priority: 'high' }, /priority is 'high'/, /'critical' or 'standard'/],
      ['a priority class with a blank', { priority: { className: 'a b' } }, /'a b' is no name/, /system-cluster/],
    ]),
  );
});

test('an image by a short name and a number of a version is no mistake', () => {
  expect(propsOf('WebService', [['', { image: 'redis:7' }, /./, /./]])[0]!.program).not.toThrow();
  expect(propsOf('WebService', [['', { image: `${IMAGE}-rc.1` }, /./, /./]])[0]!.program).not.toThrow();
});
