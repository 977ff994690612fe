// Builds the programs of a Kubernetes control plane for `npm run test:cluster`, from their published Go modules, once:
//   npm run control-plane
// They land in $CDK8S_EKS_PATTERNS_CACHE (default ~/.cache/cdk8s-eks-patterns), outside the checkout.
import { statSync } from 'node:fs';
import { build, locate } from './lib/control-plane.mjs';
import { hasGo } from './lib/go-programs.mjs';

const programs = locate();
const missing = programs.filter(({ exists }) => !exists);
for (const { name, version, file, given } of programs.filter(({ exists }) => exists)) {
  console.log(`${name}: ${given ? 'from KUBEBUILDER_ASSETS' : version}, ${file}`);
}
if (missing.length > 0 && !hasGo()) {
  console.error(
    `${missing.map(({ name }) => name).join(', ')}: not there, and no Go to build with; install Go 1.26 or later`,
  );
  process.exit(1);
}
if (missing.length > 0) {
  const names = missing.map(({ name }) => name).join(', ');
  console.log(
    `Building ${names} from their Go modules. With an empty cache of Go and two cores all of them take 6 to 11 minutes.`,
  );
}
const start = Date.now();
for (const program of missing) {
  const began = Date.now();
  process.stdout.write(`${program.name} ${program.version} ... `);
  build(program);
  const [seconds, size] = [(Date.now() - began) / 1000, statSync(program.file).size / 1e6];
  console.log(`${seconds.toFixed(0)} s, ${size.toFixed(0)} MB`);
}
if (missing.length > 0) {
  console.log(`Built in ${((Date.now() - start) / 1000).toFixed(0)} s; the next run finds them.`);
}
