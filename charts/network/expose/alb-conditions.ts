import type { RequestConditions } from './request-conditions';

/**
 * The conditions of the rules of an Ingress, as the annotation of their backend. Each header, and each parameter, is a
 * condition of its own: values of one condition are alternatives.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#conditions
 */
export function conditionsText({ headers, headerPatterns, query, method }: RequestConditions): string {
  const ofHeader = (httpHeaderName: string, values: object) => ({
    field: 'http-header',
    httpHeaderConfig: { httpHeaderName, ...values },
  });
  return JSON.stringify([
    ...Object.entries(headers ?? {}).map(([name, value]) => ofHeader(name, { values: [value] })),
    ...Object.entries(headerPatterns ?? {}).map(([name, value]) => ofHeader(name, { regexValues: [value] })),
    ...Object.entries(query ?? {}).map(([key, value]) => ({
      field: 'query-string',
      queryStringConfig: { values: [{ key, value }] },
    })),
    ...(method === undefined ? [] : [{ field: 'http-request-method', httpRequestMethodConfig: { values: [method] } }]),
  ]);
}
