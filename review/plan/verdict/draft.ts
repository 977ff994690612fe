/** An object while its defaults are filled in. */
export type Draft = Record<string, unknown>;

/** The version of the API server, '1.35', and what the object is. */
export interface Server {
  readonly version: string;
  /** Of the whole object: 'Pod'. */
  readonly kind: string;
}
