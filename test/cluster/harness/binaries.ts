/** The programs of a control plane. */
export interface Programs {
  readonly etcd: string;
  readonly kubectl: string;
  readonly kwok: string;
  readonly 'kube-apiserver': string;
  readonly 'kube-controller-manager': string;
  readonly 'kube-scheduler': string;
}

/** Where they are, as scripts/test-cluster.mjs found or built them. */
export function programs(): Programs {
  const found = process.env.CONTROL_PLANE_PROGRAMS;
  if (!found) {
    throw new Error('run these tests by: npm run test:cluster');
  }
  return JSON.parse(found);
}
