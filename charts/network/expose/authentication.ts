import { parseArn } from '../../../eks/arn';
import type { Arn } from '../../../eks/values';
import { describe } from '../../../kube/describe';
import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import { checkOwnNamespace } from '../../core/own-namespace';
import { SecretKey } from '../../core/secret-key';
import { type Duration, parseSeconds } from '../../core/values';

/** The session of a user who has logged in. */
export interface AuthenticationSession {
  /**
   * What happens to a request without a session: 'authenticate' sends the user to the login, 'deny' answers with 401, as
   * programs need it, 'allow' passes the request on.
   *
   * @default 'authenticate'
   */
  readonly onUnauthenticated?: 'authenticate' | 'deny' | 'allow';
  /** What the login asks for, separated by spaces. @default 'openid' */
  readonly scope?: string;
  /** Name of the cookie. @default 'AWSELBAuthSessionCookie' */
  readonly sessionCookie?: string;
  /** How long a session lasts, 1 s to 7 d. Whole seconds. @default '7d' */
  readonly sessionTimeout?: Duration;
}
/** A Secret with the client of an OpenID Connect provider. */
export interface OidcSecret {
  key(key: 'clientID' | 'clientSecret'): SecretKey;
}
/** A provider of OpenID Connect. */
export interface OidcProps extends AuthenticationSession {
  /** The issuer, a URL with https. */
  readonly issuer: string;
  /** Where users log in, a URL with https. */
  readonly authorizationEndpoint: string;
  /** Where the load balancer gets tokens, a URL with https that it reaches over the internet. */
  readonly tokenEndpoint: string;
  /** Where the load balancer gets the claims, a URL with https. */
  readonly userInfoEndpoint: string;
  /**
   * The Secret with the client, by `Secret.existing(tenant, 'oidc', ['clientID', 'clientSecret'])` in the namespace of the
   * workload: the controller reads it, and not a pod.
   */
  readonly secret: OidcSecret;
}
/** A user pool of Cognito. */
export interface CognitoProps extends AuthenticationSession {
  /** The ARN of the user pool. */
  readonly userPoolArn: Arn;
  /** The id of the client of the user pool. */
  readonly clientId: string;
  /** The prefix of the domain of the user pool, or its own domain. */
  readonly domain: string;
}
/** Tokens that callers bring. */
export interface JwtProps {
  /** Where the load balancer gets the keys of the issuer, a URL with https. */
  readonly jwksEndpoint: string;
  /** The issuer, as the claim `iss` has it. */
  readonly issuer: string;
}

const SESSION: KeyTable<AuthenticationSession> = {
  onUnauthenticated: true,
  scope: 'text',
  sessionCookie: 'text',
  sessionTimeout: true,
};
const OIDC: KeyTable<OidcProps> = {
  ...SESSION,
  issuer: 'text',
  authorizationEndpoint: 'text',
  tokenEndpoint: 'text',
  userInfoEndpoint: 'text',
  secret: 'object',
};
const COGNITO: KeyTable<CognitoProps> = { ...SESSION, userPoolArn: 'text', clientId: 'text', domain: 'text' };
const JWT: KeyTable<JwtProps> = { jwksEndpoint: 'text', issuer: 'text' };
const FIELD = 'expose.authentication';
const MAX_SESSION = 7 * 24 * 3600;

type Given =
  | { readonly kind: 'oidc'; readonly props: OidcProps }
  | { readonly kind: 'cognito'; readonly props: CognitoProps }
  | { readonly kind: 'jwt'; readonly props: JwtProps };

/**
 * Whom an Application Load Balancer lets in, before a request reaches a pod. Needs a listener with HTTPS.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export class Authentication {
  /** Users who log in at a provider of OpenID Connect. */
  static oidc(props: OidcProps): Authentication {
    return new Authentication({ kind: 'oidc', props });
  }
  /** Users of a user pool of Cognito. */
  static cognito(props: CognitoProps): Authentication {
    return new Authentication({ kind: 'cognito', props });
  }
  /**
   * Programs that bring a token in the header `Authorization`, whose signature, issuer and times are checked.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
   */
  static jwt(props: JwtProps): Authentication {
    return new Authentication({ kind: 'jwt', props });
  }

  private constructor(
    /** @internal */
    readonly given: Given,
  ) {}
}

export function checkAuthentication(check: Check, authentication: unknown): void {
  if (authentication === undefined) {
    return;
  }
  if (!(authentication instanceof Authentication)) {
    throw check.error(
      'type',
      FIELD,
      `${FIELD} must be an Authentication, but is ${describe(authentication)}`,
      'write Authentication.oidc({...}), Authentication.cognito({...}) or Authentication.jwt({...})',
    );
  }
  const { given } = authentication;
  switch (given.kind) {
    case 'oidc':
      checkOidc(check, given.props);
      break;
    case 'cognito':
      checkCognito(check, given.props);
      break;
    case 'jwt':
      check.keys<JwtProps>(FIELD, given.props ?? null, JWT);
      checkUrl(check, 'jwksEndpoint', given.props.jwksEndpoint);
      required(check, 'issuer', given.props.issuer);
  }
}

function checkOidc(check: Check, props: OidcProps): void {
  check.keys<OidcProps>(FIELD, props ?? null, OIDC);
  for (const name of ['issuer', 'authorizationEndpoint', 'tokenEndpoint', 'userInfoEndpoint'] as const) {
    checkUrl(check, name, props[name]);
  }
  const { secret } = props;
  const key: unknown = typeof secret?.key === 'function' ? secret.key('clientID') : undefined;
  if (!(key instanceof SecretKey) || key.source.aws) {
    check.fail(
      secret === undefined ? 'required' : 'type',
      `${FIELD}.secret`,
      `${FIELD}.secret must be a Secret that exists in the namespace, since the controller reads it and no pod mounts it, but is ${describe(secret)}`,
      "write Secret.existing(tenant, 'oidc', ['clientID', 'clientSecret'])",
    );
  }
  secret.key('clientSecret');
  checkSession(check, props);
}

function checkCognito(check: Check, props: CognitoProps): void {
  check.keys<CognitoProps>(FIELD, props ?? null, COGNITO);
  const arn = parseArn(props.userPoolArn);
  if (arn?.service !== 'cognito-idp' || !arn.resource.startsWith('userpool/')) {
    check.fail(
      props.userPoolArn === undefined ? 'required' : 'invalid',
      `${FIELD}.userPoolArn`,
      `${FIELD}.userPoolArn must be the ARN of a user pool, but is ${describe(props.userPoolArn)}`,
      "write 'arn:aws:cognito-idp:REGION:ACCOUNT:userpool/ID'",
    );
  }
  required(check, 'clientId', props.clientId);
  required(check, 'domain', props.domain);
  checkSession(check, props);
}

function checkSession(check: Check, { onUnauthenticated, sessionTimeout }: AuthenticationSession): void {
  if (onUnauthenticated !== undefined) {
    check.oneOf(`${FIELD}.onUnauthenticated`, onUnauthenticated, ['authenticate', 'deny', 'allow']);
  }
  if (sessionTimeout !== undefined && check.seconds(`${FIELD}.sessionTimeout`, sessionTimeout, 1) > MAX_SESSION) {
    check.fail(
      'invalid',
      `${FIELD}.sessionTimeout`,
      `${FIELD}.sessionTimeout must be at most 7 days, which is the limit of the load balancer`,
      "write for example '12h'",
    );
  }
}

function required(check: Check, name: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') {
    check.fail(
      value === undefined ? 'required' : 'invalid',
      `${FIELD}.${name}`,
      `${FIELD}.${name} must be a text that is not empty, but is ${describe(value)}`,
      `write ${name}: '...'`,
    );
  }
}

function checkUrl(check: Check, name: string, value: unknown): void {
  if (typeof value !== 'string' || !/^https:\/\/[^\s/]+/.test(value)) {
    check.fail(
      value === undefined ? 'required' : 'invalid',
      `${FIELD}.${name}`,
      `${FIELD}.${name} must be a URL with https, but is ${describe(value)}`,
      "write for example 'https://login.example.com/...'",
    );
  }
}

/** @param namespace of the Ingress, in which the controller looks for the Secret */
export function checkAuthenticationSecret(
  check: Check,
  authentication: Authentication | undefined,
  namespace: string,
): void {
  if (authentication?.given.kind === 'oidc') {
    const { secret } = authentication.given.props.secret.key('clientID').source;
    checkOwnNamespace(check, `${FIELD}.secret`, 'Secret', secret, namespace);
  }
}

/** The annotations of an Ingress, without their prefix. */
export function authenticationAnnotations(
  authentication: Authentication | undefined,
): Record<string, string | undefined> {
  const given = authentication?.given;
  switch (given?.kind) {
    case 'oidc': {
      const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, secret } = given.props;
      const endpoints = { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint };
      return {
        'auth-type': 'oidc',
        'auth-idp-oidc': JSON.stringify({ ...endpoints, secretName: secret.key('clientID').source.secretName }),
        ...session(given.props),
      };
    }
    case 'cognito': {
      const { userPoolArn, clientId, domain } = given.props;
      return {
        'auth-type': 'cognito',
        'auth-idp-cognito': JSON.stringify({
          userPoolARN: userPoolArn,
          userPoolClientID: clientId,
          userPoolDomain: domain,
        }),
        ...session(given.props),
      };
    }
    case 'jwt': {
      const { jwksEndpoint, issuer } = given.props;
      return { 'jwt-validation': JSON.stringify({ jwksEndpoint, issuer }) };
    }
    default:
      return {};
  }
}

const session = ({ onUnauthenticated, scope, sessionCookie, sessionTimeout }: AuthenticationSession) => ({
  'auth-on-unauthenticated-request': onUnauthenticated,
  'auth-scope': scope,
  'auth-session-cookie': sessionCookie,
  'auth-session-timeout': sessionTimeout === undefined ? undefined : String(parseSeconds(sessionTimeout)),
});
