import { Cluster, EksApp } from 'cdk8s-eks-patterns';

const app = new EksApp();
const nodeGroups = [{ name: 'n', instanceType: 'm5.large' }] as const;
// @ts-expect-error node groups or Auto Mode
new Cluster(app, 'a', { region: 'us-west-2', version: '1.35', autoMode: true, nodeGroups });
// @ts-expect-error nothing to run on
new Cluster(app, 'b', { region: 'us-west-2', version: '1.35', nodeGroups: [] });
// @ts-expect-error '1.30' is a text: as a number it is 1.3
new Cluster(app, 'c', { region: 'us-west-2', version: 1.3, autoMode: true });
// @ts-expect-error a chart's labels and namespace would leak into the ClusterConfig
new Cluster(app, 'd', { region: 'us-west-2', version: '1.35', autoMode: true, namespace: 'x' });
