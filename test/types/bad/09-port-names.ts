import type { Chart } from 'cdk8s';
import { Expose, StatefulService } from 'cdk8s-eks-patterns';

declare const t: Chart;
const storage = { mountPath: '/data', size: '1Gi' };
const mq = new StatefulService(t, 'mq', {
  image: 'mq:1',
  storage,
  port: { amqp: 5672, epmd: 4369 },
  memberPorts: ['epmd'],
});
// @ts-expect-error 'emdp' is none of its ports
new StatefulService(t, 'a', { image: 'mq:1', storage, port: { amqp: 5672, epmd: 4369 }, memberPorts: ['emdp'] });
// @ts-expect-error a single port has no name
new StatefulService(t, 'b', { image: 'mq:1', storage, port: 5672, memberPorts: ['amqp'] });
new StatefulService(t, 'c', {
  image: 'mq:1',
  storage,
  port: { amqp: 5672 },
  // @ts-expect-error 'http' is none of its ports
  expose: Expose.nlb({ scheme: 'internal', port: 'http' }),
});
// @ts-expect-error 'ampq' is none of its ports
mq.on('ampq');
// @ts-expect-error what is spoken on a stateful service's port is for its author to say
mq.url();
// @ts-expect-error 'epmd' is for members only
mq.on('epmd');
mq.onMembers('epmd');
// @ts-expect-error 'amqp' is for clients
mq.onMembers('amqp');
