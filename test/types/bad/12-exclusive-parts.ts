import type { Chart } from 'cdk8s';
import { NodeAgent, ScheduledJob, StatefulService, Tenant, WebService } from 'cdk8s-eks-patterns';

declare const t: Chart;
const web = { image: 'a:1', port: 80 };
// @ts-expect-error the image's own user, or ids
new WebService(t, 'a', { ...web, user: { image: true, gid: 1000 } });
// @ts-expect-error a gid alone says nothing
new WebService(t, 'b', { ...web, user: { gid: 1000 } });
// @ts-expect-error a privileged namespace says why
new Tenant(t, 'c', { podSecurity: { level: 'privileged' } });
// @ts-expect-error an existing role brings its own permissions
new WebService(t, 'd', { ...web, aws: { role: 'arn:aws:iam::1:role/x', allow: [] } });
// @ts-expect-error one bound, not two
new WebService(t, 'e', { ...web, disruption: { maxUnavailable: 1, minAvailable: 1 } });
// @ts-expect-error one a node
new NodeAgent(t, 'f', { image: 'a:1', replicas: 2 });
// @ts-expect-error members know each other by name: no autoscaler
new StatefulService(t, 'g', { ...web, storage: { mountPath: '/d', size: '1Gi' }, replicas: { min: 1, max: 3 } });
// @ts-expect-error no unit
new ScheduledJob(t, 'h', { image: 'a:1', schedule: '@daily', deadline: '15' });
// @ts-expect-error the word is 'Forbid', as in Kubernetes
new ScheduledJob(t, 'i', { image: 'a:1', schedule: '@daily', overlap: 'forbid' });
