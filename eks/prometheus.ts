/**
 * The region of a workspace of Amazon Managed Service for Prometheus, by its URL; undefined for any other Prometheus.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-APIReference-Prometheus-Compatible-Apis.html
 */
export function regionOfPrometheus(url: string): string | undefined {
  return /^https:\/\/aps-workspaces(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|api\.aws)\//.exec(url)?.[1];
}
