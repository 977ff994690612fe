import type { Draft, Server } from '../draft';

/**
 * What the API server fills into a struct: values for fields that are not given, or what depends on others. A field that
 * cannot tell empty from none gets its value when it is empty too.
 */
export interface Default {
  readonly values?: Readonly<Record<string, unknown>>;
  readonly fill?: (draft: Draft, server: Server) => void;
}

/** By the name of the struct: 'Probe'. */
export type Defaults = Readonly<Record<string, Default>>;
