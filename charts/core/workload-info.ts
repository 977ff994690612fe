/** What every pod knows of itself when its files and variables are rendered. */
export interface PodSelf {
  /** `metadata.name`: the construct id. */
  readonly name: string;
  /** The namespace. */
  readonly namespace: string;
}
/** What a pod behind a service knows: the addresses its clients use. */
export interface ServiceSelf<in P extends string = never> extends PodSelf {
  /** DNS name of the client service: 'catalog.catalog.svc.cluster.local'. */
  readonly host: string;
  /** The main port. */
  readonly port: number;
  /** Port numbers by name; empty when there is one `port`. */
  readonly ports: Readonly<Record<P, number>>;
  /** host:port of the main port. */
  readonly address: string;
  /** scheme://host:port. @param port @default - the main port */
  url(scheme: string, port?: P): string;
}
/** What a member of a stateful set knows. */
export interface StatefulSelf<in P extends string = never> extends ServiceSelf<P> {
  /** Domain of the headless service; member i is `<name>-<i>.<domain>`. */
  readonly domain: string;
  /** The members' full DNS names, in order. */
  readonly hosts: readonly string[];
  /** The number of members. */
  readonly replicas: number;
}
/** References in a variable's text that the kubelet expands when a pod starts. */
export interface PodReferences {
  /** The reference to the pod's name; the variable behind it is declared for you. */
  readonly podName: string;
  /** The reference to the pod's IP address. */
  readonly podIp: string;
  /** The reference to the name of the pod's node. */
  readonly nodeName: string;
}
