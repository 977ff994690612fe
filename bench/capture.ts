/**
 * node capture.js COUNT FILE: the Kubernetes objects of the services as JSON, a list a chart, for the variants that
 * make the very same ones. ClusterConfig is left out, which only eksctl reads.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { KubeObject } from 'cdk8s-eks-patterns';
import { servicesApp } from './services';

const [count, file] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'capture-'));
try {
  // within a synthesis each object is rendered once; outside of one, a quota renders all objects that it counts
  const manifests = new Map<ApiObject, unknown>();
  const render = KubeObject.prototype.toJson;
  KubeObject.prototype.toJson = function (this: KubeObject<never>) {
    const manifest = render.call(this);
    manifests.set(this, manifest);
    return manifest;
  };
  const app = servicesApp(Number(count), folder);
  app.synth();

  const byChart = new Map<string, unknown[]>();
  for (const construct of app.node.findAll()) {
    if (ApiObject.isApiObject(construct) && construct.apiGroup !== 'eksctl.io') {
      const id = Chart.of(construct).node.id;
      const objects = byChart.get(id) ?? [];
      byChart.set(id, objects);
      objects.push(manifests.get(construct));
    }
  }
  writeFileSync(file!, JSON.stringify([...byChart]));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
