import { Aws, Cluster, EksApp, Probe, ScaleTrigger, Secret, Tenant, Worker } from 'cdk8s-eks-patterns';

/** A worker that takes messages from an SQS queue, as many pods as there is work for, none when there is none. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', { region: 'eu-central-1', version: '1.35', autoMode: true });
const mail = new Tenant(cluster, 'mail');
const smtp = Secret.fromSecretsManager(mail, 'smtp', { secret: 'mail/smtp', keys: ['username', 'password'] });
const queueUrl = 'https://sqs.eu-central-1.amazonaws.com/111122223333/outgoing-mail';

new Worker(mail, 'sender', {
  image:
    '111122223333.dkr.ecr.eu-central-1.amazonaws.com/mail-sender:2.1.0@sha256:b2812b0c0bfb4dad461da3ee89399cf75cd5201af38e1148e13cc04a12c2b7d5',
  user: 10001,
  replicas: { min: 0, max: 20, triggers: [ScaleTrigger.sqs({ queueUrl, messagesPerReplica: 50 })] },
  env: {
    QUEUE_URL: queueUrl,
    SMTP_USERNAME_FILE: smtp.file('username'),
    SMTP_PASSWORD_FILE: smtp.file('password'),
  },
  // the program makes the first file when it is connected, and touches the second after each message
  probes: {
    readiness: Probe.exec(['test', '-e', '/tmp/connected']),
    liveness: Probe.exec(['sh', '-c', 'test -n "$(find /tmp/alive -mmin -2)"'], { period: '30s' }),
  },
  resources: { cpu: '100m', memory: '256Mi' },
  shutdown: { drain: '60s' },
  aws: { allow: [Aws.sqs('arn:aws:sqs:eu-central-1:111122223333:outgoing-mail').consume()] },
});
app.synth();
