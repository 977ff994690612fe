/** node plain.js COUNT FOLDER FILE: the captured objects as ApiObjects on cdk8s' own App, a chart a tenant. */
import { readFileSync } from 'node:fs';
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';

type Captured = readonly (readonly [
  string,
  readonly { apiVersion: string; kind: string; metadata: { name: string } }[],
])[];

const [, folder, file] = process.argv.slice(2);
const app = new App({ outdir: folder, yamlOutputType: YamlOutputType.FILE_PER_CHART });
for (const [id, objects] of JSON.parse(readFileSync(file!, 'utf8')) as Captured) {
  const chart = new Chart(app, id);
  for (const [i, object] of objects.entries()) {
    new ApiObject(chart, `object-${i}`, object);
  }
}
app.synth();
