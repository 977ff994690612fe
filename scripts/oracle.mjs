// Builds the program that asks eksctl's own code for `npm run test:oracle`, from the published Go module, once:
//   npm run oracle
// It lands in $CDK8S_EKS_PATTERNS_CACHE (default ~/.cache/cdk8s-eks-patterns), outside the checkout.
import { statSync } from 'node:fs';
import { hasGo } from './lib/go-programs.mjs';
import { build, HOW_TO_GET_IT, locate } from './lib/oracle.mjs';

const { version, file, exists } = locate();
if (exists) {
  console.log(`eksctl-oracle: eksctl ${version}, ${file}`);
} else if (hasGo()) {
  console.log(
    `Building eksctl-oracle, eksctl ${version}. With an empty cache of Go and two idle cores it takes about 4 minutes.`,
  );
  const start = Date.now();
  build();
  const [seconds, size] = [(Date.now() - start) / 1000, statSync(file).size / 1e6];
  console.log(`Built in ${seconds.toFixed(0)} s, ${size.toFixed(0)} MB; the next run finds it.`);
} else {
  console.error(HOW_TO_GET_IT);
  process.exitCode = 1;
}
