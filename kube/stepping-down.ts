import { imageName } from './images';

/**
 * Images of Docker's official library, and others on top of them, whose entry point runs as root, gives folders to another
 * user, and goes on as that user (gosu, su-exec, setpriv, or workers of the server itself).
 *
 * @see https://github.com/docker-library/official-images#consistency
 */
const IMAGES: ReadonlySet<string> = new Set(
  `
  cassandra consul couchdb drupal ghost httpd influxdb joomla mariadb matomo mongo mysql neo4j nextcloud nginx pgvector
  phpmyadmin postgis postgres rabbitmq redis redmine timescaledb valkey vault wordpress zookeeper
  `
    .trim()
    .split(/\s+/),
);

/** What such an entry point does: chown, read and write files of others, change its user and groups. */
export const STEP_DOWN_CAPABILITIES = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'] as const;
/** Without these it ends at once. */
export const LEAST_CAPABILITIES = ['SETGID', 'SETUID'] as const;

/** Whether an image is known to begin as root and to go on as another user. */
export function stepsDown(image: string): boolean {
  const name = imageName(image);
  return IMAGES.has(name.slice(name.lastIndexOf('/') + 1));
}
