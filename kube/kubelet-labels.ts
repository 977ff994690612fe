/** Labels in the domains of Kubernetes that a kubelet may give its own node, beside all of `node.` and `kubelet.kubernetes.io`. */
const KUBELET_LABELS: ReadonlySet<string> = new Set([
  'kubernetes.io/hostname',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'beta.kubernetes.io/instance-type',
  'node.kubernetes.io/instance-type',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/arch',
]);

/** Whether a label is in a domain of Kubernetes that is not the nodes' own. */
export function isKubernetesLabel(key: string): boolean {
  const domain = key.includes('/') ? key.slice(0, key.indexOf('/')) : '';
  return /(^|\.)(kubernetes|k8s)\.io$/.test(domain) && !/(^|\.)(node|kubelet)\.kubernetes\.io$/.test(domain);
}

/** Whether a kubelet may not label its own node with it: such a node never joins. */
export function isForbiddenNodeLabel(key: string): boolean {
  return isKubernetesLabel(key) && !KUBELET_LABELS.has(key);
}
