import type { Control } from './control';

const NAMESPACES = {
  hostNetwork: 'listen on ports of the pod and connect by a Service',
  hostPID: 'share processes between the containers by shareProcessNamespace',
  hostIPC: 'share memory by an emptyDir of medium Memory',
} as const;

/** Pods keep out of the network, the processes and the shared memory of their node. */
export const hostNamespaces: Control = {
  id: 'hostNamespaces',
  level: 'baseline',
  violations: ({ spec, field }) =>
    (Object.keys(NAMESPACES) as (keyof typeof NAMESPACES)[])
      .filter((key) => spec[key] === true)
      .map((key) => ({
        field: `${field}.${key}`,
        has: `${key}: true`,
        fix: `delete ${key} and ${NAMESPACES[key]}`,
        admittedBy: 'privileged',
      })),
};
