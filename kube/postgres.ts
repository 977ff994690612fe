import { imageName, imageVersion } from './images';

/** Images of PostgreSQL with the entry point of Docker's official one. */
const IMAGES = /(^|\/)(postgres|postgresql|postgis|pgvector|timescaledb|citus|age)$/;
/** Of others with these names, whose folders differ. */
const OTHERS = /(^|\/)(bitnami|bitnamilegacy|rhel\d+|sclorg|ubi\d+|centos7)\//;

/** Up to version 17. */
export const POSTGRES_FOLDER = '/var/lib/postgresql/data';

/** Where an image keeps its files without PGDATA; undefined for other images. */
export function postgresFolder(image: string): string | undefined {
  const name = imageName(image);
  if (!IMAGES.test(name) || OTHERS.test(name)) {
    return undefined;
  }
  const { tag = '' } = imageVersion(image);
  // images on top of it name its version differently: 'pgvector:0.8.0-pg18'
  const major = /(^|\/)postgres$/.test(name) ? Number(/^\d{1,2}(?=[.-]|$)/.exec(tag)?.[0]) : 0;
  return major >= 18 ? `/var/lib/postgresql/${major}/docker` : POSTGRES_FOLDER;
}
