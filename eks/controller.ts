import type { SystemPods } from './addons';
import type { Region } from './values';

/** The cluster that a controller is installed in. */
export interface ControllerSite {
  readonly name: string;
  readonly region: Region;
}

/** A Helm release of the newest chart, since a pinned one would age in here. */
export interface Release {
  readonly chart: string;
  /** @default - the name of the chart */
  readonly release?: string;
  readonly repository: string;
  readonly namespace: string;
  readonly values?: (cluster: ControllerSite) => Readonly<Record<string, string>>;
  /** Values that are texts, though they look like numbers. @default - none */
  readonly texts?: (cluster: ControllerSite) => Readonly<Record<string, string>>;
}

/** A controller that is no EKS add-on. */
export interface Controller extends Release {
  readonly name: string;
  /** Releases that it needs, which are installed before it. @default - none */
  readonly before?: readonly Release[];
  /** Commands that follow its installation. @default - none */
  readonly commands?: (cluster: ControllerSite) => readonly string[];
  /** Names of what is installed before it, where it is installed too. @default - anything */
  readonly after?: readonly string[];
  /** Its classes of Gateways: what they name as their controller, and those that it makes itself. @default - none */
  readonly gateways?: { readonly controllers: readonly string[]; readonly classes: readonly string[] };
  /** API groups whose custom resources it brings. Kinds without a namespace stand in kube/kinds.ts. */
  readonly groups?: readonly string[];
  /** Classes of devices that it brings. */
  readonly deviceClasses?: readonly string[];
  /** CSI drivers that it installs. */
  readonly drivers?: readonly string[];
  /**
   * Its own permissions in AWS, by a policy that eksctl knows, a managed one, or the statements of one.
   *
   * @default - none, or from whoever uses it
   */
  readonly permissions?: { readonly serviceAccountName: string } & (
    | { readonly wellKnownPolicy: 'autoScaler' | 'awsLoadBalancerController' }
    | { readonly policy: string }
    | { readonly statements: (cluster: ControllerSite) => readonly object[] }
  );
  /** What it runs, with the defaults of its chart. @default - not known */
  readonly pods?: readonly SystemPods[];
}

/** A value of the cluster that only AWS knows, asked for when the command runs. */
export const described = ({ name, region }: ControllerSite, query: string): string =>
  `"$(aws eks describe-cluster --name ${name} --region ${region} --query cluster.resourcesVpcConfig.${query} --output text)"`;
