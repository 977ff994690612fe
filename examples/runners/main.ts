import { Cluster, EksApp, Env, Image, Peer, Probe, ScaledJob, ScaleTrigger, Secret, Tenant } from 'cdk8s-eks-patterns';

/** Runners of GitHub Actions with Docker: a Job for each job of a workflow, on nodes of their own. */
const app = new EksApp();
const cluster = new Cluster(app, 'ci', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [
    { name: 'workers', instanceType: 'm5.large', minSize: 2, desiredCapacity: 2, maxSize: 4 },
    {
      name: 'runners',
      instanceType: 'm6i.2xlarge',
      minSize: 0,
      desiredCapacity: 0,
      maxSize: 10, // two runners a node
      volumeSize: 250, // images and layers of two runners
      labels: { dedicated: 'runners' },
      taints: [{ key: 'dedicated', value: 'runners', effect: 'NoSchedule' }],
    },
  ],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const runners = new Tenant(cluster, 'runners', {
  podSecurity: { level: 'privileged', because: 'workflows run Docker, whose daemon is privileged' },
});
const login = Secret.fromSecretsManager(runners, 'github', { secret: 'runners/github', keys: ['private_key'] });
const ecr = { account: '111122223333', region: 'us-west-2' } as const;
const runnerImage = Image.ecrCache({ ...ecr, prefix: 'github', repository: 'actions/actions-runner', tag: '2.329.0' });
const gitHub = { OWNER: 'example', APP_ID: '123456', INSTALLATION_ID: '45678901' } as const;

/** Copies the runner into a folder that can be written, and registers it for one job. */
const register = `base64url() { base64 -w0 | tr '+/' '-_' | tr -d =; }
post() { curl -fsS --retry 5 -H "Authorization: Bearer $1" -d "$3" "https://api.github.com$2"; }
cp -r /home/runner/. /runner
claims=$(jq -cn --arg iss "$APP_ID" 'now | floor | {iat: (. - 60), exp: (. + 300), iss: $iss}')
text="$(printf '{"alg":"RS256","typ":"JWT"}' | base64url).$(printf %s "$claims" | base64url)"
jwt="$text.$(printf %s "$text" | openssl dgst -sha256 -sign "$KEY_FILE" | base64url)"
token=$(post "$jwt" "/app/installations/$INSTALLATION_ID/access_tokens" '{}' | jq -er .token)
runner=$(jq -cn --arg name "$NAME" --argjson labels "$LABELS" '{name: $name, runner_group_id: 1, labels: $labels}')
post "$token" "/orgs/$OWNER/actions/runners/generate-jitconfig" "$runner" | jq -er .encoded_jit_config > /runner/.jit`;

new ScaledJob(runners, 'runner', {
  max: 20,
  triggers: [
    ScaleTrigger.keda(
      'github-runner',
      {
        owner: gitHub.OWNER,
        runnerScope: 'org',
        repos: 'shop,infrastructure',
        labels: 'eks',
        applicationID: gitHub.APP_ID,
        installationID: gitHub.INSTALLATION_ID,
      },
      { authentication: { secrets: { appKey: login.key('private_key') } } },
    ),
  ],
  image: runnerImage,
  user: 1001,
  command: ['bash', '-c', 'exec /runner/run.sh --jitconfig "$(cat /runner/.jit)"'],
  env: {
    DOCKER_HOST: 'unix:///var/run/docker.sock',
    RUNNER_MANUALLY_TRAP_SIG: '', // the image sets it, and SIGTERM would cancel the job
  },
  scratch: [
    { path: '/tmp', size: '5Gi' },
    { path: '/home/runner', size: '5Gi' },
  ],
  resources: { cpu: '1', memory: '4Gi', ephemeralStorage: '42Gi' },
  initContainers: [
    {
      name: 'register',
      image: runnerImage,
      command: ['bash', '-euo', 'pipefail', '-c', register],
      env: {
        ...gitHub,
        NAME: Env.podName(),
        LABELS: '["self-hosted","linux","x64","eks"]',
        KEY_FILE: login.file('private_key'),
      },
      resources: { cpu: '250m', memory: '256Mi', ephemeralStorage: '2Gi' },
    },
  ],
  sidecars: [
    {
      name: 'docker',
      image: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'library/docker', tag: '28.5.1-dind' }),
      user: { root: 'dockerd runs as root' },
      security: {
        privileged: { because: 'dockerd mounts file systems and makes networks' },
        writableRoot: { because: 'dockerd writes below /etc, and its containerd below /opt' },
      },
      args: ['dockerd', '--host=unix:///var/run/docker.sock', '--group=1001'],
      scratch: [{ path: '/var/lib/docker', size: '60Gi' }],
      probes: { startup: Probe.exec(['docker', 'info'], { timeout: '5s', failures: 12 }) },
      resources: { cpu: '2', memory: '8Gi', ephemeralStorage: '60Gi' },
    },
  ],
  shared: [
    { name: 'runner', path: '/runner', size: '30Gi', with: ['main', 'register', 'docker'] },
    { name: 'run', path: '/var/run', size: '1Gi', with: ['main', 'docker'] },
  ],
  placement: {
    nodeLabels: { dedicated: 'runners' },
    tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'runners', effect: 'NoSchedule' }],
  },
  retries: 0,
  podReplacementPolicy: 'Failed',
  shutdown: { drain: '1h' },
  waive: { 'availability/grace-period': 'the nodes are upgraded while no runner is on them' },
  deadline: '7h', // a job of a workflow has 6 h, unless it says otherwise
  connectsTo: [Peer.internet(80), Peer.internet(443)],
});
app.synth();
