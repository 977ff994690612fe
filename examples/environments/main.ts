import * as path from 'node:path';
import { environmentApp, environments } from './environment';

/**
 * Dev, staging and production from one program, a folder each: ENVIRONMENTS=all. By itself it writes those of production,
 * which are committed here.
 */
const root = process.env.CDK8S_OUTDIR ?? 'dist';
if (process.env.ENVIRONMENTS === 'all') {
  for (const name of Object.keys(environments)) {
    environmentApp(name, path.join(root, name)).synth();
  }
} else {
  environmentApp('prod').synth();
}
