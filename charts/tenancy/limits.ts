/** What the LimitRange gives a container that says nothing; the quota counts such a container by it. */
export const CONTAINER_DEFAULTS = {
  limits: { memory: '256Mi', 'ephemeral-storage': '1Gi' },
  requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '1Gi' },
} as const;
