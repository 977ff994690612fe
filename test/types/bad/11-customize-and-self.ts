import type { Chart } from 'cdk8s';
import { WebService, Worker } from 'cdk8s-eks-patterns';

declare const t: Chart;
const web = { image: 'a:1', port: 80 };
new WebService(t, 'a', {
  ...web,
  customize: {
    deployment: (d) => {
      // @ts-expect-error Kubernetes spells it minReadySeconds
      d.spec.minReady = 3;
    },
  },
});
// @ts-expect-error a web service makes no StatefulSet
new WebService(t, 'b', { ...web, customize: { statefulSet: () => {} } });
// @ts-expect-error its members have no names of their own
new WebService(t, 'c', { ...web, files: { '/etc/a': (self) => self.hosts.join() } });
// @ts-expect-error the Deployment does not exist yet when its files are rendered
new WebService(t, 'd', { ...web, files: { '/etc/a': (self) => self.deployment.name } });
// @ts-expect-error no service, no host
new Worker(t, 'e', { image: 'a:1', env: { ME: (self) => self.host } });
// @ts-expect-error a pod's name is not known when a file is rendered
new WebService(t, 'f', { ...web, files: { '/etc/a': (self) => self.podName } });
