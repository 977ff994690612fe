// Builds the programs that ask eksctl's and Kubernetes' own code for `npm run test:oracle`, from published Go modules, once:
//   npm run oracle
// They land in $CDK8S_EKS_PATTERNS_CACHE (default ~/.cache/cdk8s-eks-patterns), outside the checkout.
import { statSync } from 'node:fs';
import { hasGo } from './lib/go-programs.mjs';
import { build, howToGetIt, locateAll } from './lib/oracle.mjs';

const go = hasGo();
for (const program of locateAll()) {
  const { name, of, version, file, exists, time } = program;
  if (exists) {
    console.log(`${name}: ${of} ${version}, ${file}`);
  } else if (go) {
    console.log(`Building ${name}, ${of} ${version}. ${time}`);
    const start = Date.now();
    build(program);
    const [seconds, size] = [(Date.now() - start) / 1000, statSync(file).size / 1e6];
    console.log(`Built in ${seconds.toFixed(0)} s, ${size.toFixed(0)} MB; the next run finds it.`);
  } else {
    console.error(howToGetIt(program));
    process.exitCode = 1;
  }
}
