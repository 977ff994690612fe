import { type Control, NO_VIOLATIONS } from './control';

const NAMESPACES = {
  hostNetwork: 'listen on ports of the pod and connect by a Service',
  hostPID: 'share processes between the containers by shareProcessNamespace',
  hostIPC: 'share memory by an emptyDir of medium Memory',
} as const;
const KEYS = Object.keys(NAMESPACES) as readonly (keyof typeof NAMESPACES)[];

/** Pods keep out of the network, the processes and the shared memory of their node. */
export const hostNamespaces: Control = {
  id: 'hostNamespaces',
  level: 'baseline',
  violations: ({ spec, field }) => {
    const shared = KEYS.filter((key) => spec[key] === true);
    return shared.length === 0
      ? NO_VIOLATIONS
      : shared.map((key) => ({
          field: `${field}.${key}`,
          has: `${key}: true`,
          fix: `delete ${key} and ${NAMESPACES[key]}`,
          admittedBy: 'privileged',
        }));
  },
};
