import type { ClusterProps } from '../../charts/cluster/props';
import { BASE, refused } from './support';

/** What the compiler refuses is refused at run time as well, for what is spread or comes from JavaScript. */
test('the types say what is refused', () => {
  // @ts-expect-error node groups or Auto Mode
  const both: ClusterProps = { ...BASE, autoMode: true, nodeGroups: [{ name: 'n', instanceType: 'm5.large' }] };
  // @ts-expect-error nothing to run on
  const none: ClusterProps = { ...BASE, nodeGroups: [] };
  // @ts-expect-error '1.30' is a text: as a number it is 1.3
  const number: ClusterProps = { region: 'us-west-2', version: 1.3, autoMode: true };
  // @ts-expect-error a chart's labels and namespace would leak into the ClusterConfig
  const chart: ClusterProps = { ...BASE, autoMode: true, namespace: 'x' };
  // @ts-expect-error no mode at all
  const mode: ClusterProps = { ...BASE };
  for (const props of [both, none, number, chart, mode]) {
    expect(refused(props)[0]).toMatch(/^props\//);
  }
});
