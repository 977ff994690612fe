/** Runs the command as a function, on files of a temporary folder. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { run, type Surroundings } from '../../bin/program';
import type { Report } from '../../bin/report';
import type { Finding } from '../../kube/finding';
import { temporaryFolder } from '../support/app';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command; paths in its arguments are relative to the working directory. */
export async function command(
  args: readonly string[],
  around: Partial<Surroundings> & { input?: string } = {},
): Promise<Ran> {
  let out = '';
  let err = '';
  const { input = '', ...rest } = around;
  const code = await run(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    stdin: () => input,
    isTerminal: false,
    env: {},
    today: '2026-11-28',
    ...rest,
  });
  return { code, out, err };
}

/** Writes files into a folder of their own; its path. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

/** A pod whose only finding is an amount that is invalid: 'quantities/invalid' at line 11. */
export const BROKEN = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      resources:
        requests:
          memory: 512MB
          cpu: 100m
        limits: { memory: 512Mi }
      image: registry.example.com/web:1.0.0
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
  securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
  automountServiceAccountToken: false
`;
/** The spec of a pod without a finding, in one line, with more fields. */
export const podSpec = (more: string) =>
  `{ ${more}, automountServiceAccountToken: false, securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }, containers: [{ name: web, image: 'registry.example.com/web:1.0.0', resources: { requests: { cpu: 100m, memory: 1Gi }, limits: { memory: 1Gi } }, securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } } }] }`;
/** Isolates the pods of the namespace. */
export const ISOLATED =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny, namespace: shop }\nspec: { podSelector: {}, policyTypes: [Ingress, Egress] }\n';
export const FINE = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop }\n';

const object = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };

/** One finding of each kind, with characters that formats must escape. */
export const FINDINGS: readonly Finding[] = [
  {
    rule: 'references/missing',
    severity: 'error',
    object,
    field: 'spec.template.spec.containers[0].image',
    container: 'web',
    file: { path: 'a b/shop.yaml', index: 0, line: 12 },
    message: `refers to "x" & <y>, 100% of|it\nand more`,
    fix: 'write `z`: it exists',
  },
  {
    rule: 'objects/duplicate',
    severity: 'warning',
    object,
    file: { path: 'shop.yaml' },
    message: "Deployment 'shop/web' is defined twice",
  },
  {
    rule: 'X32',
    severity: 'advice',
    field: 'vpc',
    file: { path: 'c.yaml', line: 2 },
    message: 'should be set',
    fix: 'set it',
  },
  {
    rule: 'zones/foreign',
    severity: 'error',
    object,
    file: { path: 'shop.yaml', line: 3 },
    message: 'is waived',
    waived: { reason: 'a <reason>', until: '2027-03-31' },
  },
  {
    rule: 'zones/foreign',
    severity: 'error',
    object,
    file: { path: 'shop.yaml', line: 3 },
    message: 'is known',
    baselined: true,
  },
];

export const REPORT: Report = {
  findings: FINDINGS,
  failOn: 'error',
  objects: 3,
  files: 2,
  skipped: 1,
  hasBaseline: true,
  version: '1.2.3',
};
export const CLEAN: Report = { ...REPORT, findings: [], hasBaseline: false };
