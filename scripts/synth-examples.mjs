// Synthesizes every example into its own dist/ folder: node scripts/synth-examples.mjs [name ...]
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const wanted = process.argv.slice(2);
const names = readdirSync('examples').filter((name) => existsSync(`examples/${name}/main.ts`));
for (const name of wanted.length > 0 ? wanted : names) {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', `examples/${name}/main.ts`], {
    stdio: 'inherit',
    env: { ...process.env, CDK8S_OUTDIR: `examples/${name}/dist` },
  });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
