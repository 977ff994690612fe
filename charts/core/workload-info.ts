/** The workload, as functions of `env` and `files` see it. */
export interface PodSelf {
  /** `metadata.name`: the construct id. */
  readonly name: string;
  /** The namespace of the workload. */
  readonly namespace: string;
}
/** A workload with a Service: the addresses that its clients use. */
export interface ServiceSelf<in P extends string = never> extends PodSelf {
  /** The DNS name of the client Service: 'catalog.catalog.svc.cluster.local'. */
  readonly host: string;
  /** The number of the main port. */
  readonly port: number;
  /** Port numbers by name; empty if `port` is a single number. */
  readonly ports: Readonly<Record<P, number>>;
  /** host:port of the main port. */
  readonly address: string;
  /** A URL of the Service: 'http://host:port'. @param scheme @default 'http' @param port name of a port @default - the main port */
  url(scheme?: string, port?: P): string;
}
/** A WebService. */
export interface WebSelf<in P extends string = never> extends ServiceSelf<P> {
  /** The domain of the headless Service, which resolves to all pods. Only with `memberPorts`. */
  readonly domain: string;
}
/** A StatefulService: the addresses of its members. */
export interface StatefulSelf<in P extends string = never> extends ServiceSelf<P> {
  /** The domain of the headless Service; a member is `<member>.<domain>`. */
  readonly domain: string;
  /** The DNS names of the members, in order. */
  readonly hosts: readonly string[];
  /** The names of the members, in order: 'store-0'. Their host names inside the set's domain. */
  readonly members: readonly string[];
  /** The number of members. */
  readonly replicas: number;
  /** A URL of the Service for clients: url('amqp') is 'amqp://host:port'. @param port name of a port @default - the main port */
  url(scheme: string, port?: P): string;
}
/** A BatchJob, ScheduledJob or ScaledJob. The host names of its pods are texts that the kubelet expands, so only variables can have them. */
export interface JobSelf extends PodSelf {
  /** A reference to the name of the Job, which has a hash, a time or a random end. The variable JOB_NAME is added. */
  readonly jobName: string;
  /** The DNS name of the pod with index 0. Only with `mesh`. */
  readonly leader: string;
  /** The DNS names of all pods, by index. Only with `mesh`. */
  readonly hosts: readonly string[];
}
/** References in a variable, which the kubelet expands when a pod starts. */
export interface PodReferences {
  /** A reference to the name of the pod. The variable POD_NAME is added. */
  readonly podName: string;
  /** A reference to the IP address of the pod. The variable POD_IP is added. */
  readonly podIp: string;
  /** A reference to the name of the node. The variable NODE_NAME is added. */
  readonly nodeName: string;
  /** A reference to the IP address of the node, where its agents listen. The variable NODE_IP is added. */
  readonly nodeIp: string;
}
