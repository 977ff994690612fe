import type { NamedMeta } from '../../imports/kubernetes';

/** 'STRICT' takes mutual TLS alone, 'PERMISSIVE' plain text as well. */
export interface MutualTls {
  mode: 'STRICT' | 'PERMISSIVE' | 'DISABLE' | 'UNSET';
}

/**
 * Which connections pods take, with the fields that the library writes; `customize` takes any other.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export interface PeerAuthentication {
  apiVersion: 'security.istio.io/v1';
  kind: 'PeerAuthentication';
  metadata: NamedMeta;
  spec: {
    selector?: { matchLabels: Record<string, string> };
    mtls: MutualTls;
    /** By the number of a port of the pods. */
    portLevelMtls?: Record<string, MutualTls>;
    [field: string]: unknown;
  };
}

/** Who calls, on which ports. */
export interface AuthorizationRule {
  from?: { source: AuthorizationSource }[];
  to?: { operation: { ports?: string[]; [field: string]: unknown } }[];
  [field: string]: unknown;
}

/** Identities are of mutual TLS, addresses of any connection. */
export interface AuthorizationSource {
  principals?: string[];
  namespaces?: string[];
  ipBlocks?: string[];
  notIpBlocks?: string[];
  [field: string]: unknown;
}

/**
 * Who may call pods, with the fields that the library writes; `customize` takes any other.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export interface AuthorizationPolicy {
  apiVersion: 'security.istio.io/v1';
  kind: 'AuthorizationPolicy';
  metadata: NamedMeta;
  spec: {
    selector?: { matchLabels: Record<string, string> };
    action: 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';
    rules?: AuthorizationRule[];
    [field: string]: unknown;
  };
}
