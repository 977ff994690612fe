import type { ListenerRuleConfiguration } from '../../../core/k8s';
import { parseSeconds } from '../../../core/values';
import type { Authentication, AuthenticationSession } from '../authentication';
import type { ExposedService } from '../way';
import type { GatewayRouteProps } from './props';

type Spec = ListenerRuleConfiguration['spec'];
type Action = NonNullable<Spec['actions']>[number];

/** What the rules of the load balancer have that routes cannot say; undefined for nothing. */
export function listenerRule({
  authentication,
  stickiness,
  allowFrom,
}: Pick<GatewayRouteProps<string>, 'authentication' | 'stickiness' | 'allowFrom'>): Spec | undefined {
  const actions: Action[] = [
    ...(authentication ? [authenticate(authentication)] : []),
    ...(stickiness === undefined
      ? []
      : [
          {
            type: 'forward' as const,
            forwardConfig: {
              targetGroupStickinessConfig: { enabled: true, durationSeconds: parseSeconds(stickiness) },
            },
          },
        ]),
  ];
  const conditions = allowFrom && [{ field: 'source-ip' as const, sourceIPConfig: { values: [...allowFrom] } }];
  return actions.length === 0 && conditions === undefined
    ? undefined
    : { ...(actions.length === 0 ? {} : { actions }), ...(conditions === undefined ? {} : { conditions }) };
}

/** The ends of the names of those of redirects and answers. */
export const redirectRule = (index: number): string => `redirect-${index}`;
export const responseRule = (index: number): string => `response-${index}`;
/** The name of such an object. */
export const ruleName = ({ name, suffix }: Pick<ExposedService, 'name' | 'suffix'>, rule: string): string =>
  `${name}-${rule}${suffix === '' ? '' : `-${suffix}`}`;

/** What the rules of redirects and answers have that routes cannot say, each with the end of its name. */
export function answerRules({
  redirects = [],
  responses = [],
}: Pick<GatewayRouteProps<string>, 'redirects' | 'responses'>): readonly AnswerRule[] {
  const only = (action: Action): Spec => ({ actions: [action] });
  return [
    ...redirects.flatMap(({ query }, i): AnswerRule[] =>
      query === undefined
        ? []
        : [{ end: redirectRule(i), spec: () => only({ type: 'redirect', redirectConfig: { query } }) }],
    ),
    ...responses.map(({ status, body, contentType = 'text/plain' }, i): AnswerRule => {
      const config = { statusCode: status, contentType, messageBody: body };
      return { end: responseRule(i), spec: () => only({ type: 'fixed-response', fixedResponseConfig: { ...config } }) };
    }),
  ];
}

interface AnswerRule {
  readonly end: string;
  readonly spec: () => Spec;
}

/** The same as the annotations of an Ingress. */
function authenticate({ given }: Authentication): Action {
  switch (given.kind) {
    case 'oidc': {
      const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, secret } = given.props;
      return {
        type: 'authenticate-oidc',
        authenticateOIDCConfig: {
          issuer,
          authorizationEndpoint,
          tokenEndpoint,
          userInfoEndpoint,
          secret: { name: secret.key('clientID').source.secretName },
          ...session(given.props),
        },
      };
    }
    case 'cognito': {
      const { userPoolArn, clientId, domain } = given.props;
      return {
        type: 'authenticate-cognito',
        authenticateCognitoConfig: {
          userPoolArn,
          userPoolClientId: clientId,
          userPoolDomain: domain,
          ...session(given.props),
        },
      };
    }
    case 'jwt': {
      const { jwksEndpoint, issuer } = given.props;
      return { type: 'jwt-validation', jwtValidationConfig: { jwksEndpoint, issuer } };
    }
  }
}

const session = ({ onUnauthenticated, scope, sessionCookie, sessionTimeout }: AuthenticationSession) => ({
  onUnauthenticatedRequest: onUnauthenticated,
  scope,
  sessionCookieName: sessionCookie,
  sessionTimeout: sessionTimeout === undefined ? undefined : parseSeconds(sessionTimeout),
});
