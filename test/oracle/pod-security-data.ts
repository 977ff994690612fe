import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { REPOSITORY } from '../app/support';
import type { PodQuestion } from './pod-security';

/** The pods by which Kubernetes tests its admission, in the module that the oracle is built of. */
const FOLDER = path.join(moduleFolder(), 'test', 'testdata');

/** The module may be built elsewhere and not be on this machine. Tests do without its pods then, and their names say so. */
export const TESTDATA_PRESENT = fs.existsSync(FOLDER);

/** One of these pods, and whether a namespace of this level and version admits it. */
export interface TestPod extends PodQuestion {
  /** 'restricted/v1.35/fail/hostports0.yaml'. */
  readonly file: string;
  readonly passes: boolean;
}

/** Every pod of the test data from a version on. */
export function testPods(since: number): TestPod[] {
  return (['baseline', 'restricted'] as const).flatMap((level) =>
    fs
      .readdirSync(path.join(FOLDER, level))
      .map((name) => Number(name.replace('v1.', '')))
      .filter((version) => version >= since)
      .flatMap((version) =>
        ['pass', 'fail'].flatMap((outcome) => {
          const folder = `${level}/v1.${version}/${outcome}`;
          return fs.readdirSync(path.join(FOLDER, folder)).map((name) => ({
            level,
            version,
            file: `${folder}/${name}`,
            passes: outcome === 'pass',
            pod: parse(fs.readFileSync(path.join(FOLDER, folder, name), 'utf8')) as unknown,
          }));
        }),
      ),
  );
}

function moduleFolder(): string {
  const { stdout } = spawnSync('go', ['list', '-m', '-f', '{{.Dir}}', 'k8s.io/pod-security-admission'], {
    cwd: path.join(REPOSITORY, 'test', 'oracle', 'pod-security'),
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=readonly', GOWORK: 'off', GOPROXY: 'off' },
  });
  // null where there is no Go, empty where the module is not in its cache
  return stdout?.trim() || path.join(REPOSITORY, 'no-module');
}
