import { BatchJob, type Tenant, type WebService } from 'cdk8s-eks-patterns';

/** Ten minutes of visitors, apart from the production output: a Job runs once, and again when its content changes. */
export function loadTest(tenant: Tenant, shop: WebService): void {
  new BatchJob(tenant, 'load-generator', {
    image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/ecr-public/docker/library/busybox:1.37',
    user: 65534,
    command: [
      'sh',
      '-c',
      `for i in $(seq 600); do wget -q -T 5 -O /dev/null ${shop.url()}/ || echo failed; sleep 1; done`,
    ],
    deadline: '65m', // ten minutes, or an hour when every request runs into its time-out
    resources: { cpu: '100m', memory: '64Mi' },
    connectsTo: [shop],
  });
}
