import type { IConstruct } from 'constructs';

/** The name of a workload, in this app or another one. */
export interface WorkloadName {
  /** Its namespace: the id of its Tenant. */
  readonly namespace: string;
  /** Its name: the id of the construct, and the label app.kubernetes.io/name of its pods. */
  readonly name: string;
}

/** What a Peer is beside its addresses. */
export interface PeerNature {
  /** The construct that `of` was given. */
  readonly origin?: IConstruct;
  /** A workload of another app. */
  readonly workload?: WorkloadName;
  /** A domain name; such a peer has no addresses. */
  readonly domain?: string;
}

const NOTHING: PeerNature = {};

/** Of a Peer what it says of itself, of another Connectable nothing. */
export const natureOf = (connectable: object): PeerNature =>
  (connectable as { readonly nature?: PeerNature }).nature ?? NOTHING;
