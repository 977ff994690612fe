import { EKSCTL, type OracleFinding } from './oracle';
import { answers } from './program';

/** One CloudFormation stack that eksctl makes for a ClusterConfig. */
export interface Stack {
  readonly name: string;
  /** The entry of the file that it is made for: `cluster`, `managedNodeGroups[0]`, `iam.podIdentityAssociations[2]`. */
  readonly of: string;
  readonly template: Template;
}

export interface Template {
  readonly Resources: { readonly [id: string]: Resource };
  readonly Outputs?: {
    readonly [id: string]: { readonly Value: unknown; readonly Export?: { readonly Name: unknown } };
  };
}

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: properties differ by type, and the tests read a few of them
  readonly Properties: { readonly [property: string]: any };
}

/** What eksctl makes of a file. */
export interface Templates {
  readonly file: string;
  readonly stacks: readonly Stack[];
  /** Entries that eksctl's builder refuses. */
  readonly errors: readonly OracleFinding[];
}

/** The stacks that eksctl makes for the files, in their order; one process for all. */
export function templates(configs: readonly { readonly file: string; readonly yaml: string }[]): Templates[] {
  return answers(
    EKSCTL,
    '--templates',
    configs.map(({ file, yaml }) => ({ file, yaml })),
  );
}
