// Writes eks/instance-data.ts from a file of facts, a JSON object a line:
//   node scripts/import-instance-types.mjs instance-types.jsonl 2026-08-21
import { readFileSync, writeFileSync } from 'node:fs';

const [file, date] = process.argv.slice(2);
if (file === undefined || date === undefined) {
  throw new Error('usage: node scripts/import-instance-types.mjs FILE DATE');
}
const rows = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));

const families = new Map();
for (const row of rows) {
  const [family, size] = row.type.split('.');
  families.set(family, [...(families.get(family) ?? []), { size, row }]);
}

function factsOf({ size, row }) {
  const gpus = row.gpuManufacturer === 'nvidia' ? (row.gpu ?? 0) : 0;
  const flags = `${row.hypervisor === 'xen' ? 'x' : ''}${row.efa ? `e${row.efa}` : ''}${gpus ? `g${gpus}` : ''}${row.podEniBranch ? `b${row.podEniBranch}` : ''}${row.localStorageGiB ? `n${row.localStorageGiB}` : ''}`;
  const attachments = `${row.ebsAttachLimit}${row.ebsAttachType[0]}`;
  return `${size} ${row.vcpu} ${row.memoryMiB} ${row.enis} ${row.ipsPerEni} ${attachments}${flags}`;
}

const lines = [...families]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([family, types]) => {
    const sorted = types.sort((a, b) => a.row.vcpu - b.row.vcpu || a.row.memoryMiB - b.row.memoryMiB);
    return `${family} ${sorted.map(factsOf).join(', ')}`;
  });

writeFileSync(
  'eks/instance-data.ts',
  `/**
 * Facts of all instance types, written by scripts/import-instance-types.mjs. Of ${date}: vCPU, memory, GPUs, EFA, branch
 * interfaces and disks from aws/karpenter-provider-aws (1d92708), interfaces and addresses from awslabs/amazon-eks-ami
 * (v20260724), attachments from kubernetes-sigs/aws-ebs-csi-driver (v1.64.0).
 *
 * A line: the family, and for each size vCPU, memory in MiB, network interfaces, IPv4 addresses of an interface, attachments
 * ('s': volumes share them with network interfaces; 'd': for volumes alone), and then 'x' for a type of the Xen hypervisor,
 * 'e' with the number of Elastic Fabric Adapters, 'g' with that of NVIDIA GPUs, 'b' with that of branch interfaces, 'n' with the GB
 * of its own disks.
 */
export const INSTANCE_DATA = \`
${lines.join('\n')}
\`;

/** The day of the facts. */
export const INSTANCE_DATA_DATE = '${date}';
`,
);
