/**
 * node capture.js COUNT FILE: the Kubernetes objects of the services as JSON, a list a chart, for the variants that
 * make the very same ones. ClusterConfig is left out, which only eksctl reads.
 */
import { writeFileSync } from 'node:fs';
import { ApiObject, Chart } from 'cdk8s';
import { servicesApp } from './services';

const [count, file] = process.argv.slice(2);
const app = servicesApp(Number(count), 'unused');
const byChart = new Map<string, unknown[]>();
for (const construct of app.node.findAll()) {
  if (!ApiObject.isApiObject(construct) || construct.apiGroup === 'eksctl.io') {
    continue;
  }
  const id = Chart.of(construct).node.id;
  const objects = byChart.get(id) ?? [];
  byChart.set(id, objects);
  objects.push(construct.toJson());
}
writeFileSync(file!, JSON.stringify([...byChart]));
